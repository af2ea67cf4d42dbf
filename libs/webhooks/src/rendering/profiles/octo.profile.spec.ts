import { zAvailability, zBooking, zProduct, zSupplier } from '@octocloud/types';
import fc from 'fast-check';

import type { EventData } from '../../catalog/domain-events.js';
import { CANONICAL_EVENT_TYPES } from '../../catalog/event-types.js';
import type { CanonicalEventType } from '../../catalog/event-types.js';
import { sampleData } from '../../catalog/samples.js';
import type { CanonicalEvent, RenderContext } from '../profile.js';
import { OctoProfile } from './octo.profile.js';

const profile = new OctoProfile();

describe('octo', () => {
  it('sends a confirmed booking with its webhook, its diff and its supplier', () => {
    const event = eventOf('booking.confirmed', {
      data: { booking: { ...booking, status: 'CONFIRMED', utcConfirmedAt: '2030-01-10T08:00:00Z' } },
      previous: { booking },
    });
    expect(profile.render(event, contextOf('octo/pricing'))).toEqual({
      root: 'booking_update',
      value: {
        webhook: {
          id: 'wh_1',
          event: 'booking_update',
          url: 'https://***:***@partner.example/hook',
          retryOnError: true,
          useContactLanguage: true,
          headers: { 'X-Api-Key': '***' },
          capabilities: ['octo/pricing'],
        },
        booking: {
          id: 'B-1',
          uuid: '7df49d62-57ad-44be-8373-e4c2fe7e63fe',
          testMode: false,
          resellerReference: 'R-1',
          supplierReference: null,
          status: 'CONFIRMED',
          utcCreatedAt: '2030-01-01T10:00:00Z',
          utcUpdatedAt: '2030-01-10T08:00:00.000Z',
          utcExpiresAt: null,
          utcRedeemedAt: null,
          utcConfirmedAt: '2030-01-10T08:00:00Z',
          productId: 'P-1',
          optionId: 'DEFAULT',
          cancellable: true,
          cancellation: null,
          freesale: false,
          availabilityId: '2030-01-15T09:00:00+01:00',
          availability: null,
          contact: {
            fullName: 'Ana García',
            firstName: 'Ana',
            lastName: 'García',
            emailAddress: 'ana@example.com',
            phoneNumber: null,
            locales: ['es-ES', 'en'],
            postalCode: null,
            country: 'ES',
            notes: null,
          },
          notes: null,
          deliveryMethods: ['VOUCHER'],
          voucher: null,
          unitItems: [
            {
              uuid: '2c1a1d2e-9f3b-4a57-8d0e-0f3a3d3f1c11',
              resellerReference: null,
              supplierReference: null,
              unitId: 'adult',
              status: 'CONFIRMED',
              utcRedeemedAt: null,
              contact: {
                fullName: null,
                firstName: null,
                lastName: null,
                emailAddress: null,
                phoneNumber: null,
                locales: [],
                postalCode: null,
                country: null,
                notes: null,
              },
              ticket: null,
            },
          ],
          pricing: {
            original: 5000,
            retail: 4500,
            net: 4000,
            currency: 'EUR',
            currencyPrecision: 2,
            includedTaxes: [],
          },
          flights: [{ number: 'SP123' }],
        },
        diff: [
          { op: 'replace', path: '/status', was: 'ON_HOLD', value: 'CONFIRMED' },
          { op: 'replace', path: '/unitItems/0/status', was: 'ON_HOLD', value: 'CONFIRMED' },
          { op: 'replace', path: '/utcConfirmedAt', was: null, value: '2030-01-10T08:00:00Z' },
        ],
        supplier: {
          id: 'acme',
          name: 'Acme Sailing',
          endpoint: 'about:blank',
          contact: { website: null, email: 'hello@acme.example', telephone: null, address: null },
        },
      },
    });
  });

  it('sends the body in a steady order', () => {
    const keys = (type: CanonicalEventType) => Object.keys(rendered(eventOf(type)).value);
    expect(keys('booking.updated')).toEqual(['webhook', 'booking', 'diff', 'supplier']);
    expect(keys('product.added')).toEqual(['webhook', 'product', 'diff', 'supplier']);
    expect(keys('order.updated')).toEqual(['webhook', 'order', 'diff', 'supplier']);
    expect(keys('availability.updated')).toEqual([
      'webhook',
      'availability',
      'productId',
      'optionId',
      'supplier',
    ]);
  });

  it('sends an availability with its product and its option', () => {
    const { root, value } = rendered(
      eventOf('availability.updated', {
        data: {
          availability: { id: '2030-01-15T09:00:00+01:00', vacancies: 0 },
          productId: 'P-1',
          optionId: 7,
        },
      }),
    );
    expect(root).toBe('availability_update');
    expect(value).toMatchObject({
      webhook: { event: 'availability_update' },
      availability: {
        id: '2030-01-15T09:00:00+01:00',
        localDateTimeStart: '2030-01-15T09:00:00+01:00',
        localDateTimeEnd: '2030-01-15T09:00:00+01:00',
        utcCutoffAt: '2030-01-15T08:00:00.000Z',
        allDay: false,
        available: false,
        status: 'SOLD_OUT',
        vacancies: 0,
        capacity: null,
        maxUnits: null,
        openingHours: [],
      },
      productId: 'P-1',
      optionId: '7',
    });
  });

  it('sends an order with octo/cart in force, asked for or not', () => {
    const order = { id: 'O-1', bookings: [{ ...booking, orderId: 'O-1' }] };
    const { value } = rendered(eventOf('order.updated', { data: { order } }));
    expect(value).toMatchObject({
      webhook: { event: 'order_update', capabilities: ['octo/cart'] },
      order: { id: 'O-1', bookings: [{ orderId: 'O-1' }] },
    });
  });

  it.each(['', 'octo/pricing', 'octo/content', 'octo/pricing,octo/content,octo/cart'])(
    'passes the validators of OCTO for the sample of every event type, with the capabilities “%s”',
    (names) => {
      const capabilities = names === '' ? [] : names.split(',');
      for (const type of CANONICAL_EVENT_TYPES) {
        const { value } = profile.render(eventOf(type), contextOf(...capabilities));
        zSupplier.parse(value.supplier);
        if ('booking' in value) zBooking.parse(value.booking);
        if ('product' in value) zProduct.parse(value.product);
        if ('availability' in value) zAvailability.parse(value.availability);
      }
    },
  );

  it.each([
    ['booking.confirmed', 'CONFIRMED'],
    ['booking.cancelled', 'CANCELLED'],
  ] as const)('shows %s on /status although the host gave no previous', (type, status) => {
    expect(rendered(eventOf(type)).value.diff).toEqual([
      { op: 'replace', path: '/status', was: null, value: status },
    ]);
    expect(rendered(eventOf('booking.updated')).value.diff).toEqual([]);
  });

  it('tells no change of a field whose capability is not in force', () => {
    const event = eventOf('booking.updated', {
      data: { booking: { ...booking, pricing: { retail: 1, currency: 'EUR' }, notes: 'late' } },
      previous: { booking },
    });
    const changed = (context: RenderContext) =>
      (profile.render(event, context).value.diff as { path: string }[]).map(({ path }) => path);
    expect(changed(contextOf())).toEqual(['/notes']);
    expect(changed(contextOf('octo/pricing'))).toContain('/pricing/retail');
    expect(JSON.stringify(profile.render(event, contextOf()))).not.toContain('pricing');
  });

  it('makes a payment or a delay of a known booking an update of that booking', () => {
    for (const type of ['payment.received', 'flight.status_changed'] as const) {
      const { root, value } = rendered(eventOf(type, { data: { ...sampleData(type), booking } }));
      expect(root).toBe('booking_update');
      expect(value).toMatchObject({ webhook: { event: 'booking_update' }, booking: { id: 'B-1' }, diff: [] });
    }
  });

  it('sends what OCTO has no event for around its own noun, by its canonical name', () => {
    const payment = rendered(eventOf('payment.refunded'));
    expect(payment.root).toBe('event');
    expect(Object.keys(payment.value)).toEqual(['webhook', 'payment', 'supplier']);
    expect(payment.value.webhook).toMatchObject({ event: 'payment.refunded' });
    const rate = rendered(
      eventOf('rate.updated', {
        data: { rate: { id: 'R-1', percentOff: 20 } },
        previous: { rate: { id: 'R-1', percentOff: 10 } },
      }),
    );
    expect(rate.value).toMatchObject({
      rate: { id: 'R-1', percentOff: 20 },
      diff: [{ op: 'replace', path: '/percentOff', was: 10, value: 20 }],
    });
  });

  it("takes the data's supplier before the account, and the contract where there is neither", () => {
    const supplier = { name: 'Boats', endpoint: 'https://api.example/octo', contact: { telephone: '+34 1' } };
    const given = rendered(eventOf('booking.updated', { data: { booking, supplier } }));
    expect(given.value.supplier).toMatchObject({ ...supplier, id: 'C-1' });
    const none = rendered(eventOf('booking.updated', { accountContext: null }));
    expect(none.value.supplier).toMatchObject({ id: 'C-1', name: 'C-1' });
  });

  it('renders any data without throwing, to models that pass the validators, with a diff that is bounded', () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    const nouns = fc.constantFrom('booking', 'order', 'payment', 'availability', 'product', 'rate', 'flight');
    const data = fc.dictionary(
      fc.oneof(nouns, fc.string(), fc.constant('__proto__')),
      fc.oneof(json, oddModel()),
    );
    const capabilities = fc.subarray(['octo/pricing', 'octo/content', 'octo/offers', 'octo/packages']);
    fc.assert(
      fc.property(
        fc.constantFrom(...CANONICAL_EVENT_TYPES),
        data,
        fc.option(data),
        fc.option(data),
        capabilities,
        (type, current, previous, accountContext, asked) => {
          const event = eventOf(type, { data: current, previous, accountContext });
          const { value } = profile.render(event, contextOf(...asked));
          expect(JSON.parse(JSON.stringify(value))).toBeDefined();
          zSupplier.parse(value.supplier);
          if ('booking' in value) zBooking.parse({ ...(value.booking as object), uuid: booking.uuid });
          if ('product' in value) zProduct.parse(value.product);
          if ('availability' in value) zAvailability.parse(value.availability);
          if ('diff' in value) expect((value.diff as unknown[]).length).toBeLessThanOrEqual(500);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const booking: EventData = {
  id: 'B-1',
  uuid: '7df49d62-57ad-44be-8373-e4c2fe7e63fe',
  resellerReference: 'R-1',
  status: 'ON_HOLD',
  utcCreatedAt: '2030-01-01T10:00:00Z',
  productId: 'P-1',
  cancellable: true,
  availabilityId: '2030-01-15T09:00:00+01:00',
  contact: {
    firstName: 'Ana',
    lastName: 'García',
    emailAddress: 'ana@example.com',
    locales: ['es-ES', 'en'],
    country: 'ES',
  },
  deliveryMethods: ['VOUCHER'],
  unitItems: [{ unitId: 'adult', uuid: '2c1a1d2e-9f3b-4a57-8d0e-0f3a3d3f1c11' }],
  pricing: { original: 5000, retail: 4500, net: 4000, currency: 'EUR', currencyPrecision: 2 },
  orderId: 'O-1',
  flights: [{ number: 'SP123' }],
};

function eventOf(type: CanonicalEventType, given: Partial<CanonicalEvent> = {}): CanonicalEvent {
  const data = given.data ?? sampleData(type);
  return {
    id: '0197a3c0-0000-7000-8000-000000000001',
    type,
    contractId: 'C-1',
    occurredAt: Date.parse('2030-01-10T08:00:00Z'),
    data,
    dataText: JSON.stringify(data),
    previous: null,
    originator: null,
    accountContext: { ownerId: 'acme', ownerName: 'Acme Sailing', ownerEmail: 'hello@acme.example' },
    eventKey: null,
    ...given,
  };
}

function contextOf(...capabilities: string[]): RenderContext {
  return {
    locale: 'en',
    messages: (key) => key,
    capabilities: new Set(capabilities),
    subscription: {
      id: 'wh_1',
      url: 'https://***:***@partner.example/hook',
      eventTypes: ['booking_update'],
      retryOnError: true,
      useContactLanguage: true,
      headers: { 'X-Api-Key': '***' },
      capabilities,
    },
  };
}

function rendered(event: CanonicalEvent) {
  return profile.render(event, contextOf());
}

/** Objects with the names that a profile reads, and anything in them. */
function oddModel(): fc.Arbitrary<unknown> {
  const names = fc.constantFrom(
    ...[
      'id',
      'uuid',
      'status',
      'contact',
      'unitItems',
      'unit',
      'pricing',
      'options',
      'units',
      'restrictions',
    ],
    ...['utcCreatedAt', 'cancellation', 'availability', 'product', 'option', 'bookings', 'packageBookings'],
    ...[
      'media',
      'features',
      'locations',
      'place',
      'includedTaxes',
      'currency',
      'retail',
      'constructor',
      '__proto__',
    ],
  );
  const odd = fc.constantFrom<unknown>(
    null,
    '',
    'NaN',
    -0,
    1e308,
    8.64e15,
    '2030-13-45T99:99:99Z',
    '٣',
    '\u0000',
    true,
  );
  return fc.letrec((tie) => ({
    model: fc.dictionary(
      names,
      fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        odd,
        tie('model'),
        fc.array(tie('model'), { maxLength: 2 }),
      ),
      { maxKeys: 5 },
    ),
  })).model;
}
