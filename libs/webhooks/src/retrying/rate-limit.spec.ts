import fc from 'fast-check';

import { nextSendAt, startsLeft, stillCounting } from './rate-limit.js';

const NOW = 1_000_000;

it('a start counts for a second and a little, and then no more', () => {
  expect(stillCounting([NOW - 1_010, NOW - 1_009, NOW], NOW)).toEqual([NOW - 1_009, NOW]);
});

it('a start from before a clock was set back counts as one of now, not for as long as the clock was wrong', () => {
  expect(stillCounting([NOW + 300_000], NOW)).toEqual([NOW]);
});

it('what is left is the limit without what still counts, and never below zero', () => {
  expect(startsLeft([], 3, NOW)).toBe(3);
  expect(startsLeft([NOW - 5, NOW - 2_000], 3, NOW)).toBe(2);
  expect(startsLeft([NOW, NOW, NOW, NOW], 3, NOW)).toBe(0);
});

it('a lane with a quarter of its limit left goes on at once', () => {
  expect(nextSendAt([NOW - 1, NOW, NOW], 4, NOW)).toBeNull();
});

it('a lane whose limit is used up sleeps until a quarter of it is free', () => {
  const starts = [NOW - 400, NOW - 300, NOW - 200, NOW - 100, NOW - 90, NOW - 80, NOW - 70, NOW - 60];
  expect(nextSendAt(starts, 8, NOW)).toBe(NOW - 300 + 1_010);
  expect(nextSendAt([NOW - 400], 1, NOW)).toBe(NOW - 400 + 1_010);
});

it('a limit that was lowered sleeps until one of its own is free', () => {
  expect(nextSendAt([NOW - 40, NOW - 30, NOW - 20], 1, NOW)).toBe(NOW - 20 + 1_010);
});

it('no second has more starts than the limit, however turns come, and a lane with work does not starve', () => {
  const turns = fc.array(
    fc.record({ late: fc.nat(700), spread: fc.nat(30), due: fc.integer({ min: 1, max: 40 }) }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 25 }), turns, (maxPerSecond, wakes) => {
      const all: number[] = [];
      let kept: number[] = [];
      let now = NOW;
      for (const { late, spread, due } of wakes) {
        now = Math.max(now, nextSendAt(kept, maxPerSecond, now) ?? now) + late;
        const starting = Math.min(due, startsLeft(kept, maxPerSecond, now));
        expect(starting).toBeGreaterThan(0);
        for (let count = 0; count < starting; count += 1) kept.push((now += spread));
        all.push(...kept.slice(-starting));
        kept = stillCounting(kept, now);
      }
      for (const [index, start] of all.entries())
        expect((all[index + maxPerSecond] ?? Infinity) - start).toBeGreaterThan(1_000);
    }),
    { numRuns: 500 },
  );
});
