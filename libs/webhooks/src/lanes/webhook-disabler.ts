import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import type { DeliveryStatus } from '../deliveries/webhook-delivery.entity.js';
import { nextChange } from '../lifecycle/change-counter.js';
import { WebhookLifecycle } from '../lifecycle/webhook-lifecycle.js';
import type { Clock } from '../webhooks.clock.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import type { DisabledReason } from '../webhooks/webhook.entity.js';
import { Webhook } from '../webhooks/webhook.entity.js';

const ROWS_PER_STATEMENT = 5_000;

/** Ends what a lane can no longer send. */
@Injectable()
export class WebhookDisabler {
  private readonly logger = new Logger(WebhookDisabler.name);

  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(WebhookLifecycle) private readonly lifecycle: WebhookLifecycle,
  ) {}

  /** Switches an active webhook off, holds what is pending for it, and tells the host. */
  async disable(webhook: Webhook, reason: DisabledReason): Promise<void> {
    const now = this.clock.now();
    const disabled = await this.dataSource.transaction(async (manager) => {
      const changeSeq = await nextChange(manager);
      const { affected } = await manager.update(
        Webhook,
        { id: webhook.id, status: 'active' },
        { status: 'disabled', disabledReason: reason, updatedAt: now, changeSeq },
      );
      return affected === 1;
    });
    if (!disabled) return;
    const held = await this.settlePending(webhook.id, 'held');
    this.logger.warn(
      `webhook.disabled webhook=${webhook.id} contract=${webhook.contractId} reason=${reason} held=${held}`,
    );
    this.lifecycle.tell({
      type: 'webhook.disabled',
      webhookId: webhook.id,
      contractId: webhook.contractId,
      at: now,
      reason,
      held,
    });
  }

  /** Gives every pending delivery of a webhook its final word. @returns how many there were */
  async settlePending(
    webhookId: string,
    status: Extract<DeliveryStatus, 'held' | 'cancelled'>,
  ): Promise<number> {
    let settled = 0;
    for (;;) {
      const [, affected]: [unknown, number] = await this.dataSource.query(
        `UPDATE webhook_delivery SET status = $2, due_at = NULL, completed_at = $3 WHERE id IN (
           SELECT id FROM webhook_delivery WHERE webhook_id = $1 AND due_at IS NOT NULL LIMIT $4)`,
        [webhookId, status, this.clock.now(), ROWS_PER_STATEMENT],
      );
      settled += affected;
      if (affected < ROWS_PER_STATEMENT) return settled;
    }
  }

  /** Cancels deliveries whose event retention has removed. */
  async cancelWithoutEvent(deliveryIds: string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE webhook_delivery SET status = 'cancelled', due_at = NULL, completed_at = $2
       WHERE id = ANY($1) AND due_at IS NOT NULL`,
      [deliveryIds, this.clock.now()],
    );
  }
}
