import type { DeliveryTrigger } from '../deliveries/webhook-delivery.entity.js';
import type { DisabledReason } from '../webhooks/webhook.entity.js';
import type { LaneHealth } from './lane-health.js';
import type { Outcome } from './outcome.js';
import type { Decision } from './retry-policy.js';
import { isGone } from './retry-policy.js';

export interface DisableFacts {
  outcome: Outcome;
  decision: Decision;
  trigger: DeliveryTrigger;
  /** When the present budget's first attempt started. */
  firstAttemptAt: number;
  /** Attempts the present budget has had, this one included. */
  attemptInBudget: number;
  /** The lane's health after this attempt. */
  health: LaneHealth;
  /** The profile's own bound of failures in a row. */
  disableAfterFailures?: number;
}

/**
 * Whether an attempt's result disables its webhook, and why: the receiver answered 410, its profile's bound of failures in
 * a row is reached, or a delivery spent a budget of
 * more than one attempt while nothing succeeded in between. One attempt without retries proves nothing, and what a
 * person sent by hand or as a test must not switch a webhook off.
 */
export function disables(facts: DisableFacts): DisabledReason | undefined {
  if (isGone(facts.outcome)) return 'gone';
  if (facts.health.consecutiveFailures >= (facts.disableAfterFailures ?? Infinity)) return 'failures';
  if (facts.decision.status !== 'exhausted') return undefined;
  if (facts.trigger !== 'scheduled' || facts.attemptInBudget < 2) return undefined;
  const { failingSince } = facts.health;
  return failingSince !== null && failingSince <= facts.firstAttemptAt ? 'exhausted' : undefined;
}
