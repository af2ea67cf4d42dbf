import type { EntityManager } from 'typeorm';
import { In, MoreThan } from 'typeorm';

import { dialectOf } from '../database/dialect.js';
import { jsonRows, write } from '../database/portable-sql.js';
import { WebhookLane } from '../lanes/webhook-lane.entity.js';
import { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { Batch, Pair } from './batch.js';
import { PAIRS_PER_STATEMENT } from './batch.js';
import { ONCE_PER_EVENT } from './once-per-event.js';

/** Inserts deliveries, due now, and marks their events. @returns which of the lanes sleep */
export async function storeDeliveries(
  manager: EntityManager,
  { events, pairs, webhookIds, now }: Batch,
): Promise<{ webhook_id: string }[]> {
  for (let start = 0; start < pairs.length; start += PAIRS_PER_STATEMENT)
    await insertDeliveries(manager, pairs.slice(start, start + PAIRS_PER_STATEMENT), now);
  await manager.update(WebhookEvent, { id: In(events.map(({ id }) => id)) }, { fannedOutAt: now });
  const lanes = await manager.find(WebhookLane, {
    where: { webhookId: In([...webhookIds]), pausedUntil: MoreThan(now) },
    select: { webhookId: true },
  });
  return lanes.map(({ webhookId }) => ({ webhook_id: webhookId }));
}

async function insertDeliveries(manager: EntityManager, pairs: readonly Pair[], now: number): Promise<void> {
  const dialect = dialectOf(manager);
  const rows = jsonRows(dialect, 'pair', {
    id: 'text',
    event_id: 'text',
    webhook_id: 'text',
    ordered: 'number',
    offered: 'number',
    wait_ms: 'number',
  });
  await write(
    manager,
    `INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, \`trigger\`, attempt_count,
       attempts_before_budget, due_at, created_at, order_key, sequence, ordered_since, coalesce_key)
     SELECT pair.id, pair.event_id, pair.webhook_id, event.contract_id, event.type,
       CASE WHEN pair.offered = 1 THEN 'offered' ELSE 'pending' END, 'scheduled', 0, 0,
       CASE WHEN pair.offered = 1 THEN NULL ELSE :now + COALESCE(pair.wait_ms, 0) END, :now,
       CASE WHEN pair.ordered = 1 THEN event.resource_key END,
       CASE WHEN pair.ordered = 1 OR pair.wait_ms IS NOT NULL THEN event.sequence END,
       CASE WHEN pair.ordered = 1 THEN :now END, CASE WHEN pair.wait_ms IS NOT NULL THEN event.resource_key END
     FROM ${rows} JOIN webhook_event AS event ON event.id = pair.event_id WHERE 1 = 1 ${ONCE_PER_EVENT[dialect]}`,
    { rows: JSON.stringify(pairs.map(numbered)), now },
  );
}

/** MySQL reads no booleans out of JSON into a number. */
function numbered(pair: Pair) {
  return { ...pair, ordered: pair.ordered ? 1 : 0, offered: pair.offered ? 1 : 0 };
}
