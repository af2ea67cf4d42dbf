import type { EventChange } from '../event-change.js';
import { fieldsOf } from '../fields-of.js';
import { BOOKING_CHANGES } from './canonical-groups.js';
import type { DialectEventType } from './dialect.js';

/** The events of CapData's general webhook, which is about flight reservations only. */
export const CAPDATA: DialectEventType[] = [
  {
    name: 'new_flight_reservation_from_extension',
    dialect: 'capdata',
    label: 'New flight reservation',
    description: 'A booking with at least one flight was made.',
    types: ['booking.created'],
    when: hasFlights,
  },
  {
    name: 'flight_reservation_updated',
    dialect: 'capdata',
    label: 'Flight reservation updated',
    description: 'A booking with at least one flight was confirmed, updated or cancelled.',
    types: BOOKING_CHANGES,
    when: hasFlights,
  },
];

function hasFlights({ data }: EventChange): boolean {
  const { flights } = fieldsOf(data.booking);
  return Array.isArray(flights) && flights.length > 0;
}
