import type { WebhookEvent } from '../outbox/webhook-event.entity.js';

/** An event and a webhook that gets it. */
export interface Pair {
  /** The delivery's. */
  id: string;
  event_id: string;
  webhook_id: string;
  /** Absent for the webhooks, most of them, that want no order. */
  ordered?: true;
  /** Present for a webhook to which nothing is sent. */
  offered?: true;
  /** Present for an event that waits for a newer one about its resource. */
  wait_ms?: number;
}

/** What one transaction fans out. */
export interface Batch {
  events: readonly WebhookEvent[];
  pairs: readonly Pair[];
  /** Of those to which something is sent. */
  webhookIds: readonly string[];
  /** Epoch ms. */
  now: number;
}

export const PAIRS_PER_STATEMENT = 5_000;
