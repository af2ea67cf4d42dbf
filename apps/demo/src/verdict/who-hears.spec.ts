import type { CommittedChange, Subscription } from './changes.js';
import { hears } from './who-hears.js';

const booking: CommittedChange = {
  eventId: 'e-1',
  contractId: 'C-1',
  type: 'booking.created',
  subject: 'B-1',
  bookingId: 'B-1',
  status: 'ON_HOLD',
  previousStatus: null,
  flies: true,
  guestLocale: 'es',
};
const flight = { ...booking, flies: true };
const tour = { ...booking, flies: false };
const confirmed = { type: 'booking.confirmed', status: 'CONFIRMED', previousStatus: 'ON_HOLD' };
const renamed = { type: 'booking.updated', status: 'CONFIRMED', previousStatus: 'CONFIRMED' };
const delayed = { ...flight, type: 'flight.status_changed', subject: 'F-1' };
const product = { ...tour, type: 'product.updated', subject: 'P-1', bookingId: null };

function asking(...eventTypes: string[]): Subscription {
  return {
    webhookId: 'w',
    contractId: 'C-1',
    eventTypes,
    profile: 'standard',
    locale: null,
    useContactLanguage: false,
  };
}

describe('who hears of a change', () => {
  it.each<[string, string, CommittedChange, boolean]>([
    ['booking_update', 'a confirmed booking', { ...flight, ...confirmed }, true],
    ['booking_update', 'a new booking', flight, false],
    ['BOOKING_UPDATE', 'a changed booking', { ...tour, ...renamed }, true],
    ['product_update', 'a changed product', product, true],
    ['Booking Modified', 'a new booking', tour, true],
    ['Booking Modified', 'a changed booking', { ...tour, ...renamed }, true],
    ['Booking Status Change', 'a new booking', tour, false],
    ['Booking Status Change', 'a confirmed booking', { ...tour, ...confirmed }, true],
    ['Booking Status Change', 'a change that leaves the status', { ...tour, ...renamed }, false],
    ['Item Update', 'a changed product', product, true],
    ['new_flight_reservation_from_extension', 'a new booking of a flight', flight, true],
    ['new_flight_reservation_from_extension', 'a new booking of a tour', tour, false],
    ['flight_reservation_updated', 'a confirmed booking of a flight', { ...flight, ...confirmed }, true],
    ['flight_reservation_updated', 'a confirmed booking of a tour', { ...tour, ...confirmed }, false],
    ['flight_reservation_updated', 'a delay', delayed, false],
    ['Flight Delay Status Change', 'a delay', delayed, true],
    ['Flight Delay Status Change', 'a new booking', flight, false],
    ['Product Updated', 'a changed product', product, true],
    ['booking.*', 'a new booking', flight, true],
    ['booking.*', 'a delay', delayed, false],
    ['flight.status_changed', 'a delay', delayed, true],
    ['*', 'a delay', delayed, true],
    ['constructor', 'a new booking', flight, false],
  ])('who asks for %s: %s – %p', (name, _, change, heard) => {
    expect(hears(asking(name), change)).toBe(heard);
  });

  it('only webhooks of the contract that the change belongs to do', () => {
    expect(hears({ ...asking('*'), contractId: 'C-2' }, flight)).toBe(false);
  });

  it('a webhook that asks under two names does', () => {
    expect(hears(asking('Booking Modified', 'Booking Status Change'), { ...tour, ...renamed })).toBe(true);
  });
});
