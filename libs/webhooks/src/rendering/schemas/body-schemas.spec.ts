import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';

import type { EventData } from '../../catalog/domain-events.js';
import { CANONICAL_EVENT_TYPES } from '../../catalog/event-types.js';
import { OPERATIONAL_EVENT_TYPES } from '../../catalog/operational-events.js';
import { sampleData } from '../../catalog/samples.js';
import { encode } from '../formats/encode.js';
import { MessageCatalog } from '../localization/message-catalog.js';
import { ProfileCatalog } from '../profile-catalog.js';
import type { Profile } from '../profile.js';
import { ReadEvent } from '../read-event.js';
import { bodySchema } from './body-schemas.js';

const catalog = new ProfileCatalog();
const messages = new MessageCatalog({});

const FLIGHT = {
  number: 'SP123',
  airline: { code: 'SP', name: 'Sample Air' },
  departure: { iata: 'MAD', timezone: 'Europe/Madrid', scheduledAt: '2030-01-15T09:00:00+01:00' },
  arrival: { iata: 'LIS', city: { title: 'Lisboa', country: 'PT' } },
  status: 'DELAYED',
};
const PRICING = { original: 5000, retail: 4500, net: 4000, currency: 'EUR', currencyPrecision: 2 };
const BOOKING = {
  id: 42,
  status: 'CANCELLED',
  product: { id: 'P-1', title: 'Tour', options: [{ id: 'O', units: [{ id: 'adult' }] }] },
  option: { id: 'O' },
  availability: { id: '2030-01-15T09:00:00+01:00', vacancies: 2, pricing: PRICING },
  cancellation: { reason: 'ill' },
  voucher: { deliveryOptions: [{ deliveryFormat: 'QRCODE', deliveryValue: 'V' }] },
  contact: { fullName: 'Ana García', emailAddress: 'ana@example.com', locales: ['es'] },
  unitItems: [{ unitId: 'adult', ticket: {} }, { unitId: 'child' }],
  pricing: { ...PRICING, includedTaxes: [{ name: 'IVA', retail: 400 }] },
  flights: [FLIGHT, { ...FLIGHT, departure: FLIGHT.arrival, arrival: FLIGHT.departure }],
  fields: { agencyId: 'A-1' },
};
const RICH: EventData = {
  booking: BOOKING,
  order: { id: 'O-1', bookings: [BOOKING, BOOKING], pricing: PRICING },
  payment: { id: 7, amount: 4500, currency: 'EUR', bookingId: 42 },
  availability: { id: '2030-01-15', status: 'CLOSED', openingHours: [{ from: '09:00' }] },
  productId: 'P-1',
  product: BOOKING.product,
  rate: { id: 'R-1', name: 'Early bird', productIds: ['P-1', 'P-2'], startDate: '2030-01-01' },
  flight: FLIGHT,
};

const DATA: [title: string, dataOf: (type: string) => EventData][] = [
  ['the sample', sampleData],
  ['an event that is told at length', () => RICH],
  ['an event that says nothing', () => ({})],
];
const NEWS = OPERATIONAL_EVENT_TYPES.map(({ name }) => name);
const ALL_TYPES: string[] = [...CANONICAL_EVENT_TYPES, ...NEWS];
const CASES = catalog.names.flatMap((name) => DATA.map(([title, dataOf]) => ({ name, title, dataOf })));

describe('the schema of a body', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  addFormats.default(ajv);

  it.each(CASES)('of $name holds for $title of every event type', ({ name, dataOf }) => {
    const profile = catalog.get(name);
    for (const type of CANONICAL_EVENT_TYPES) {
      for (const before of [null, dataOf(type)]) {
        const validate = ajv.compile(bodySchema(profile, type).schema);
        validate(rendered(profile, type, dataOf(type), before));
        expect([type, validate.errors]).toEqual([type, null]);
      }
    }
  });

  it.each(catalog.names)('of %s holds for every news of a webhook, and says what is in it', (name) => {
    const profile = catalog.get(name);
    for (const type of NEWS) {
      const { schema } = bodySchema(profile, type);
      const validate = ajv.compile(schema);
      const body = rendered(profile, type, sampleData(type), null);
      validate(body);
      expect([type, validate.errors]).toEqual([type, null]);
      expect(JSON.stringify(body)).toContain('other-webhook');
      // What Checkfront makes from its XML is texts throughout.
      if (name !== 'checkfront-3') expect(JSON.stringify(schema)).toContain('failingSince');
    }
  });

  it.each(catalog.names)('of %s is refused for a body that lacks any one of its members', (name) => {
    const profile = catalog.get(name);
    for (const type of ALL_TYPES) {
      const validate = ajv.compile(bodySchema(profile, type).schema);
      const { required } = bodySchema(profile, type).schema as { required: string[] };
      expect(required.length).toBeGreaterThan(1);
      for (const member of required) {
        const { [member]: _left, ...rest } = rendered(profile, type, sampleData(type), null);
        expect([type, member, validate(rest)]).toEqual([type, member, false]);
      }
    }
  });

  it('has one name for one schema, and another name for another', () => {
    const schemas = new Map<string, string>();
    for (const name of catalog.names) {
      for (const type of ALL_TYPES) {
        const body = bodySchema(catalog.get(name), type);
        expect(body.name).toMatch(/^[\w.-]+$/);
        const text = JSON.stringify(body.schema);
        expect(schemas.get(body.name) ?? text).toBe(text);
        schemas.set(body.name, text);
      }
    }
  });

  it('of a profile that the host put in a shipped one’s place says no more than that it is an object', () => {
    const own: Profile = { ...catalog.get('octo'), render: () => ({ root: 'own', value: { own: true } }) };
    expect(bodySchema(own, 'booking.created')).toEqual({ name: 'octo', schema: { type: 'object' } });
  });
});

function rendered(profile: Profile, type: string, data: EventData, previous: EventData | null) {
  const event = new ReadEvent({
    id: '0190163d-8694-739b-aea5-966c26f8ad91',
    type,
    contractId: 'C-1',
    occurredAt: Date.UTC(2030, 0, 10, 8),
    data: JSON.stringify(data),
    previous: previous && JSON.stringify(previous),
    originator: JSON.stringify({ type: 'agent', id: 9, name: 'Ann', tokenUsed: 't', clientId: 3 }),
    accountContext: null,
    contactLocales: null,
    eventKey: null,
  });
  const document = profile.render(event, {
    locale: 'en',
    messages: messages.in('en'),
    capabilities: new Set(['octo/pricing', 'octo/content', 'capdata/actor-token']),
    subscription: {
      id: '00000000-0000-0000-0000-000000000000',
      url: 'https://partner.example/',
      eventTypes: ['*'],
      retryOnError: true,
      useContactLanguage: true,
      headers: { 'X-Api-Key': '***' },
      capabilities: ['octo/pricing'],
    },
  });
  return JSON.parse(encode(document, 'json').body.toString()) as EventData;
}
