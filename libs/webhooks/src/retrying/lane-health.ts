import type { Outcome } from './outcome.js';
import { retryAfter } from './retry-policy.js';

export interface BreakerRules {
  pauseAfterFailures: number;
  /** The first pause; each further one without a success between is twice as long. */
  pauseMs: number;
  maxPauseMs: number;
  maxRetryAfterMs: number;
}

/** How a receiver has been doing. Times are epoch milliseconds. */
export interface LaneHealth {
  consecutiveFailures: number;
  /** Start of the first attempt that failed since the last success. */
  failingSince: number | null;
  pausedUntil: number | null;
  /** Breaker pauses since the last success. */
  pauseCount: number;
}

export const HEALTHY: LaneHealth = {
  consecutiveFailures: 0,
  failingSince: null,
  pausedUntil: null,
  pauseCount: 0,
};

/** The health after one more attempt. */
export function afterAttempt(
  health: LaneHealth,
  outcome: Outcome,
  startedAt: number,
  now: number,
  rules: BreakerRules,
): LaneHealth {
  return outcome.kind === 'succeeded'
    ? afterSuccess(health)
    : afterFailure(health, outcome, startedAt, now, rules);
}

/** A receiver that asked for a pause keeps it, even if a request that was already under way succeeds. */
function afterSuccess(health: LaneHealth): LaneHealth {
  return health.pauseCount === 0 ? { ...HEALTHY, pausedUntil: health.pausedUntil } : HEALTHY;
}

function afterFailure(
  health: LaneHealth,
  outcome: Outcome,
  startedAt: number,
  now: number,
  rules: BreakerRules,
): LaneHealth {
  const failed: LaneHealth = {
    ...health,
    consecutiveFailures: health.consecutiveFailures + 1,
    failingSince: health.failingSince ?? startedAt,
  };
  const wished = retryAfter(outcome, rules);
  if (wished > 0) failed.pausedUntil = Math.max(failed.pausedUntil ?? 0, now + wished);
  return trips(failed, now, rules) ? pause(failed, now, rules) : failed;
}

/** Failures of requests that were under way when the pause began do not lengthen it. */
function trips(health: LaneHealth, now: number, rules: BreakerRules): boolean {
  if (isPaused(health, now)) return false;
  return health.pauseCount > 0 || health.consecutiveFailures >= rules.pauseAfterFailures;
}

function pause(health: LaneHealth, now: number, rules: BreakerRules): LaneHealth {
  const pauseMs = Math.min(rules.pauseMs * 2 ** health.pauseCount, rules.maxPauseMs);
  return { ...health, pausedUntil: now + pauseMs, pauseCount: health.pauseCount + 1 };
}

export function isPaused(health: Pick<LaneHealth, 'pausedUntil'>, now: number): boolean {
  return health.pausedUntil !== null && health.pausedUntil > now;
}

/** After a breaker pause one request finds out whether the receiver is back. */
export function isProbing(health: LaneHealth): boolean {
  return health.pauseCount > 0;
}
