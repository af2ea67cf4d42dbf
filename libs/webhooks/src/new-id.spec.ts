import { firstIdAt } from './first-id-at.js';
import { newId } from './new-id.js';

it('ids sort in the order in which they were made, within a millisecond and when the time stands still', () => {
  const times = [5_000, 5_000, 5_000, 5_001, 5_000, 5_002];
  const clock = { now: () => times.shift() ?? 5_002 };
  const ids = Array.from({ length: 2_000 }, () => newId(clock));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

it('ids carry the clock’s time, whatever the machine’s is', () => {
  const id = newId({ now: () => 7_000 });
  expect(id >= firstIdAt(7_000)).toBe(true);
  expect(id < firstIdAt(7_001)).toBe(true);
});
