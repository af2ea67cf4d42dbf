import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, FindOptionsWhere } from 'typeorm';
import { In, IsNull, Not } from 'typeorm';

import { isPostgres } from '../database/dialect.js';
import { inTransaction } from '../database/portable-sql.js';
import { WebhookDelivery } from '../deliveries/webhook-delivery.entity.js';
import { nextChange } from '../lifecycle/change-counter.js';
import { SYSTEM, WebhookLifecycle } from '../lifecycle/webhook-lifecycle.js';
import { isoOrNull } from '../iso-time.js';
import { OperationalEvents } from '../publishing/operational-events.js';
import type { LaneHealth } from '../retrying/lane-health.js';
import type { Failed } from '../retrying/outcome.js';
import type { Clock } from '../webhooks.clock.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import type { DisabledReason } from '../webhooks/webhook.entity.js';
import { Webhook } from '../webhooks/webhook.entity.js';
import { settleBatch } from './portable-settling.js';

const ROWS_PER_STATEMENT = 5_000;

/** Ends what a lane can no longer send. */
@Injectable()
export class WebhookDisabler {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(WebhookLifecycle) private readonly lifecycle: WebhookLifecycle,
    @Inject(OperationalEvents) private readonly news: OperationalEvents,
  ) {}

  /**
   * Switches an active webhook off, holds what is pending for it, and tells the host and the contract's other webhooks.
   * Leaves a webhook alone that was changed since it was read: what the old URL answered says nothing of a new one, and
   * the next answer will tell.
   */
  async disable(
    webhook: Webhook,
    reason: DisabledReason,
    health: LaneHealth,
    lastFailure: Failed | undefined,
  ): Promise<void> {
    const now = this.clock.now();
    const facts = {
      status: 'disabled' as const,
      reason,
      lastStatusCode: lastFailure?.statusCode ?? null,
      failingSince: isoOrNull(health.failingSince),
      consecutiveFailures: health.consecutiveFailures,
      nextAttemptAt: null,
      // Before the change, which holds the lock that all changes wait for.
      held: await this.pending(webhook.id),
    };
    const disabled = await inTransaction(this.dataSource, async (manager) => {
      const changeSeq = await nextChange(manager);
      const { affected } = await manager.update(
        Webhook,
        { id: webhook.id, status: 'active', changeSeq: webhook.changeSeq },
        { status: 'disabled', disabledReason: reason, updatedAt: now, changeSeq },
      );
      if (affected !== 1) return undefined;
      await this.news.append('webhook.disabled', webhook, facts, manager);
      return changeSeq;
    });
    if (disabled === undefined) return;
    webhook.changeSeq = disabled;
    const held = await this.settlePending(webhook.id);
    this.lifecycle.tell({
      type: 'webhook.disabled',
      webhookId: webhook.id,
      contractId: webhook.contractId,
      at: now,
      by: SYSTEM,
      reason,
      held,
      changes: {
        status: { from: 'active', to: 'disabled' },
        disabledReason: { from: null, to: reason },
      },
    });
  }

  private async pending(webhookId: string): Promise<number> {
    return this.dataSource.manager.countBy(WebhookDelivery, { webhookId, dueAt: Not(IsNull()) });
  }

  /**
   * Gives every pending delivery of a webhook that is off its final word: held for recovery when the engine switched it
   * off, else cancelled. Each batch locks the webhook's row, so what is due after an activation is left alone, and a
   * cancellation by the owner, which goes by another order, does not lock the same rows at the same time.
   *
   * @returns how many there were
   */
  async settlePending(webhookId: string): Promise<number> {
    let settled = 0;
    for (;;) {
      const batch = await this.settleBatch(webhookId);
      settled += batch;
      if (batch === 0) return settled;
    }
  }

  private async settleBatch(webhookId: string): Promise<number> {
    if (!isPostgres(this.dataSource.manager))
      return settleBatch(this.dataSource, webhookId, ROWS_PER_STATEMENT, this.clock.now());
    const rows: unknown[] = await this.dataSource.query(
      `WITH silent AS (
         SELECT status FROM webhook WHERE id = $1 AND status <> 'active' FOR UPDATE
       ), batch AS (
         SELECT delivery.id, CASE silent.status WHEN 'disabled' THEN 'held' ELSE 'cancelled' END AS status
         FROM silent, webhook_delivery AS delivery
         WHERE delivery.webhook_id = $1 AND delivery.due_at IS NOT NULL
         ORDER BY delivery.due_at LIMIT $3 FOR UPDATE OF delivery
       ), settled AS (
         UPDATE webhook_delivery AS delivery SET status = batch.status, due_at = NULL, completed_at = $2
         FROM batch WHERE delivery.id = batch.id RETURNING 1
       ) SELECT 1 FROM settled`,
      [webhookId, this.clock.now(), ROWS_PER_STATEMENT],
    );
    return rows.length;
  }

  /** Cancels what is pending for a webhook whose row retention has removed. */
  async cancelOrphans(webhookId: string): Promise<void> {
    await this.cancel({ webhookId });
  }

  /** Cancels deliveries whose event retention has removed. */
  async cancelWithoutEvent(deliveryIds: string[]): Promise<void> {
    await this.cancel({ id: In(deliveryIds) });
  }

  private async cancel(which: FindOptionsWhere<WebhookDelivery>): Promise<void> {
    await this.dataSource.manager.update(
      WebhookDelivery,
      { ...which, dueAt: Not(IsNull()) },
      { status: 'cancelled', dueAt: null, completedAt: this.clock.now() },
    );
  }
}
