import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import type { EventTypeName } from '../catalog/event-types.js';
import { inTransaction } from '../database/portable-sql.js';
import { WebhookAttempt } from '../deliveries/webhook-attempt.entity.js';
import { WebhookDelivery } from '../deliveries/webhook-delivery.entity.js';
import { newId } from '../new-id.js';
import { sequenceOf } from '../outbox/portable-outbox.js';
import { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { OutboundRequest } from '../sending/http-sender.js';
import type { FailureReason } from '../retrying/outcome.js';
import type { Clock } from '../webhooks.clock.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import type { Webhook } from '../webhooks/webhook.entity.js';
import { Attempt } from './attempt.js';
import { uncached } from './event-cache.js';
import { sampleEvent } from './sample-event.js';

/** Failures without a request on the wire. */
const NOT_SENT = new Set<FailureReason>(['unreadable', 'address_refused']);

export interface TestedWebhook {
  deliveryId: string;
  /** Undefined when nothing was sent. It holds credentials. */
  request: OutboundRequest | undefined;
}

/** Sends a marked sample event at once, past the lane, also to a webhook that is switched off. */
@Injectable()
export class TestAttempt {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(Attempt) private readonly attempt: Attempt,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /** One attempt without retries; it counts for nobody's health. Its result is in the delivery log. */
  async run(webhook: Webhook, eventType: EventTypeName): Promise<TestedWebhook> {
    const event = sampleEvent(webhook.contractId, eventType, this.clock);
    let request: OutboundRequest | undefined;
    const deliveryId = newId(this.clock);
    const of = { deliveryId, number: 1, kind: 'test' } as const;
    const result = await this.attempt.run(webhook, uncached(event), of, (sent) => (request = sent));
    const { outcome } = result;
    const failed = outcome.kind === 'failed' ? outcome : undefined;
    const last = { statusCode: outcome.statusCode ?? null, error: failed?.reason ?? null };

    await inTransaction(this.dataSource, async (manager) => {
      await manager.insert(WebhookEvent, { ...event, ...sequenceOf(manager) });
      await manager.insert(WebhookDelivery, {
        id: deliveryId,
        eventId: event.id,
        webhookId: webhook.id,
        contractId: webhook.contractId,
        eventType,
        status: failed ? 'exhausted' : 'succeeded',
        trigger: 'test',
        attemptCount: 1,
        attemptsBeforeBudget: 0,
        dueAt: null,
        firstAttemptAt: result.startedAt,
        lastStatusCode: last.statusCode,
        lastError: last.error,
        createdAt: event.createdAt,
        completedAt: this.clock.now(),
      });
      await manager.insert(WebhookAttempt, {
        id: newId(this.clock),
        deliveryId,
        number: 1,
        kind: 'test',
        startedAt: result.startedAt,
        durationMs: Math.round(result.durationMs),
        ...last,
        detail: failed?.detail.slice(0, 512) ?? null,
        responseBody: result.responseText === '' ? null : result.responseText,
        bodySha256: result.bodySha256,
      });
    });
    return { deliveryId, request: failed && NOT_SENT.has(failed.reason) ? undefined : request };
  }
}
