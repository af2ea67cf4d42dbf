import type { EntityManager } from 'typeorm';

/** The one row of {@link WebhookChangeCounter}. */
const COUNTER_ID = 'webhooks';

/**
 * The number of the change that the manager's transaction is about to make to a webhook. Call it before the change: it
 * locks the counter until the transaction ends, so changes commit in the order of their numbers.
 */
export async function nextChange(manager: EntityManager): Promise<number> {
  const rows: { value: string }[] = await manager.query(
    `INSERT INTO webhook_change_counter (id, value) VALUES ($1, 1)
     ON CONFLICT (id) DO UPDATE SET value = webhook_change_counter.value + 1 RETURNING value`,
    [COUNTER_ID],
  );
  return Number(rows[0]?.value);
}

/** The number of the last committed change as part of a statement; null before the first. */
export const LAST_CHANGE = `(SELECT value FROM webhook_change_counter WHERE id = '${COUNTER_ID}')`;
