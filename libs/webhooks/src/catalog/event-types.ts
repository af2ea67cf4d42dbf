/** An event type that partners can subscribe to. */
export interface EventType {
  name: string;
  label: string;
  description: string;
}

const CANONICAL = {
  'booking.created': ['Booking created', 'A booking was made, confirmed or not.'],
  'booking.confirmed': ['Booking confirmed', 'A booking that was on hold is now confirmed.'],
  'booking.updated': ['Booking updated', 'Something about an existing booking changed.'],
  'booking.cancelled': [
    'Booking cancelled',
    'A booking was cancelled by the guest, the partner or the supplier.',
  ],
  'order.updated': ['Order updated', 'An order, with all its bookings, changed.'],
  'payment.received': ['Payment received', 'Money for a booking came in.'],
  'payment.refunded': ['Payment refunded', 'Money for a booking went back.'],
  'availability.updated': ['Availability updated', 'The vacancies or the calendar of a product changed.'],
  'product.added': ['Product added', 'A new product became available under the contract.'],
  'product.updated': ['Product updated', 'An existing product changed.'],
  'product.removed': ['Product removed', 'A product is no longer available under the contract.'],
  'rate.updated': ['Rate updated', 'A rate or a discount changed.'],
  'flight.status_changed': [
    'Flight delay status change',
    'The status of a booked flight changed, for example to delayed.',
  ],
} as const satisfies Record<string, readonly [label: string, description: string]>;

/** A name that a host publishes under. */
export type CanonicalEventType = keyof typeof CANONICAL;

export const CANONICAL_EVENT_TYPES = Object.keys(CANONICAL) as CanonicalEventType[];

/** Every event type a webhook can name, in the order it is listed to partners. */
export const EVENT_TYPES: readonly EventType[] = Object.entries(CANONICAL).map(
  ([name, [label, description]]) => ({
    name,
    label,
    description,
  }),
);

const known = new Set<string>(CANONICAL_EVENT_TYPES);

export function isCanonicalEventType(name: string): name is CanonicalEventType {
  return known.has(name);
}
