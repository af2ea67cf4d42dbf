import { isSpare } from './spare-time.js';

it.each([
  ['half of the last 50 ms were idle', 50, 0.5, true],
  ['the last 50 ms had no pause', 50, 1, false],
  ['hardly any pause', 50, 0.95, false],
  ['a fifth of the time idle, as at the beginning of a burst', 50, 0.8, false],
  ['idle, but over a time in which the present work had not begun', 5_000, 0.1, false],
])('%s', (_, elapsedMs, utilization, expected) => {
  expect(isSpare(elapsedMs, utilization)).toBe(expected);
});
