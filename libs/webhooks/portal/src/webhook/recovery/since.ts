import type { WebhookView } from '../../api/types.js';

const HOUR_MS = 3_600_000;
/** A delivery is a while older than the failure of its attempt. */
const BEFORE_FAILURE_MS = HOUR_MS / 4;
const SPANS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const;

export type Choice = keyof typeof SPANS | 'failing' | 'custom';

/** From when on to recover. */
export interface Since {
  choice: Choice;
  /** Undefined while no time is chosen. */
  at: string | undefined;
}

/** What there is to choose from: a receiver that fails has a time since which it does. */
export function choicesFor({ health }: WebhookView, chosen?: Choice): Choice[] {
  const isFailing = health.failingSince !== null || chosen === 'failing';
  return [...(isFailing ? (['failing'] as const) : []), 'hour', 'day', 'week', 'custom'];
}

export function sinceOf(choice: Choice, webhook: WebhookView, now: number, before?: Since): Since {
  const { failingSince } = webhook.health;
  if (choice === 'failing') {
    // Once the receiver works again, there is no such time any more.
    if (failingSince === null) return { choice, at: before?.at };
    return { choice, at: new Date(Date.parse(failingSince) - BEFORE_FAILURE_MS).toISOString() };
  }
  if (choice === 'custom') return { choice, at: before?.at };
  return { choice, at: new Date(now - SPANS[choice]).toISOString() };
}
