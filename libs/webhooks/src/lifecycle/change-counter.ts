import type { EntityManager } from 'typeorm';

import { dialectOf } from '../database/dialect.js';
import { select, write } from '../database/portable-sql.js';

/** The one row of {@link WebhookChangeCounter}. */
const COUNTER_ID = 'webhooks';

const COUNT_ON = {
  postgres: `INSERT INTO webhook_change_counter (id, value) VALUES ($1, 1)
     ON CONFLICT (id) DO UPDATE SET value = webhook_change_counter.value + 1 RETURNING value`,
  mysql: `INSERT INTO webhook_change_counter (id, value) VALUES (:id, 1) ON DUPLICATE KEY UPDATE value = value + 1`,
  sqlite: `INSERT INTO webhook_change_counter (id, value) VALUES (:id, 1)
     ON CONFLICT (id) DO UPDATE SET value = webhook_change_counter.value + 1`,
};

/**
 * The number of the change that the manager's transaction is about to make to a webhook. Call it before the change: it
 * locks the counter until the transaction ends, so changes commit in the order of their numbers.
 */
export async function nextChange(manager: EntityManager): Promise<number> {
  const dialect = dialectOf(manager);
  if (dialect === 'postgres') {
    const rows: { value: string }[] = await manager.query(COUNT_ON.postgres, [COUNTER_ID]);
    return Number(rows[0]?.value);
  }
  await write(manager, COUNT_ON[dialect], { id: COUNTER_ID });
  return lastChange(manager);
}

/** The number of the last change that the manager's transaction sees; 0 before the first. */
export async function lastChange(manager: EntityManager): Promise<number> {
  const [row] = await select<{ value: string | number }>(
    manager,
    `SELECT value FROM webhook_change_counter WHERE id = :id`,
    { id: COUNTER_ID },
  );
  return Number(row?.value ?? 0);
}

/** The number of the last committed change as part of a statement; null before the first. */
export const LAST_CHANGE = `(SELECT value FROM webhook_change_counter WHERE id = '${COUNTER_ID}')`;
