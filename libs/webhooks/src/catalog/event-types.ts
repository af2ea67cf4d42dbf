/** An event type that hosts publish. */
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

/** A name that every host can publish under. */
export type CanonicalEventType = keyof typeof CANONICAL;

/** Types that tell a state as a whole: the newest event about a resource says all that those before it said. */
export const COALESCABLE_EVENT_TYPES: readonly string[] = [
  'availability.updated',
  'product.updated',
  'rate.updated',
] satisfies CanonicalEventType[];

/** A canonical type, or one that the host added with the option `catalog`. */
export type EventTypeName = CanonicalEventType | (string & Record<never, never>);

export const CANONICAL_EVENT_TYPES = Object.keys(CANONICAL) as CanonicalEventType[];

/** The canonical types with their English texts, in the order they are listed to partners. */
export const EVENT_TYPES: readonly (EventType & { name: CanonicalEventType })[] = CANONICAL_EVENT_TYPES.map(
  (name) => {
    const [label, description] = CANONICAL[name];
    return { name, label, description };
  },
);
