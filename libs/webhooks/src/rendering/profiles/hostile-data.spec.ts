import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import { CANONICAL_EVENT_TYPES } from '../../catalog/event-types.js';
import { JsonText } from '../document.js';
import { MessageCatalog } from '../localization/message-catalog.js';
import type { CanonicalEvent, RenderContext } from '../profile.js';
import { capdataEventKey } from './capdata-event.js';
import { CapdataProfile } from './capdata.profile.js';
import { DelayCareProfile } from './delay-care.profile.js';
import { StandardProfile } from './standard.profile.js';

const contact = { fullName: 'Ana Ruiz', firstName: 'Ana', lastName: 'Ruiz', emailAddress: 'ana@example.com' };
const city = {
  iata: 'MAD',
  title: { $localized: { en: 'Madrid' } },
  titleLocalized: { EN: 'Madrid' },
  country: 'ES',
};
const departure = {
  iata: 'MAD',
  timezone: 'Europe/Madrid',
  city,
  country: { id: 'ES', title: 'Spain' },
  terminals: ['4'],
  location: { lat: 40 },
  scheduledAt: '2025-12-25T23:30:00Z',
  estimatedAt: '2025-12-26T00:15:00Z',
};
const airline = { code: 'IB', name: 'Iberia' };
const flight = {
  number: 'IB1',
  airline,
  departure,
  arrival: { iata: 'LIS' },
  status: 'DELAYED',
  delayMinutes: 45,
};
const back = { number: 'IB2', date: '2026-01-02', origin: 'LIS', destination: { iata: 'MAD' } };
const ticket = { deliveryOptions: [{ deliveryFormat: 'QRCODE', deliveryValue: 'QR' }] };
const booking = {
  id: 'B-1',
  supplierReference: 'XYZ123',
  status: 'CONFIRMED',
  utcUpdatedAt: '2025-05-12T10:15:30',
  contact,
  pricing: { retail: 25050, currency: 'EUR', currencyPrecision: 2 },
  availability: { localDateTimeStart: '2025-12-25T09:00' },
  product: { title: 'Walk' },
  unitItems: [{ uuid: 'U-1', unit: { type: 'ADULT' }, contact, ticket }],
  voucher: ticket,
  flights: [{ ...flight, date: '2025-12-26' }, back],
  fields: { bookingCode: 'PNR', agencyId: 7 },
};
const published = {
  data: {
    booking,
    order: { id: 'O-1', bookings: [booking] },
    flight,
    product: { id: 'P-1' },
    payment: { id: 1 },
  },
  previous: { flight },
  originator: { type: 'agent', id: 1, name: 'Ana', username: 'ana', tokenUsed: 'token', clientId: 15 },
  accountContext: { ownerId: 1, owner_name: 'Main Owner' },
};

const leaf = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(
    null,
    true,
    '',
    'EUR',
    '__proto__',
    '\ud800',
    ']]>',
    '2025-12-25',
    '+275760-09-13T00:00:00Z',
  ),
  fc.constantFrom(1e308, -1e308, 2 ** 53, 0.1, -0.004, -1, 1e21),
);
const hostile = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.dictionary(
    fc.constantFrom('__proto__', 'constructor', '$localized', '@attributes', '1', 'title', 'id'),
    leaf,
    {
      noNullPrototype: true,
      maxKeys: 3,
    },
  ),
  fc.constantFrom(undefined, [[[]]], [{}], [null], { $localized: null }, { $localized: { EN: 5 } }),
);

/** Every place in a value where something else could stand. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** A copy with something else in one place; as it was, when the place has gone. */
function replaced(value: unknown, [key, ...rest]: string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (typeof value !== 'object' || value === null || !(key in value)) return value;
  const inner = replaced((value as Record<string, unknown>)[key], rest, other);
  return Array.isArray(value) ? value.with(Number(key), inner) : { ...value, [key]: inner };
}

const places = pathsOf(published).filter((path) => path.length > 1);
const changes = fc.array(fc.tuple(fc.constantFrom(...places), hostile), { maxLength: 8 });

const events = fc.tuple(fc.constantFrom(...CANONICAL_EVENT_TYPES), changes).map(([type, made]) => {
  const changed = made.reduce<unknown>((value, [path, other]) => replaced(value, path, other), published);
  // As the rows in the database give them back.
  const fields = JSON.parse(JSON.stringify(changed)) as typeof published;
  const stored = { id: 'E-1', contractId: 'C-1', occurredAt: 1_747_044_930_123, eventKey: null };
  return { ...stored, type, dataText: JSON.stringify(fields.data), ...fields } as unknown as CanonicalEvent;
});

const context: RenderContext = {
  locale: 'de',
  messages: new MessageCatalog().in('de'),
  capabilities: new Set(['capdata/actor-token']),
  subscription: {} as RenderContext['subscription'],
};

const profiles = [new StandardProfile(), new CapdataProfile(), new DelayCareProfile()];

describe('data of any kind', () => {
  it.each(profiles)('is rendered for any event by $name, to values that survive JSON', (profile) => {
    fc.assert(
      fc.property(events, (event) => {
        const { root, value } = profile.render(event, context);
        const plain = value.data instanceof JsonText ? { ...value, data: event.data } : value;
        return root === 'webhook' && isDeepStrictEqual(JSON.parse(JSON.stringify(plain)), plain);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives a CapData event key that fits a header', () => {
    fc.assert(
      fc.property(events, (event) => /^[\x21-\x7e]{1,191}$/.test(capdataEventKey(event))),
      { numRuns: 1000 },
    );
  });
});
