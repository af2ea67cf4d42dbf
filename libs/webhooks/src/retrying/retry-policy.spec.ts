import fc from 'fast-check';

import type { Outcome } from './outcome.js';
import { decide } from './retry-policy.js';

const RULES = { retryDelaysMs: [1_000, 60_000], retryJitter: 0.2, maxRetryAfterMs: 3_600_000 };
const NOW = 1_000_000;
const failed = (fields: Partial<Extract<Outcome, { kind: 'failed' }>> = {}): Outcome => ({
  kind: 'failed',
  reason: 'http_status',
  statusCode: 500,
  detail: '',
  ...fields,
});
const decided = (outcome: Outcome, attemptInBudget = 1, random = 0.5, retryOnError = true) =>
  decide({ outcome, attemptInBudget, retryOnError }, RULES, NOW, random);

it('a success ends the delivery', () => {
  expect(decided({ kind: 'succeeded', statusCode: 204 })).toEqual({ status: 'succeeded' });
});

it('each failure waits for its place in the schedule', () => {
  expect(decided(failed(), 1)).toEqual({ status: 'pending', dueAt: NOW + 1_000 });
  expect(decided(failed(), 2)).toEqual({ status: 'pending', dueAt: NOW + 60_000 });
});

it('the failure after the last wait exhausts the delivery', () => {
  expect(decided(failed(), 3)).toEqual({ status: 'exhausted' });
});

it('jitter makes a wait longer or shorter by its share at most', () => {
  expect(decided(failed(), 1, 0)).toEqual({ status: 'pending', dueAt: NOW + 800 });
  expect(decided(failed(), 1, 0.999999)).toEqual({ status: 'pending', dueAt: NOW + 1_200 });
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
      const decision = decided(failed(), 2, random);
      const wait = decision.status === 'pending' ? decision.dueAt - NOW : Number.NaN;
      return wait >= 48_000 && wait <= 72_000;
    }),
  );
});

it('a Retry-After beyond the schedule counts, up to its bound', () => {
  expect(decided(failed({ retryAfterMs: 30_000 }), 1)).toEqual({ status: 'pending', dueAt: NOW + 30_000 });
  expect(decided(failed({ retryAfterMs: 10 ** 9 }), 1)).toEqual({
    status: 'pending',
    dueAt: NOW + 3_600_000,
  });
});

it('a Retry-After below the schedule does not shorten the wait', () => {
  expect(decided(failed({ retryAfterMs: 1 }), 2)).toEqual({ status: 'pending', dueAt: NOW + 60_000 });
});

it('410 and a webhook without retries end with the first failure', () => {
  expect(decided(failed({ statusCode: 410 }), 1)).toEqual({ status: 'exhausted' });
  expect(decided(failed(), 1, 0.5, false)).toEqual({ status: 'exhausted' });
});
