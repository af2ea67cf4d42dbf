import { fileName } from './file-name.js';

const TIME = Date.UTC(2026, 1, 3, 23, 5);

it.each([
  ['UTC', 'Webhooks_03022026_2305.xlsx'],
  ['Europe/Madrid', 'Webhooks_04022026_0005.xlsx'],
  ['America/New_York', 'Webhooks_03022026_1805.xlsx'],
  ['Asia/Kathmandu', 'Webhooks_04022026_0450.xlsx'],
])('in %s the file is %s', (timeZone, name) => {
  expect(fileName('xlsx', TIME, timeZone)).toBe(name);
});

it('midnight is 0000, and a file of comma-separated values says so', () => {
  expect(fileName('csv', Date.UTC(2026, 11, 31), 'UTC')).toBe('Webhooks_31122026_0000.csv');
});
