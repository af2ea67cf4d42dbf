import type { Outcome } from './outcome.js';

export interface RetryRules {
  /** The wait before each retry; its length is the number of retries. */
  retryDelaysMs: readonly number[];
  /** The share by which a wait varies at random, 0 to 1. */
  retryJitter: number;
  maxRetryAfterMs: number;
}

/** What becomes of a delivery after an attempt. */
export type Decision =
  { status: 'succeeded' } | { status: 'pending'; dueAt: number } | { status: 'exhausted' };

export interface AttemptFacts {
  outcome: Outcome;
  /** 1 for the first attempt of the delivery's present budget. */
  attemptInBudget: number;
  retryOnError: boolean;
}

/**
 * Decides from the outcome alone: 2xx succeeds, 410 ends the delivery (Standard Webhooks: "410 Gone"), anything else is
 * tried again until the schedule is spent. A receiver's `Retry-After` can make the wait longer, never shorter.
 *
 * @param random a number from 0 up to 1
 */
export function decide(facts: AttemptFacts, rules: RetryRules, now: number, random: number): Decision {
  const { outcome, attemptInBudget, retryOnError } = facts;
  if (outcome.kind === 'succeeded') return { status: 'succeeded' };
  if (isGone(outcome) || !retryOnError) return { status: 'exhausted' };

  const delay = rules.retryDelaysMs[attemptInBudget - 1];
  if (delay === undefined) return { status: 'exhausted' };

  const jittered = delay * (1 + rules.retryJitter * (2 * random - 1));
  return { status: 'pending', dueAt: now + Math.round(Math.max(jittered, retryAfter(outcome, rules))) };
}

/** Whether the receiver says that it is gone for good. */
export function isGone(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.statusCode === 410;
}

/** The receiver's own wish for a pause, bounded; 0 when it has none. */
export function retryAfter(outcome: Outcome, rules: Pick<RetryRules, 'maxRetryAfterMs'>): number {
  if (outcome.kind === 'succeeded') return 0;
  return Math.min(outcome.retryAfterMs ?? 0, rules.maxRetryAfterMs);
}
