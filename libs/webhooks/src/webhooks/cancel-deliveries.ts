import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { In } from 'typeorm';

import { isPostgres } from '../database/dialect.js';
import { inTransaction, locking, select } from '../database/portable-sql.js';
import { WebhookDelivery } from '../deliveries/webhook-delivery.entity.js';
import { tryingAgain } from '../lanes/trying-again.js';

const ROWS_PER_STATEMENT = 1_000;

const logger = new Logger('CancelDeliveries');

/**
 * Cancels what a webhook that is switched off or deleted would still have sent. In batches and after the change, because
 * a backlog can be a million rows and the change holds the lock that all changes wait for. A webhook that is activated
 * meanwhile ends it: each batch locks the webhook's row against that, and begins where the last one ended, because what
 * was delivered before must not be read again by each.
 *
 * Should the process end before the last batch, the lane cancels what it finds due.
 */
export async function cancelDeliveries(
  dataSource: DataSource,
  webhookId: string,
  now: number,
): Promise<void> {
  for (let after: string | null = ''; after !== null;) {
    const from: string = after;
    // Lanes that record or put off meanwhile lock the same rows in another order.
    after = await tryingAgain(
      () => cancelBatch(dataSource, webhookId, from, now),
      (error, againInMs) =>
        logger.warn(`Cancelling failed, trying again in ${againInMs} ms: ${String(error)}`),
    );
  }
}

/** @returns the last event whose delivery it has cancelled; null when none is left */
async function cancelBatch(
  dataSource: DataSource,
  webhookId: string,
  afterEventId: string,
  now: number,
): Promise<string | null> {
  if (!isPostgres(dataSource.manager)) return cancelPortably(dataSource, webhookId, afterEventId, now);
  const [row]: { last: string | null }[] = await dataSource.query(
    `WITH silent AS (
       SELECT id FROM webhook WHERE id = $1 AND status IN ('inactive', 'deleted') FOR UPDATE
     ), batch AS (
       SELECT delivery.id FROM webhook_delivery AS delivery JOIN silent ON silent.id = delivery.webhook_id
       WHERE delivery.webhook_id = $1 AND delivery.event_id > $2 AND delivery.status IN ('pending', 'held')
       ORDER BY delivery.event_id LIMIT ${ROWS_PER_STATEMENT} FOR UPDATE OF delivery
     ), cancelled AS (
       UPDATE webhook_delivery AS delivery SET status = 'cancelled', due_at = NULL, completed_at = $3
       FROM batch WHERE delivery.id = batch.id RETURNING delivery.event_id
     )
     SELECT MAX(event_id) AS last FROM cancelled`,
    [webhookId, afterEventId, now],
  );
  return row?.last ?? null;
}

function cancelPortably(
  dataSource: DataSource,
  webhookId: string,
  afterEventId: string,
  now: number,
): Promise<string | null> {
  return inTransaction(dataSource, async (manager) => {
    const lock = locking(manager, 'FOR UPDATE');
    const silent = await select(
      manager,
      `SELECT id FROM webhook WHERE id = :webhookId AND status IN ('inactive', 'deleted') ${lock}`,
      { webhookId },
    );
    if (silent.length === 0) return null;
    const batch = await select<{ id: string; event_id: string }>(
      manager,
      `SELECT id, event_id FROM webhook_delivery
       WHERE webhook_id = :webhookId AND event_id > :afterEventId AND status IN ('pending', 'held')
       ORDER BY event_id LIMIT ${ROWS_PER_STATEMENT} ${lock}`,
      { webhookId, afterEventId },
    );
    if (batch.length === 0) return null;
    await manager.update(
      WebhookDelivery,
      { id: In(batch.map(({ id }) => id)) },
      { status: 'cancelled', dueAt: null, completedAt: now },
    );
    return batch.at(-1)?.event_id ?? null;
  });
}
