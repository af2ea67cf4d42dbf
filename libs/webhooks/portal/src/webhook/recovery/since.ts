import type { WebhookView } from '../../api/types.js';

const HOUR_MS = 3_600_000;
const SPANS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const;

export type Choice = keyof typeof SPANS | 'failing' | 'custom';

/** From when on to recover. */
export interface Since {
  choice: Choice;
  /** Undefined while no time is chosen. */
  at: string | undefined;
}

/** What there is to choose from: a receiver that fails has a time since which it does. */
export function choicesFor({ health }: WebhookView): Choice[] {
  return [...(health.failingSince ? (['failing'] as const) : []), 'hour', 'day', 'week', 'custom'];
}

export function sinceOf(choice: Choice, webhook: WebhookView, now: number, before?: Since): Since {
  if (choice === 'failing') return { choice, at: webhook.health.failingSince ?? undefined };
  if (choice === 'custom') return { choice, at: before?.at };
  return { choice, at: new Date(now - SPANS[choice]).toISOString() };
}
