import { readBody } from './read-body.js';
import { readTold } from './read-told.js';

const XML = 'application/xml; charset=utf-8';
const FORM = 'application/x-www-form-urlencoded';

describe('a body', () => {
  it.each([
    ['json', 'application/json', '{"event":"booking.create","booking":{"id":"B-1"}}'],
    [
      'xml',
      XML,
      '<?xml version="1.0" encoding="UTF-8"?><n><event>booking.create</event><booking><id>B-1</id></booking></n>',
    ],
    ['form', FORM, 'event=booking.create&booking%5Bid%5D=B-1'],
  ])('says the same in %s', (format, contentType, body) => {
    const fields = readBody(format, contentType, body);
    expect(readTold('checkfront', fields)).toEqual({ event: 'booking.create', subject: 'B-1' });
  });

  it.each([
    ['JSON that breaks off', 'json', 'application/json', '{"event":'],
    ['XML with an open element', 'xml', XML, '<n><event></n>'],
    ['a form that is deeper than any body', 'form', FORM, `a${'%5Bb%5D'.repeat(60)}=1`],
    ['another format than was asked for', 'xml', 'application/json', '<n/>'],
  ])('is refused when it is %s', (_, format, contentType, body) => {
    expect(() => readBody(format, contentType, body)).toThrow();
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    [
      'standard',
      { type: 'flight.status_changed', data: { flight: { id: 'F-1' } } },
      'flight.status_changed',
      'F-1',
    ],
    ['octo', { webhook: { event: 'booking_update' }, booking: { id: 'B-1' } }, 'booking_update', 'B-1'],
    [
      'octo-notification',
      { notificationType: 'BOOKING_UPDATE', data: { uuid: 'B-1' } },
      'BOOKING_UPDATE',
      'B-1',
    ],
    [
      'checkfront-3',
      { booking: { '@attributes': { booking_id: 'B-1' }, status: 'HOLD' } },
      'booking HOLD',
      'B-1',
    ],
    [
      'checkfront-3',
      { '@attributes': { type: 'item', action: 'update' }, item: { item_id: 'T-1' } },
      'item.update',
      'T-1',
    ],
    ['capdata', { event_type: 'new', reservation_data: [{ booking_id: 'B-1' }] }, 'new', 'B-1'],
    ['capdata', { event_type: 'updated', reservation_data: { booking_id: 'B-1' } }, 'updated', 'B-1'],
    [
      'delay-care',
      { eventType: 'Flight Delay Status Change', orderId: 'B-1' },
      'Flight Delay Status Change',
      'B-1',
    ],
  ])('of %s says what it is about where the profile says it: %j', (profile, body, event, subject) => {
    expect(readTold(profile, body)).toEqual({ event, subject });
  });

  it('says nothing when it is of another profile', () => {
    expect(readTold('octo', { event: 'booking.create' })).toEqual({ event: null, subject: null });
  });
});
