import type { EventData } from './domain-events.js';
import type { EventChange } from './event-change.js';
import type { EventFilter } from './event-filter.js';
import { filterFault, passesFilter, storedFilter } from './event-filter.js';
import { isJsonPointer, valueAt } from './json-pointer.js';

function passes(filter: EventFilter, change: Partial<EventChange>): boolean {
  return passesFilter(filter, { type: 'booking.updated', data: {}, previous: null, ...change });
}

describe('product ids', () => {
  it.each<[where: string, data: EventData]>([
    ['a booking', { booking: { productId: 'P-1' } }],
    ['a booking’s product', { booking: { product: { id: 'P-1' } } }],
    ['a booking’s items', { booking: { items: [{ productId: 'P-9' }, { id: 'P-1' }] } }],
    ['an availability event', { availability: {}, productId: 'P-1' }],
    ['a product event', { product: { id: 'P-1' } }],
    ['an order’s bookings', { order: { bookings: [{ productId: 'P-9' }, { productId: 'P-1' }] } }],
    ['an order’s items', { order: { items: [{ product: { id: 'P-1' } }] } }],
    ['a rate', { rate: { productIds: ['P-9', 'P-1'] } }],
    ['a payment’s booking', { payment: {}, booking: { productId: 'P-1' } }],
  ])('are found in %s', (_where, data) => {
    expect(passes({ productIds: ['P-0', 'P-1'] }, { data })).toBe(true);
    expect(passes({ productIds: ['P-2'] }, { data })).toBe(false);
  });

  it('a number matches its digits', () => {
    expect(passes({ productIds: ['7'] }, { data: { booking: { productId: 7 } } })).toBe(true);
  });

  it.each<[what: string, data: unknown]>([
    ['names no product', { booking: { id: 'P-1' } }],
    ['has odd shapes', { booking: null, items: 'P-1', order: { bookings: [null, 'P-1'] }, productId: {} }],
    ['names it as an item’s line only', { booking: { items: [{ id: 'P-1', productId: 'P-2' }] } }],
  ])('an event that %s does not pass', (_what, data) => {
    expect(passes({ productIds: ['P-1'] }, { data: data as EventData })).toBe(false);
  });
});

describe('statuses', () => {
  it.each([
    ['booking.updated', 'booking'],
    ['flight.status_changed', 'flight'],
    ['order.updated', 'order'],
    ['product.updated', 'product'],
    ['payment.received', 'payment'],
    ['voucher.redeemed', 'voucher'],
  ])('of %s are the %s’s', (type, noun) => {
    const data = { other: { status: 'B' }, [noun]: { status: 'A' } };
    expect(passes({ statuses: ['A', 'C'] }, { type, data })).toBe(true);
    expect(passes({ statuses: ['B', 'a', ''] }, { type, data })).toBe(false);
  });

  it('a payment for a confirmed booking is no event about a confirmed booking', () => {
    const data = { payment: { status: 'PAID' }, booking: { status: 'CONFIRMED' } };
    expect(passes({ statuses: ['CONFIRMED'] }, { type: 'payment.received', data })).toBe(false);
  });

  it('an event without a status does not pass', () => {
    expect(passes({ statuses: ['A'] }, { type: 'rate.updated', data: { rate: { status: null } } })).toBe(
      false,
    );
  });
});

