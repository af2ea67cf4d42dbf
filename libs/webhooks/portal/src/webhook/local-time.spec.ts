import { instantOf, localTime } from './local-time.js';

it('an instant goes through a field and comes back, to the minute', () => {
  for (const iso of ['2025-01-15T10:30:00.000Z', '2025-07-15T23:59:00.000Z']) {
    expect(instantOf(localTime(iso))).toBe(iso);
  }
});

it('a field that is empty names no instant', () => {
  expect([instantOf(''), localTime(undefined), localTime('soon')]).toEqual([undefined, '', '']);
});
