import type { EventType } from './event-types.js';

/** How the types of our own news begin: hosts cannot publish them, and `*` does not cover them. */
export const OPERATIONAL_PREFIX = 'webhook.';

const OPERATIONAL = {
  'webhook.failing': [
    'Webhook failing',
    'Several requests in a row to another webhook of the contract failed, and it is paused.',
  ],
  'webhook.disabled': [
    'Webhook disabled',
    'Another webhook of the contract was switched off because its receiver is gone or kept failing.',
  ],
  'webhook.resumed': [
    'Webhook resumed',
    'Another webhook of the contract, which was failing or disabled, is delivered to again.',
  ],
} as const satisfies Record<string, readonly [label: string, description: string]>;

/** What a contract's other webhooks are told of one of them, if they ask for it by name or by `webhook.*`. */
export type OperationalEventType = keyof typeof OPERATIONAL;

/** The types of our own news with their English texts, in the order they are listed to partners. */
export const OPERATIONAL_EVENT_TYPES: readonly (EventType & { name: OperationalEventType })[] = (
  Object.keys(OPERATIONAL) as OperationalEventType[]
).map((name) => {
  const [label, description] = OPERATIONAL[name];
  return { name, label, description };
});

export function isOperational(type: string): boolean {
  return type.startsWith(OPERATIONAL_PREFIX);
}

/** What the news of a webhook is about. */
export interface WebhookNews {
  id: string;
  /** With its credentials masked. */
  url: string;
  status: 'active' | 'disabled';
  /**
   * Of `webhook.failing` what the last failure was (`timeout`, `http_status`, …), of `webhook.disabled` what disabled it
   * (`gone`, `exhausted`, `failures`), of `webhook.resumed` `succeeded` or `activated`.
   */
  reason: string;
  /** The status of the last failure's answer, if there was one. */
  lastStatusCode: number | null;
  /** ISO 8601: when the first request since the last success failed. */
  failingSince: string | null;
  consecutiveFailures: number;
  /** ISO 8601: when the next request is made, while it is paused. */
  nextAttemptAt: string | null;
  /** Deliveries that are held for a recovery; null when it is not disabled. */
  held: number | null;
}

/** What is told of a disabled webhook that its owner switches on again; a recovery is still to come. */
export const ACTIVATED_NEWS: Omit<WebhookNews, 'id' | 'url'> = {
  status: 'active',
  reason: 'activated',
  lastStatusCode: null,
  failingSince: null,
  consecutiveFailures: 0,
  nextAttemptAt: null,
  held: null,
};

/** The resource key of a webhook's news. */
export function newsOf(webhookId: string): string {
  return `${OPERATIONAL_PREFIX.slice(0, -1)}:${webhookId}`;
}

/** The news that a webhook must not get is the news of itself. */
export function isNewsOf(event: { type: string; resourceKey: string | null }, webhookId: string): boolean {
  return isOperational(event.type) && event.resourceKey === newsOf(webhookId);
}
