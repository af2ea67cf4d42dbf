import fc from 'fast-check';
import { validate as isUuid } from 'uuid';

import type { EventData } from '../../catalog/domain-events.js';
import { CANONICAL_EVENT_TYPES } from '../../catalog/event-types.js';
import type { CanonicalEventType } from '../../catalog/event-types.js';
import { sampleData } from '../../catalog/samples.js';
import { OctoNotificationProfile } from './octo-notification.profile.js';
import { OctoProfile } from './octo.profile.js';

describe('octo-notification', () => {
  it('tells which booking changed, and nothing else of it', () => {
    expect(rendered('booking.updated')).toEqual({
      root: 'notification',
      value: {
        id: '0197a3c0-0000-7000-8000-000000000001',
        subscriptionId: 'sub_1',
        notificationType: 'BOOKING_UPDATE',
        utcCreatedAt: '2030-01-10T08:00:00.000Z',
        data: { uuid: '7df49d62-57ad-44be-8373-e4c2fe7e63fe' },
      },
    });
  });

  it('tells of which product and dates the availability changed', () => {
    expect(rendered('availability.updated').value).toMatchObject({
      notificationType: 'AVAILABILITY_UPDATE',
      data: { productId: 'P-SAMPLE', localDateStart: '2030-01-15', localDateEnd: '2030-01-15' },
    });
    const days = { productId: 'P-1', localDateStart: '2030-02-01', localDateEnd: '2030-02-28' };
    expect(rendered('availability.updated', days).value.data).toEqual(days);
  });

  it('tells which product changed', () => {
    expect(rendered('product.removed').value).toMatchObject({
      notificationType: 'PRODUCT_UPDATE',
      data: { productId: 'P-SAMPLE' },
    });
    expect(rendered('rate.updated').value).toMatchObject({
      notificationType: 'PRODUCT_UPDATE',
      data: { productId: 'P-SAMPLE' },
    });
  });

  it('names a booking by the UUID that the octo profile gives it, also when the host gave none', () => {
    const booking = { id: 'B-7' };
    const { value } = new OctoProfile().render(eventOf('booking.updated', { booking }), context);
    const uuid = (value.booking as EventData).uuid;
    expect(isUuid(uuid)).toBe(true);
    expect(rendered('booking.updated', { booking }).value.data).toEqual({ uuid });
    expect(rendered('payment.received', { payment: { bookingId: 'B-7' } }).value.data).toEqual({ uuid });
    expect(rendered('order.updated', { order: { bookings: [null, booking] } }).value.data).toEqual({ uuid });
  });

  it('says null for what it does not know', () => {
    expect(rendered('flight.status_changed').value.data).toEqual({ uuid: null });
    expect(rendered('availability.updated', {}).value.data).toEqual({
      productId: '',
      localDateStart: null,
      localDateEnd: null,
    });
  });

  it('renders any data without throwing', () => {
    const nouns = fc.constantFrom(
      ...['booking', 'order', 'payment', 'availability', 'product', 'rate', 'flight'],
    );
    const data = fc.dictionary(fc.oneof(nouns, fc.string()), fc.jsonValue());
    fc.assert(
      fc.property(fc.constantFrom(...CANONICAL_EVENT_TYPES), data, (type, given) => {
        const { value } = rendered(type, given);
        expect(Object.keys(value)).toEqual([
          'id',
          'subscriptionId',
          'notificationType',
          'utcCreatedAt',
          'data',
        ]);
        expect(value.notificationType).toMatch(/^(PRODUCT|AVAILABILITY|BOOKING)_UPDATE$/);
      }),
    );
  });
});

const context = {
  locale: 'en',
  messages: (key: string) => key,
  capabilities: new Set<string>(),
  subscription: {
    id: 'sub_1',
    url: 'https://partner.example/hook',
    eventTypes: ['BOOKING_UPDATE'],
    retryOnError: true,
    useContactLanguage: true,
    headers: {},
    capabilities: [],
  },
};

function eventOf(type: CanonicalEventType, data: EventData) {
  return {
    id: '0197a3c0-0000-7000-8000-000000000001',
    type,
    contractId: 'C-1',
    occurredAt: Date.parse('2030-01-10T08:00:00Z'),
    data,
    dataText: JSON.stringify(data),
    previous: null,
    originator: null,
    accountContext: null,
    eventKey: null,
  };
}

function rendered(type: CanonicalEventType, data: EventData = sampleData(type)) {
  return new OctoNotificationProfile().render(eventOf(type, data), context);
}
