import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { EventCatalog } from '../catalog/event-catalog.js';
import { TestAttempt } from '../lanes/test-attempt.js';
import type { ContractScope } from '../webhooks.options.js';
import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { findWebhook } from '../webhooks/webhook-rows.js';
import type { SendTestDto } from './action-inputs.dto.js';
import { testInput } from './action-inputs.dto.js';
import { DeliveryLog } from './delivery-log.js';
import type { DeliveryWithAttempts } from './delivery-view.js';

/** Tries a webhook out with a sample event. */
@Injectable()
export class SendTest {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(TestAttempt) private readonly attempt: TestAttempt,
    @Inject(DeliveryLog) private readonly log: DeliveryLog,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
  ) {}

  /**
   * Sends one request at once, to an inactive webhook too, and never retries it. How the receiver answered is in the
   * delivery's attempt; a failure is no error here.
   *
   * @throws WebhookNotFoundError, InvalidInputError
   */
  async send(
    scope: ContractScope,
    webhookId: string,
    input: SendTestDto = {},
  ): Promise<DeliveryWithAttempts> {
    const { eventType } = await testInput.read(input, this.catalog);
    const webhook = await findWebhook(this.dataSource.manager, scope, webhookId);
    const { deliveryId } = await this.attempt.run(webhook, eventType ?? this.firstTypeOf(webhook.eventTypes));
    return this.log.get(scope, deliveryId);
  }

  private firstTypeOf(patterns: readonly string[]): string {
    return this.catalog.canonicalTypesOf(patterns.slice(0, 1))[0] ?? 'booking.created';
  }
}
