import type { DeliveryOrder } from './ordering.js';
import { planSlice, waitIsOver } from './ordering.js';

const NOW = 1_000_000;
const MAX_WAIT_MS = 60_000;

interface Due {
  id: string;
  order?: DeliveryOrder;
}

/** Delivery `id` about `key`; due and made so just now, with nothing before it unless told otherwise. */
function due(id: string, key: string | null, sequence: number, order: Partial<DeliveryOrder> = {}): Due {
  return { id, order: { key, sequence, dueAt: NOW, since: NOW, before: null, eventBefore: false, ...order } };
}

const before = (id: string, dueAt = NOW) => ({ before: { id, dueAt } });

function planned(deliveries: Due[], limit = 100) {
  const { lines, parked } = planSlice(deliveries, limit, NOW, MAX_WAIT_MS);
  return {
    lines: lines.map((line) => line.map(({ id }) => id)),
    parked: Object.fromEntries(parked.map(({ id, dueAt }) => [id, dueAt - NOW])),
  };
}

it('deliveries about one resource are one line in the order of their sequence, those about others lines of their own', () => {
  const slice = [
    due('b', 'X', 2, before('a')),
    due('y', 'Y', 9),
    due('a', 'X', 1),
    due('c', 'X', 3, before('b')),
  ];
  expect(planned(slice)).toEqual({ lines: [['a', 'b', 'c'], ['y']], parked: {} });
});

it('deliveries without a resource, and those of before the webhook wanted order, are lines of their own', () => {
  expect(planned([due('a', null, 1), due('b', null, 2), { id: 'c' }]).lines).toEqual([['a'], ['b'], ['c']]);
});

it('an id that reads like a key is not taken for one', () => {
  expect(planned([due('X', null, 1), due('a', 'X', 2)]).lines).toEqual([['X'], ['a']]);
});

it('what is behind one that waits for its retry is parked until then, the whole row of it', () => {
  const slice = [due('b', 'X', 2, before('a', NOW + 5_000)), due('c', 'X', 3, before('b')), due('y', 'Y', 4)];
  expect(planned(slice)).toEqual({ lines: [['y']], parked: { b: 5_001, c: 5_001 } });
});

it('it is parked no longer than until its own wait is over', () => {
  const slice = [due('b', 'X', 2, { ...before('a', NOW + 300_000), since: NOW - 20_000 })];
  expect(planned(slice).parked).toEqual({ b: 40_000 });
});

it('what has waited for as long as it has to is sent, although the one before it still fails', () => {
  const slice = [due('b', 'X', 2, { ...before('a', NOW + 300_000), since: NOW - MAX_WAIT_MS })];
  expect(planned(slice)).toEqual({ lines: [['b']], parked: {} });
});

it('even then it goes behind one that is due itself, in this slice or beyond its end', () => {
  const waited = { since: NOW - MAX_WAIT_MS };
  expect(planned([due('b', 'X', 2, { ...before('a'), ...waited }), due('a', 'X', 1)]).lines).toEqual([
    ['a', 'b'],
  ]);
  const slice = [due('b', 'X', 2, { ...before('a', NOW - 5), ...waited, dueAt: NOW - 10 })];
  expect(planned(slice)).toEqual({ lines: [], parked: { b: -4 } });
});

it('one that fails in the middle of a line holds back only what is behind it', () => {
  const slice = [due('a', 'X', 1), due('c', 'X', 3, before('b', NOW + 700)), due('d', 'X', 4, before('c'))];
  expect(planned(slice)).toEqual({ lines: [['a']], parked: { c: 701, d: 701 } });
});

it('what follows an event that a relay has in hand is looked at again soon', () => {
  const slice = [
    due('b', 'X', 2, { eventBefore: true }),
    due('c', 'X', 3, { ...before('b'), eventBefore: true }),
  ];
  expect(planned(slice)).toEqual({ lines: [], parked: { b: 200, c: 200 } });
});

it('a relay that hangs with an event in hand holds nothing back for longer than any other obstacle', () => {
  expect(planned([due('b', 'X', 2, { eventBefore: true, since: NOW - MAX_WAIT_MS })]).lines).toEqual([['b']]);
});

it('parking never makes a delivery due earlier', () => {
  const slice = [due('b', 'X', 2, { ...before('a', NOW - 100), dueAt: NOW - 50 })];
  expect(planned(slice).parked).toEqual({ b: -50 });
});

it('the lines hold as many as the slice may, from those that have been due longest', () => {
  const slice = [due('a', 'X', 1), due('y', 'Y', 3), due('b', 'X', 2, before('a')), due('z', 'Z', 4)];
  expect(planned(slice, 1).lines).toEqual([['a']]);
  expect(planned(slice, 3).lines).toEqual([['a', 'b'], ['y']]);
});

it('a wait is over when it has taken as long as allowed', () => {
  const { order } = due('a', 'X', 1, { since: NOW - MAX_WAIT_MS + 1 });
  expect(order && waitIsOver(order, NOW, MAX_WAIT_MS)).toBe(false);
  expect(order && waitIsOver(order, NOW + 1, MAX_WAIT_MS)).toBe(true);
});
