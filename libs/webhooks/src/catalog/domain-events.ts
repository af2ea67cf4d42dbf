import type { CanonicalEventType, EventTypeName } from './event-types.js';

/** A JSON object, as the host's own types serialize to. */
export type EventData = Record<string, unknown>;

/** Who caused an event. */
export interface Originator {
  type: 'owner' | 'agency' | 'agent';
  id: string | number;
  name: string;
  [field: string]: unknown;
}

/** Something that happened in the booking platform, as it is published. */
export interface DomainEvent<Data extends EventData = EventData> {
  /** What happened: a canonical type, or one that the option `catalog` adds. */
  type: EventTypeName;
  /** The partner account it belongs to: 1 to 64 characters. */
  contractId: string;
  /** The state after the change. Must survive `JSON.stringify`. */
  data: Data;
  /** The state before the change, in the same shape. */
  previous?: Data;
  /**
   * Published twice for one contract, the same key is one event: 1 to 191 characters.
   * @default none, every publish is an event of its own
   */
  eventKey?: string;
  /**
   * What the event is about, for example `booking:B-1`: 1 to 191 characters. Webhooks with `ordering: 'resource'` get the
   * events of one resource in their order; without a key an event waits for no other one. With `coalesceMs` the newest update
   * of a resource stands for those before it, so the key has to name all that the data tells the state of.
   */
  resourceKey?: string;
  /** @default the time of publishing */
  occurredAt?: Date;
  originator?: Originator;
  /** The account that owns the webhook's data, for dialects that name it. */
  accountContext?: EventData;
  /** The guest's languages in order of preference, as BCP 47 tags. */
  contactLocales?: string[];
}

/** What every builder below takes beside the nouns of its event. */
export type EventFields = Omit<DomainEvent, 'type' | 'data' | 'previous'>;

function domainEvent<Nouns extends EventData>(type: CanonicalEventType) {
  return (fields: EventFields & { data: Nouns; previous?: Nouns }): DomainEvent<Nouns> => ({
    type,
    ...fields,
  });
}

export type BookingData = { booking: EventData } & EventData;

export const bookingCreated = domainEvent<BookingData>('booking.created');
export const bookingConfirmed = domainEvent<BookingData>('booking.confirmed');
export const bookingUpdated = domainEvent<BookingData>('booking.updated');
export const bookingCancelled = domainEvent<BookingData>('booking.cancelled');
export const orderUpdated = domainEvent<{ order: EventData } & EventData>('order.updated');
export const paymentReceived = domainEvent<{ payment: EventData } & EventData>('payment.received');
export const paymentRefunded = domainEvent<{ payment: EventData } & EventData>('payment.refunded');
export const availabilityUpdated = domainEvent<{ availability: EventData } & EventData>(
  'availability.updated',
);
export const productAdded = domainEvent<{ product: EventData } & EventData>('product.added');
export const productUpdated = domainEvent<{ product: EventData } & EventData>('product.updated');
export const productRemoved = domainEvent<{ product: EventData } & EventData>('product.removed');
export const rateUpdated = domainEvent<{ rate: EventData } & EventData>('rate.updated');
export const flightStatusChanged = domainEvent<{ flight: EventData } & EventData>('flight.status_changed');