describe('changed paths', () => {
  const booking = { status: 'ON_HOLD', contact: { fullName: 'A' }, unitItems: [{ uuid: '1' }], 'a/b~c': 1 };
  const previous = { booking };
  const after = (changes: EventData) => ({ booking: { ...booking, ...changes } });

  it.each<[path: string, data: EventData, passed: boolean]>([
    ['/booking/status', after({ status: 'CONFIRMED' }), true],
    ['/booking', after({ status: 'CONFIRMED' }), true],
    ['/booking/contact', after({ contact: { fullName: 'B' } }), true],
    ['/booking/contact', after({ status: 'CONFIRMED' }), false],
    ['/booking/contact', after({ contact: { fullName: 'A' } }), false],
    ['/booking/unitItems/0/uuid', after({ unitItems: [{ uuid: '2' }] }), true],
    ['/booking/unitItems/0', after({ unitItems: [{ uuid: '1' }, { uuid: '2' }] }), false],
    ['/booking/unitItems', after({ unitItems: [{ uuid: '1' }, { uuid: '2' }] }), true],
    ['/booking/unitItems/length', after({ unitItems: [] }), false],
    ['/booking/a~1b~0c', after({ 'a/b~c': 2 }), true],
    ['/booking/notes', after({ notes: null }), true],
    ['/booking/none', after({ status: 'CONFIRMED' }), false],
    ['/booking/constructor', after({ status: 'CONFIRMED' }), false],
    ['/stat', after({ status: 'CONFIRMED' }), false],
  ])('%s of %j: %s', (path, data, passed) => {
    expect(passes({ changedPaths: ['/never', path] }, { data, previous })).toBe(passed);
  });

  it('the order of keys is no change', () => {
    const data = { booking: { contact: { b: 1, a: 2 } } };
    expect(
      passes({ changedPaths: ['/booking'] }, { data, previous: { booking: { contact: { a: 2, b: 1 } } } }),
    ).toBe(false);
  });

  it('without a state before there is no change', () => {
    expect(passes({ changedPaths: ['/booking'] }, { data: after({}), previous: null })).toBe(false);
  });

  it('what is nested too deeply to compare counts as changed', () => {
    const deep = (leaf: number) =>
      JSON.parse(`{"booking":${'{"a":'.repeat(20_000)}${leaf}${'}'.repeat(20_000)}}`) as EventData;
    expect(passes({ changedPaths: ['/booking'] }, { data: deep(1), previous: deep(2) })).toBe(true);
  });
});

it('filters are combined with AND', () => {
  const filter = { productIds: ['P-1'], statuses: ['CONFIRMED'], changedPaths: ['/booking/status'] };
  const data = { booking: { productId: 'P-1', status: 'CONFIRMED' } };
  const previous = { booking: { productId: 'P-1', status: 'ON_HOLD' } };
  expect(passes(filter, { data, previous })).toBe(true);
  expect(passes({ ...filter, productIds: ['P-2'] }, { data, previous })).toBe(false);
  expect(passes({ ...filter, statuses: ['CANCELLED'] }, { data, previous })).toBe(false);
  expect(passes(filter, { data, previous: data })).toBe(false);
});

it('a filter is stored in one order, and as none when it narrows nothing', () => {
  const filter = { statuses: ['A', 'A'], productIds: ['P'] };
  expect(JSON.stringify(storedFilter(filter))).toBe('{"productIds":["P"],"statuses":["A"]}');
  expect([storedFilter({}), storedFilter(null)]).toEqual([null, null]);
});

it('the largest filter is accepted', () => {
  const texts = (count: number, length: number) => Array.from({ length: count }, () => 'x'.repeat(length));
  const filter = {
    productIds: texts(200, 191),
    statuses: texts(50, 64),
    changedPaths: texts(50, 255).map((text) => `/${text}`),
  };
  expect(filterFault(filter)).toBeUndefined();
});

describe('JSON Pointers', () => {
  // RFC 6901 section 5.
  const document = {
    foo: ['bar', 'baz'],
    '': 0,
    'a/b': 1,
    'c%d': 2,
    'e^f': 3,
    'g|h': 4,
    'i\\j': 5,
    'k"l': 6,
    ' ': 7,
    'm~n': 8,
  };

  it.each([
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
    ['/foo/-', undefined],
    ['/foo/00', undefined],
    ['/foo/2', undefined],
  ])('%s points to %j', (pointer, value) => {
    expect(isJsonPointer(pointer)).toBe(true);
    expect(valueAt(document, pointer)).toEqual(value);
  });

  it.each(['foo', 'foo/0', '#/foo', '/a~', '/a~2b', ''])('%j is none below the root', (text) => {
    expect(isJsonPointer(text)).toBe(false);
  });
});
