import type { DataSource } from 'typeorm';
import { In } from 'typeorm';

import { inTransaction, locking, select } from '../database/portable-sql.js';
import { WebhookDelivery } from '../deliveries/webhook-delivery.entity.js';
import type { WebhookStatus } from '../webhooks/webhook.entity.js';

/** See WebhookDisabler.settlePending: one batch of it. @returns how many deliveries it settled */
export function settleBatch(
  dataSource: DataSource,
  webhookId: string,
  most: number,
  now: number,
): Promise<number> {
  return inTransaction(dataSource, async (manager) => {
    const lock = locking(manager, 'FOR UPDATE');
    const [webhook] = await select<{ status: WebhookStatus }>(
      manager,
      `SELECT status FROM webhook WHERE id = :webhookId AND status <> 'active' ${lock}`,
      { webhookId },
    );
    if (!webhook) return 0;
    const pending = await select<{ id: string }>(
      manager,
      `SELECT id FROM webhook_delivery WHERE webhook_id = :webhookId AND due_at IS NOT NULL
       ORDER BY due_at LIMIT ${most} ${lock}`,
      { webhookId },
    );
    if (pending.length === 0) return 0;
    const status = webhook.status === 'disabled' ? 'held' : 'cancelled';
    await manager.update(
      WebhookDelivery,
      { id: In(pending.map(({ id }) => id)) },
      { status, dueAt: null, completedAt: now },
    );
    return pending.length;
  });
}
