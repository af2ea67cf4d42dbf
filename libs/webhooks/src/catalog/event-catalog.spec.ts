import type { EventData } from './domain-events.js';
import type { EventChange } from './event-change.js';
import { StoredChange } from './event-change.js';
import { EventCatalog } from './event-catalog.js';
import { CANONICAL_EVENT_TYPES } from './event-types.js';

const catalog = new EventCatalog();

function change(type: string, data: EventData = {}, previous: EventData | null = null): EventChange {
  return { type, data, previous };
}

/** The names of every dialect but the canonical one that an event matches, as its webhooks would. */
function reached(event: EventChange): string[] {
  return catalog
    .list()
    .filter(({ dialect, name }) => dialect !== 'standard' && catalog.interest([name], null).wants(event))
    .map(({ name }) => name);
}

describe('which host event reaches whom', () => {
  const booking = { id: 'B-1', status: 'CONFIRMED' };
  const before = { booking };
  const flown = { booking: { ...booking, flights: [{ number: 'SP123' }] } };
  const held = { booking: { ...booking, status: 'ON_HOLD' } };
  const existing = ['booking_update', 'BOOKING_UPDATE', 'Booking Modified'];
  const product = ['product_update', 'PRODUCT_UPDATE', 'Item Update'];

  it.each<[row: string, event: EventChange, names: string[]]>([
    ['booking.created', change('booking.created', before), ['Booking Modified']],
    ['booking.created from another status', change('booking.created', before, held), ['Booking Modified']],
    [
      'booking.created with flights',
      change('booking.created', flown),
      ['Booking Modified', 'new_flight_reservation_from_extension'],
    ],
    ['booking.confirmed', change('booking.confirmed', before, held), [...existing, 'Booking Status Change']],
    [
      'booking.confirmed without a status before',
      change('booking.confirmed', before),
      [...existing, 'Booking Status Change'],
    ],
    ['booking.confirmed in the same status', change('booking.confirmed', before, before), existing],
    ['booking.updated in the same status', change('booking.updated', before, before), existing],
    ['booking.updated without a state before', change('booking.updated', before), existing],
    [
      'booking.updated to another status',
      change('booking.updated', before, held),
      [...existing, 'Booking Status Change'],
    ],
    [
      'booking.cancelled with flights',
      change('booking.cancelled', flown, { booking: { status: 'CANCELLED' } }),
      [...existing, 'Booking Status Change', 'flight_reservation_updated'],
    ],
    ['order.updated', change('order.updated', { order: {} }), ['order_update']],
    ['payment.received', change('payment.received', { payment: {} }), ['New Payment/Refund']],
    ['payment.refunded', change('payment.refunded', { payment: {} }), ['New Payment/Refund']],
    [
      'availability.updated',
      change('availability.updated', { availability: {} }),
      ['availability_update', 'AVAILABILITY_UPDATE', 'Item Calendar Edit'],
    ],
    ['product.added', change('product.added', { product: {} }), [...product, 'Product Added']],
    ['product.updated', change('product.updated', { product: {} }), [...product, 'Product Updated']],
    ['product.removed', change('product.removed', { product: {} }), [...product, 'Product Removed']],
    ['rate.updated', change('rate.updated', { rate: {} }), ['Item Event/Discount Edit']],
    [
      'flight.status_changed',
      change('flight.status_changed', { flight: {} }),
      ['Flight Delay Status Change'],
    ],
  ])('%s', (_row, event, names) => {
    expect(reached(event).toSorted()).toEqual(names.toSorted());
    expect(catalog.covers(event.type, event)).toBe(true);
    expect(catalog.covers('*', event)).toBe(true);
  });

  it.each([
    ['no noun', {}],
    ['nouns that are no objects', { booking: null, product: 7, flight: [] }],
    ['flights that are no list', { booking: { flights: { length: 1 } } }],
    ['no flights', { booking: { flights: [] } }],
  ])('an event with %s makes no rule throw, and is no flight booking', (_title, data) => {
    for (const type of CANONICAL_EVENT_TYPES) {
      const names = reached(change(type, data, data));
      expect(names).not.toContain('flight_reservation_updated');
      expect(names).not.toContain('new_flight_reservation_from_extension');
    }
  });
});

