import { firstAskedFor } from './first-asked-for.js';

const ENTRIES = [
  ...['booking.created', 'order.updated', 'product.added', 'product.removed'].map((name) => ({
    name,
    dialect: 'standard' as const,
    types: [name],
  })),
  {
    name: 'notificationChange',
    dialect: 'capdata' as const,
    types: ['product.removed', 'product.added'],
  },
];

it.each([
  [['order.updated', 'booking.created'], 'order.updated'],
  [['product.*'], 'product.added'],
  [['*'], 'booking.created'],
  [['notificationChange'], 'product.added'],
  [['voucher.redeemed'], undefined],
])('a webhook that asks for %j is first tried with %s', (patterns, first) => {
  expect(firstAskedFor(patterns, ENTRIES)).toBe(first);
});
