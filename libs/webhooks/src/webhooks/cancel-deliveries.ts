import type { DataSource } from 'typeorm';

const ROWS_PER_STATEMENT = 1_000;

/**
 * Cancels what a webhook that is switched off or deleted would still have sent. In batches and after the change, because
 * a backlog can be a million rows and the change holds the lock that all changes wait for. A webhook that is activated
 * meanwhile ends it: each batch locks the webhook's row against that.
 *
 * Should the process end before the last batch, the lane cancels what it finds due.
 */
export async function cancelDeliveries(
  dataSource: DataSource,
  webhookId: string,
  now: number,
): Promise<void> {
  // Until none is left, not until a batch is not full: a row that changed while its lock was waited for is missing in it.
  while ((await cancelBatch(dataSource, webhookId, now)) > 0);
}

async function cancelBatch(dataSource: DataSource, webhookId: string, now: number): Promise<number> {
  const rows: unknown[] = await dataSource.query(
    `WITH silent AS (
       SELECT id FROM webhook WHERE id = $1 AND status IN ('inactive', 'deleted') FOR SHARE
     ), batch AS (
       SELECT delivery.id FROM webhook_delivery AS delivery JOIN silent ON silent.id = delivery.webhook_id
       WHERE delivery.webhook_id = $1 AND delivery.status IN ('pending', 'held')
       ORDER BY delivery.event_id LIMIT ${ROWS_PER_STATEMENT} FOR UPDATE OF delivery
     ), cancelled AS (
       UPDATE webhook_delivery AS delivery SET status = 'cancelled', due_at = NULL, completed_at = $2
       FROM batch WHERE delivery.id = batch.id RETURNING 1
     )
     SELECT 1 FROM cancelled`,
    [webhookId, now],
  );
  return rows.length;
}