describe('patterns', () => {
  it.each([
    ['booking.cancelled', true],
    ['booking.*', true],
    ['*', true],
    ['Booking Status Change', true],
    ['booking status change', false],
    ['BOOKING.*', false],
    ['hotel.*', false],
    ['Booking.*', false],
    ['booking', false],
    ['book*', false],
    ['.*', false],
    ['', false],
    ['constructor', false],
  ])('%j is known: %s', (pattern, known) => {
    expect(catalog.isKnown(pattern)).toBe(known);
  });

  it.each([
    ['booking.canceled', 'booking.cancelled'],
    ['BOOKING_STATUS_CHANGE', 'Booking Status Change'],
    ['booking_updates', 'booking_update'],
    ['FLIGHT.STATUS', 'flight.status_changed'],
  ])('the nearest to %j begin with %j', (name, nearest) => {
    expect(catalog.nearest(name)[0]).toBe(nearest);
    expect(catalog.nearest(name)).toHaveLength(3);
  });

  it('the canonical types of patterns are those they may cover, once and in the order of the catalog', () => {
    expect(catalog.canonicalTypesOf(['Item Update', 'product.*', 'Booking Status Change'])).toEqual([
      'booking.confirmed',
      'booking.updated',
      'booking.cancelled',
      'product.added',
      'product.updated',
      'product.removed',
    ]);
    expect(catalog.canonicalTypesOf(['*'])).toEqual(CANONICAL_EVENT_TYPES);
    expect(catalog.canonicalTypesOf([])).toEqual([]);
  });

  it('a type that only a newer process knows is covered by its name and by wildcards', () => {
    const event = change('voucher.redeemed');
    for (const pattern of ['voucher.redeemed', 'voucher.*', '*'])
      expect(catalog.interest([pattern], null).wants(event)).toBe(true);
    expect(reached(event)).toEqual([]);
  });
});

describe('types that a host adds', () => {
  const host = new EventCatalog([
    { name: 'voucher.redeemed', label: 'Voucher redeemed', description: 'A voucher was used.' },
  ]);

  it('can be published, asked for and listed beside the canonical ones', () => {
    expect(host.isCanonical('voucher.redeemed')).toBe(true);
    expect(host.isKnown('voucher.*')).toBe(true);
    expect(host.canonicalTypesOf(['*'])).toContain('voucher.redeemed');
    expect(host.nearest('voucher.redeem')[0]).toBe('voucher.redeemed');
    expect(host.list()).toContainEqual({
      name: 'voucher.redeemed',
      dialect: 'standard',
      label: 'Voucher redeemed',
      description: 'A voucher was used.',
      types: ['voucher.redeemed'],
    });
  });

  it('are unknown to a host that did not add them', () => {
    expect(catalog.isCanonical('voucher.redeemed')).toBe(false);
    expect(catalog.isKnown('voucher.*')).toBe(false);
  });

  it('a name of a dialect cannot be published', () => {
    expect(host.isCanonical('booking_update')).toBe(false);
  });
});

describe('an event’s texts', () => {
  const unreadable = new StoredChange({ type: 'booking.updated', data: 'not read', previous: 'not read' });

  it.each([
    [['*']],
    [['booking.updated', 'flight_reservation_updated']],
    [['product.*', 'Booking Modified']],
  ])('are not read for %j, which the type alone decides', (patterns) => {
    expect(catalog.interest(patterns, null).wants(unreadable)).toBe(true);
    expect(catalog.interest(patterns, null).dependsOnData(['booking.updated'])).toBe(false);
  });

  it.each([[['flight_reservation_updated']], [['Booking Status Change', 'product.*']]])(
    'are read for %j',
    (patterns) => {
      expect(() => catalog.interest(patterns, null).wants(unreadable)).toThrow();
      expect(catalog.interest(patterns, null).dependsOnData(['booking.updated'])).toBe(true);
    },
  );

  it('are read once for all that ask', () => {
    const parse = jest.spyOn(JSON, 'parse');
    const event = new StoredChange({ type: 'a.b', data: '{"a":1}', previous: '{"a":2}' });
    expect([event.data, event.data, event.previous, event.previous]).toEqual([
      { a: 1 },
      { a: 1 },
      { a: 2 },
      { a: 2 },
    ]);
    expect(parse).toHaveBeenCalledTimes(2);
    parse.mockRestore();
  });
});
