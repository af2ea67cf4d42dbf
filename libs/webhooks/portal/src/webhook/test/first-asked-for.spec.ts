import { firstAskedFor } from './first-asked-for.js';

const TYPES = ['booking.created', 'order.updated', 'product.added', 'product.removed'].map((name) => ({
  name,
}));

it.each([
  [['order.updated', 'booking.created'], 'order.updated'],
  [['product.*'], 'product.added'],
  [['*'], 'booking.created'],
  [['notificationChange'], undefined],
])('a webhook that asks for %j is first tried with %s', (patterns, first) => {
  expect(firstAskedFor(patterns, TYPES)).toBe(first);
});
