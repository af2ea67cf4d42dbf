import type { WebhookStatus } from '../../api/types.js';

/** What is known about a recovery that was started. */
export interface RecoveryFacts {
  /** How many deliveries it made due. */
  recovered: number;
  /** How many of the webhook's wait now; null while that is not known. */
  pending: number | null;
  status: WebhookStatus;
  isFailing: boolean;
  /** How many are still or again to be recovered, counted once none waits any more; undefined before that. */
  failed: number | undefined;
}

export type RecoveryStage = 'running' | 'stalled' | 'stopped' | 'partly' | 'done';

/** `stalled`: the receiver fails, what is left is retried. `stopped`: the webhook is off. `partly`: some failed for good. */
export function recoveryStage({ pending, status, isFailing, failed }: RecoveryFacts): RecoveryStage {
  if (status !== 'active') return 'stopped';
  if (failed !== undefined) return failed === 0 ? 'done' : 'partly';
  return isFailing && pending !== 0 ? 'stalled' : 'running';
}

/** How many of them no longer wait. Others that wait too are taken for them: the bar never runs ahead. */
export function sentSoFar({ recovered, pending }: RecoveryFacts): number {
  return pending === null ? 0 : Math.max(0, recovered - pending);
}
