import type { CommittedChange } from './changes.js';
import { mustSpeak, mustTell } from './what-is-told.js';

const created: CommittedChange = {
  eventId: 'e-1',
  contractId: 'C-1',
  type: 'booking.created',
  subject: 'B-1',
  bookingId: 'B-1',
  status: 'ON_HOLD',
  previousStatus: null,
  flies: true,
  guestLocale: 'pt-BR',
};
const cancelled = { ...created, type: 'booking.cancelled', status: 'CANCELLED', previousStatus: 'CONFIRMED' };
const noted = { ...created, type: 'booking.updated', previousStatus: 'ON_HOLD' };
const delayed = { ...created, type: 'flight.status_changed', subject: 'F-1' };
const product = { ...created, type: 'product.updated', subject: 'P-1', bookingId: null };

describe('what a body tells', () => {
  it.each([
    ['standard', created, 'booking.created', 'B-1'],
    ['standard', delayed, 'flight.status_changed', 'F-1'],
    ['octo', cancelled, 'booking_update', 'B-1'],
    ['octo', delayed, 'booking_update', 'B-1'],
    ['octo', product, 'product_update', 'P-1'],
    ['octo-notification', cancelled, 'BOOKING_UPDATE', 'B-1'],
    ['octo-notification', product, 'PRODUCT_UPDATE', 'P-1'],
    ['checkfront', created, 'booking.create', 'B-1'],
    ['checkfront', cancelled, 'booking.status', 'B-1'],
    ['checkfront', noted, 'booking.update', 'B-1'],
    ['checkfront', product, 'item.update', 'P-1'],
    ['checkfront', delayed, 'flight.update', 'F-1'],
    ['checkfront-3', created, 'booking PEND', 'B-1'],
    ['checkfront-3', cancelled, 'booking STOP', 'B-1'],
    ['checkfront-3', product, 'item.update', 'P-1'],
    ['capdata', created, 'new_flight_reservation_from_extension', 'B-1'],
    ['capdata', cancelled, 'flight_reservation_updated', 'B-1'],
    ['capdata', { ...created, flies: false }, 'booking.created', 'B-1'],
    ['delay-care', delayed, 'Flight Delay Status Change', 'B-1'],
    ['delay-care', product, 'Product Updated', 'P-1'],
  ])('in %s of %p: %s about %s', (profile, change, event, subject) => {
    expect(mustTell(profile, change)).toEqual({ event, subject });
  });

  it.each([
    ["the guest's, if the webhook wants it", { locale: 'de', useContactLanguage: true }, created, 'pt'],
    ["the webhook's own", { locale: 'de', useContactLanguage: false }, created, 'de'],
    [
      "the webhook's own, when nobody booked",
      { locale: 'de', useContactLanguage: true },
      { guestLocale: null },
      'de',
    ],
    ["the platform's", { locale: null, useContactLanguage: false }, created, 'en'],
  ])('is in %s language', (_, webhook, change, language) => {
    expect(mustSpeak(webhook, change)).toBe(language);
  });
});
