import { fieldsOf } from '../../catalog/fields-of.js';
import { createHash } from 'node:crypto';

import type { EventData } from '../../catalog/domain-events.js';
import type { CanonicalEventType } from '../../catalog/event-types.js';
import type { CanonicalEvent } from '../profile.js';
import { textOf } from './host-data.js';

const NEW_RESERVATION = 'new_flight_reservation_from_extension';
const UPDATED_RESERVATION = 'flight_reservation_updated';

const FLIGHT_EVENTS: Partial<Record<CanonicalEventType, string>> = {
  'booking.created': NEW_RESERVATION,
  'booking.confirmed': UPDATED_RESERVATION,
  'booking.updated': UPDATED_RESERVATION,
  'booking.cancelled': UPDATED_RESERVATION,
};

/** What CapData's names and keys are made of. */
export type CapdataEvent = Pick<CanonicalEvent, 'id' | 'type' | 'occurredAt' | 'data'>;

/** CapData's name of what happened to a booking with flights; everything else keeps its canonical name. */
export function capdataEventType({ type, data }: CapdataEvent): string {
  const { flights } = fieldsOf(fieldsOf(data).booking);
  const flies = Array.isArray(flights) && flights.length > 0;
  return (flies ? FLIGHT_EVENTS[type] : undefined) ?? type;
}

/** The code a reservation is known by: the host's own, else the supplier's reference, else the booking's id. */
export function bookingCode(booking: EventData): string | null {
  return textOf(
    booking.bookingCode,
    fieldsOf(booking.fields).bookingCode,
    booking.supplierReference,
    booking.id,
    booking.uuid,
    booking.resellerReference,
  );
}

/** When the booking was changed, to the second: `2025-05-12T10:15:30Z`; null for a new one. */
export function updatedAt(event: CapdataEvent): string | null {
  const at = changedAt(event);
  return at === null ? null : new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/**
 * What CapData tells its receivers to recognize a duplicate by: `event_type`, `booking_code` and, for updates,
 * `updated_at`, joined by colons. An event that is about no booking has its id in the code's place.
 *
 * Unlike the body's `updated_at` the key keeps milliseconds when there are any: a booking that is confirmed and cancelled
 * within one second must not be one event. The key is printable ASCII of at most 191 characters, so it fits a header and
 * the `eventKey` of a domain event.
 */
export function capdataEventKey(event: CapdataEvent): string {
  const at = changedAt(event);
  const isBooking = FLIGHT_EVENTS[event.type] !== undefined;
  const code = isBooking ? bookingCode(fieldsOf(fieldsOf(event.data).booking)) : null;
  const parts = [capdataEventType(event), asciiCode(code ?? event.id)];
  if (at !== null) parts.push(new Date(at).toISOString().replace('.000Z', 'Z'));
  return parts.join(':');
}

function changedAt({ type, data, occurredAt }: CapdataEvent): number | null {
  if (type === 'booking.created') return null;
  return instant(fieldsOf(fieldsOf(data).booking).utcUpdatedAt) ?? occurredAt;
}

/** OCTO's `utc…` fields are UTC even when a host leaves out the zone; the parser would take them for local times. */
function instant(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const zoneless = /^\d{4}-\d{2}-\d{2}T[\d:.]+$/.test(value);
  const at = Date.parse(zoneless ? `${value}Z` : value);
  return Number.isNaN(at) ? null : at;
}

const CODE_LENGTH = 100;

function asciiCode(code: string): string {
  // Half of a surrogate pair would make encodeURIComponent throw.
  const encoded = encodeURIComponent(Buffer.from(code, 'utf8').toString('utf8'));
  return encoded.length <= CODE_LENGTH ? encoded : createHash('sha256').update(encoded).digest('hex');
}
