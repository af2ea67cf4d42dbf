import type { CanonicalEventType } from '../event-types.js';

/** What happens to a booking that exists already. */
export const BOOKING_CHANGES = [
  'booking.confirmed',
  'booking.updated',
  'booking.cancelled',
] as const satisfies CanonicalEventType[];

export const PRODUCT_CHANGES = [
  'product.added',
  'product.updated',
  'product.removed',
] as const satisfies CanonicalEventType[];
