import type { EventData } from '../../catalog/domain-events.js';
import type { CanonicalEvent } from '../profile.js';
import { encode } from '../formats/encode.js';
import { CheckfrontProfile } from './checkfront.profile.js';

const profile = new CheckfrontProfile();
const booking = {
  id: 123456,
  uuid: '7df49d62-57ad-44be-8373-e4c2fe7e63fe',
  status: 'CONFIRMED',
  productId: 987,
  product: { id: 987, title: 'City Tour' },
  contact: { fullName: 'John Doe', emailAddress: 'john@example.com' },
  unitItems: [{ unitId: 'adult' }, { unitId: 'child' }],
};

function rendered(type: string, data: EventData, previous: EventData | null = null): object {
  const event = {
    id: 'E-1',
    type,
    contractId: 'C-1',
    occurredAt: 0,
    data,
    previous,
  } as unknown as CanonicalEvent;
  return profile.render(event).value;
}

describe('the profile checkfront', () => {
  it('renders a created booking as the page shows it', () => {
    expect(JSON.stringify(rendered('booking.created', { booking }))).toBe(
      '{"event":"booking.create","booking":{"id":123456,"status":"CONFIRMED","customer":{"name":"John Doe",' +
        '"email":"john@example.com"},"items":[{"id":987,"name":"City Tour","quantity":2}]}}',
    );
  });

  it('sends a booking as XML', () => {
    const event = { type: 'booking.created', data: { booking }, previous: null } as unknown as CanonicalEvent;
    expect(encode(profile.render(event), 'xml').body.toString()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><checkfront-notify><event>booking.create</event><booking><id>123456</id>' +
        '<status>CONFIRMED</status><customer><name>John Doe</name><email>john@example.com</email></customer>' +
        '<items><id>987</id><name>City Tour</name><quantity>2</quantity></items></booking></checkfront-notify>',
    );
  });

  it('sends a booking as a form', () => {
    const event = { type: 'booking.created', data: { booking }, previous: null } as unknown as CanonicalEvent;
    expect(decodeURIComponent(encode(profile.render(event), 'form').body.toString())).toBe(
      'event=booking.create&booking[id]=123456&booking[status]=CONFIRMED&booking[customer][name]=John Doe' +
        '&booking[customer][email]=john@example.com&booking[items][0][id]=987&booking[items][0][name]=City Tour' +
        '&booking[items][0][quantity]=2',
    );
  });

  it.each([
    ['booking.updated', 'CONFIRMED', 'booking.update'],
    ['booking.updated', 'ON_HOLD', 'booking.status'],
    ['booking.updated', undefined, 'booking.update'],
    ['booking.confirmed', 'ON_HOLD', 'booking.status'],
    ['booking.confirmed', undefined, 'booking.status'],
    ['booking.cancelled', undefined, 'booking.status'],
    ['booking.cancelled', 'CONFIRMED', 'booking.update'],
  ])('calls %s of a confirmed booking that was %s before %s', (type, status, word) => {
    const previous = status === undefined ? null : { booking: { ...booking, status } };
    expect(rendered(type, { booking }, previous)).toMatchObject({
      event: word,
      booking: { status: 'CONFIRMED' },
    });
  });

  it.each([
    ['payment.received', 'PAID'],
    ['payment.refunded', 'REFUNDED'],
  ])('renders %s as a transaction that is %s', (type, status) => {
    const payment = { id: 'PAY-1', amount: 2700, currency: 'EUR', currencyPrecision: 2 };
    expect(rendered(type, { payment, booking })).toEqual({
      event: 'transaction.insert',
      transaction: { id: 'PAY-1', status, amount: '27.00', currency: 'EUR', booking_id: 123456 },
    });
  });

  it.each([
    ['product.added', 'ACTIVE'],
    ['product.updated', 'ACTIVE'],
    ['product.removed', 'REMOVED'],
  ])('renders %s as an item that is %s', (type, status) => {
    expect(rendered(type, { product: { id: 'P-1', internalName: 'City Tour' } })).toEqual({
      event: 'item.update',
      item: { id: 'P-1', name: 'City Tour', status },
    });
  });

  it('renders a rate with the items it applies to', () => {
    const rate = { id: 'R-1', name: 'Early bird', productId: 'P-1', startDate: '2030-01-01', enabled: false };
    expect(rendered('rate.updated', { rate })).toEqual({
      event: 'rate.update',
      rate: {
        id: 'R-1',
        name: 'Early bird',
        start_date: '2030-01-01',
        end_date: null,
        enabled: false,
        items: [{ id: 'P-1' }],
      },
    });
  });

  it('renders an availability as an update of the calendar', () => {
    const availability = {
      localDateTimeStart: '2030-01-15T09:00:00+01:00',
      localDateTimeEnd: '2030-01-15T11:00:00+01:00',
      status: 'AVAILABLE',
      vacancies: 0,
    };
    expect(rendered('availability.updated', { availability, productId: 'P-1', optionId: 'DEFAULT' })).toEqual(
      {
        event: 'calendar.update',
        calendar: {
          item_id: 'P-1',
          option_id: 'DEFAULT',
          start_date: '2030-01-15T09:00:00+01:00',
          end_date: '2030-01-15T11:00:00+01:00',
          status: 'AVAILABLE',
          available: 0,
        },
      },
    );
  });

  it('renders what Checkfront has no event for as it was published', () => {
    expect(rendered('order.updated', { order: { id: 'O-1' } })).toEqual({
      event: 'order.update',
      order: { id: 'O-1' },
    });
    expect(rendered('flight.status_changed', { flight: { number: 'SP1' } })).toEqual({
      event: 'flight.update',
      flight: { number: 'SP1' },
    });
    expect(rendered('voucher.redeemed', { voucher: 1 })).toEqual({
      event: 'voucher.redeemed',
      data: { voucher: 1 },
    });
  });

  it('renders a booking of which nothing is known', () => {
    expect(rendered('booking.created', {})).toEqual({
      event: 'booking.create',
      booking: { id: null, status: null, customer: { name: null, email: null }, items: [] },
    });
  });

  it('puts the name of a customer together and counts one when there are no units', () => {
    const sparse = {
      uuid: 'u',
      contact: { firstName: 'Ana', lastName: 'Díaz' },
      productId: 'P-1',
      unitItems: [],
    };
    expect(rendered('booking.updated', { booking: sparse })).toMatchObject({
      booking: { id: 'u', customer: { name: 'Ana Díaz' }, items: [{ id: 'P-1', name: null, quantity: 1 }] },
    });
  });
});
