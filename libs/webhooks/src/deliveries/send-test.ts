import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { EventCatalog } from '../catalog/event-catalog.js';
import { TestAttempt } from '../lanes/test-attempt.js';
import type { ContractScope } from '../webhooks.options.js';
import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { SealedColumns } from '../webhooks/sealed-columns.js';
import { requirePush } from '../webhooks/transport-rules.js';
import { findWebhook } from '../webhooks/webhook-rows.js';
import type { SendTestDto } from './action-inputs.dto.js';
import { testInput } from './action-inputs.dto.js';
import { DeliveryLog } from './delivery-log.js';
import type { DeliveryWithAttempts } from './delivery-view.js';
import type { SentRequest } from './sent-request.js';
import { sentRequest } from './sent-request.js';

/** What a test came to. */
export interface TestedDelivery extends DeliveryWithAttempts {
  /** What was sent; null when nothing was, because no request could be made or its address is refused. */
  request: SentRequest | null;
}

/** Tries a webhook out with a sample event. */
@Injectable()
export class SendTest {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(TestAttempt) private readonly attempt: TestAttempt,
    @Inject(DeliveryLog) private readonly log: DeliveryLog,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(SealedColumns) private readonly sealed: SealedColumns,
  ) {}

  /**
   * Sends one request at once, to an inactive webhook too, and never retries it. How the receiver answered is in the
   * delivery's attempt; a failure is no error here.
   *
   * @throws WebhookNotFoundError, InvalidInputError, StateConflictError `NO_PUSH`
   */
  async send(scope: ContractScope, webhookId: string, input: SendTestDto = {}): Promise<TestedDelivery> {
    const { eventType } = await testInput.read(input, this.catalog);
    const webhook = await findWebhook(this.dataSource.manager, scope, webhookId);
    requirePush(webhook);
    const type = eventType ?? this.firstTypeOf(webhook.eventTypes);
    const { deliveryId, request } = await this.attempt.run(webhook, type);
    const customHeaders = Object.keys(this.sealed.headers(webhook) ?? {});
    const sent = request ? sentRequest(request, webhook.url, customHeaders) : null;
    return { ...(await this.log.get(scope, deliveryId)), request: sent };
  }

  private firstTypeOf(patterns: readonly string[]): string {
    return this.catalog.canonicalTypesOf(patterns.slice(0, 1))[0] ?? 'booking.created';
  }
}
