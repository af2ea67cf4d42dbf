import { Injectable, Logger } from '@nestjs/common';

import type { DisabledReason } from '../webhooks/webhook.entity.js';

interface OfWebhook {
  webhookId: string;
  contractId: string;
  /** Epoch milliseconds. */
  at: number;
}

/** Something that happened to a webhook, for the host to log, alert on or act upon. Holds no secret. */
export type LifecycleEvent = OfWebhook &
  (
    | { type: 'webhook.created' }
    | { type: 'webhook.updated'; fields: string[] }
    | { type: 'webhook.activated' }
    | { type: 'webhook.deactivated' }
    | { type: 'webhook.deleted' }
    | { type: 'webhook.secret_rotated' }
    | { type: 'webhook.disabled'; reason: DisabledReason; held: number }
    | { type: 'webhook.paused'; until: number; consecutiveFailures: number }
    | { type: 'webhook.resumed' }
    | { type: 'delivery.exhausted'; deliveryId: string; eventId: string; eventType: string }
  );

export type LifecycleListener = (event: LifecycleEvent) => void;

/** Tells the host what happens to its partners' webhooks. */
@Injectable()
export class WebhookLifecycle {
  private readonly logger = new Logger(WebhookLifecycle.name);
  private readonly listeners = new Set<LifecycleListener>();

  /** Hears every lifecycle event of this process from now on. Returns the function that ends it. */
  subscribe(listener: LifecycleListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** @internal */
  tell(event: LifecycleEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        // The host's listener failed, not the delivery: it must not reach the lane that told of it.
        this.logger.error(
          `A lifecycle listener failed on ${event.type} of webhook ${event.webhookId}: ${String(error)}`,
        );
      }
    }
  }
}
