import type { EventData } from './domain-events.js';
import type { CanonicalEventType, EventTypeName } from './event-types.js';
import type { OperationalEventType, WebhookNews } from './operational-events.js';

/** How the event keys of samples begin, so that a recovery does not take them for missed events. */
export const SAMPLE_KEY_PREFIX = 'webhook-sample:';

const booking = {
  id: 'B-SAMPLE',
  uuid: '7df49d62-57ad-44be-8373-e4c2fe7e63fe',
  status: 'CONFIRMED',
  productId: 'P-SAMPLE',
  optionId: 'DEFAULT',
  contact: { fullName: 'Sample Guest', emailAddress: 'guest@example.com', locales: ['en'] },
  unitItems: [{ unitId: 'adult', uuid: '2c1a1d2e-9f3b-4a57-8d0e-0f3a3d3f1c11' }],
};
const product = { id: 'P-SAMPLE', internalName: 'Sample tour', locale: 'en', timeZone: 'Europe/Madrid' };
const payment = {
  id: 'PAY-SAMPLE',
  amount: 4500,
  currency: 'EUR',
  currencyPrecision: 2,
  bookingId: booking.id,
};
const flight = {
  number: 'SP123',
  date: '2030-01-15',
  origin: 'MAD',
  destination: 'LIS',
  previousStatus: 'SCHEDULED',
  status: 'DELAYED',
  delayMinutes: 45,
};

const news: WebhookNews = {
  id: '0194f3a0-7c00-7000-8000-00000000000f',
  url: 'https://partner.example/other-webhook',
  status: 'active',
  reason: 'timeout',
  lastStatusCode: null,
  failingSince: '2030-01-10T07:55:00.000Z',
  consecutiveFailures: 5,
  nextAttemptAt: '2030-01-10T08:00:10.000Z',
  held: null,
};

const SAMPLES: Record<CanonicalEventType | OperationalEventType, EventData> = {
  'booking.created': { booking: { ...booking, status: 'ON_HOLD' } },
  'booking.confirmed': { booking },
  'booking.updated': { booking },
  'booking.cancelled': { booking: { ...booking, status: 'CANCELLED' } },
  'order.updated': { order: { id: 'O-SAMPLE', status: 'CONFIRMED', bookings: [booking] } },
  'payment.received': { payment: { ...payment, status: 'PAID' } },
  'payment.refunded': { payment: { ...payment, status: 'REFUNDED' } },
  'availability.updated': {
    availability: {
      id: '2030-01-15T09:00:00+01:00',
      localDateTimeStart: '2030-01-15T09:00:00+01:00',
      vacancies: 12,
    },
    productId: product.id,
    optionId: 'DEFAULT',
  },
  'product.added': { product },
  'product.updated': { product },
  'product.removed': { product },
  'rate.updated': { rate: { id: 'R-SAMPLE', name: 'Early bird', productId: product.id, percentOff: 10 } },
  'flight.status_changed': { flight },
  'webhook.failing': { webhook: news },
  'webhook.disabled': {
    webhook: { ...news, status: 'disabled', reason: 'exhausted', nextAttemptAt: null, held: 42 },
  },
  'webhook.resumed': {
    webhook: { ...news, reason: 'succeeded', consecutiveFailures: 0, nextAttemptAt: null },
  },
};

/** Invented data in the shape of an event type, to show a receiver what will come; none for a type that the host added. */
export function sampleData(type: EventTypeName): EventData {
  return (SAMPLES as Partial<Record<string, EventData>>)[type] ?? {};
}
