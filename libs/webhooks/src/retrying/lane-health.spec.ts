import type { LaneHealth } from './lane-health.js';
import { afterAttempt, HEALTHY, isPaused, isProbing } from './lane-health.js';
import type { Outcome } from './outcome.js';

const RULES = { pauseAfterFailures: 3, pauseMs: 1_000, maxPauseMs: 3_000, maxRetryAfterMs: 60_000 };
const OK: Outcome = { kind: 'succeeded', statusCode: 200 };
const FAILED: Outcome = { kind: 'failed', reason: 'timeout', detail: '' };
const BUSY: Outcome = {
  kind: 'failed',
  reason: 'http_status',
  statusCode: 429,
  retryAfterMs: 5_000,
  detail: '',
};

/** Health after attempts that each start and end at the given time. */
function after(attempts: [outcome: Outcome, at: number][], from: LaneHealth = HEALTHY): LaneHealth {
  return attempts.reduce((health, [outcome, at]) => afterAttempt(health, outcome, at, at, RULES), from);
}

it('failures below the threshold do not pause the lane', () => {
  const health = after([
    [FAILED, 10],
    [FAILED, 20],
  ]);
  expect(health).toEqual({ consecutiveFailures: 2, failingSince: 10, pausedUntil: null, pauseCount: 0 });
});

it('the lane pauses at the threshold', () => {
  const health = after([
    [FAILED, 10],
    [FAILED, 20],
    [FAILED, 30],
  ]);
  expect(health).toMatchObject({ pausedUntil: 1_030, pauseCount: 1, failingSince: 10 });
  expect(isPaused(health, 1_029)).toBe(true);
  expect(isPaused(health, 1_030)).toBe(false);
  expect(isProbing(health)).toBe(true);
});

it('failures of requests that were under way do not lengthen a pause', () => {
  const paused = after([
    [FAILED, 10],
    [FAILED, 20],
    [FAILED, 30],
    [FAILED, 40],
    [FAILED, 50],
  ]);
  expect(paused).toMatchObject({ consecutiveFailures: 5, pausedUntil: 1_030, pauseCount: 1 });
});

it('each failed probe doubles the pause, up to the longest', () => {
  let health = after([
    [FAILED, 0],
    [FAILED, 0],
    [FAILED, 0],
  ]);
  const pauses: number[] = [];
  for (let probe = 0; probe < 3; probe += 1) {
    const at = health.pausedUntil ?? 0;
    health = after([[FAILED, at]], health);
    pauses.push((health.pausedUntil ?? 0) - at);
  }
  expect(pauses).toEqual([2_000, 3_000, 3_000]);
});

it('a success resets everything', () => {
  const failing = after([
    [FAILED, 0],
    [FAILED, 0],
    [FAILED, 0],
  ]);
  expect(after([[OK, 2_000]], failing)).toEqual(HEALTHY);
});

it('a Retry-After pauses the lane at the first failure, and a request under way that succeeds does not end it', () => {
  const busy = after([[BUSY, 100]]);
  expect(busy).toMatchObject({ pausedUntil: 5_100, pauseCount: 0 });
  expect(after([[OK, 110]], busy)).toEqual({ ...HEALTHY, pausedUntil: 5_100 });
});
