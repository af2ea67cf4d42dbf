import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';

import { dialectOf } from '../database/dialect.js';
import { jsonRows, locking, select, write } from '../database/portable-sql.js';
import { ONCE_PER_EVENT } from '../fanout/once-per-event.js';
import type { Webhook } from '../webhooks/webhook.entity.js';
import type { Step } from './missed-events.js';
import type { CountedStep } from './recovery-statements.js';
import type { DeliveryStatus } from './webhook-delivery.entity.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';

/** How many deliveries a step looks at, whatever became of them. */
const DELIVERIES_LOOKED_AT = 2_000;

const UNSUCCESSFUL: DeliveryStatus[] = ['exhausted', 'held', 'cancelled'];

interface LookedAt {
  id: string;
  event_id: string;
  status: DeliveryStatus;
  kind: string;
  created_at: string | number;
  event: string | null;
}

/** See `countUnsuccessful`: the ids of those deliveries. */
export async function unsuccessful(
  manager: EntityManager,
  webhookId: string,
  sinceMs: number,
  afterEventId: string,
): Promise<Step & { ids: string[] }> {
  const rows = await select<LookedAt>(
    manager,
    `SELECT id, event_id, status, \`trigger\` AS kind, created_at,
       (SELECT event.id FROM webhook_event AS event WHERE event.id = webhook_delivery.event_id) AS event
     FROM webhook_delivery WHERE webhook_id = :webhookId AND event_id > :afterEventId
     ORDER BY event_id LIMIT ${DELIVERIES_LOOKED_AT}`,
    { webhookId, afterEventId },
  );
  const ids = rows
    .filter(({ status, kind }) => UNSUCCESSFUL.includes(status) && kind !== 'test')
    .filter(({ created_at, event }) => Number(created_at) >= sinceMs && event !== null)
    .map(({ id }) => id);
  return { ids, lastEventId: rows.length < DELIVERIES_LOOKED_AT ? undefined : rows.at(-1)?.event_id };
}

/** See `reviveDeliveries`. */
export async function revivePortably(
  manager: EntityManager,
  webhookId: string,
  sinceMs: number,
  afterEventId: string,
  now: number,
): Promise<CountedStep> {
  const { ids, lastEventId } = await unsuccessful(manager, webhookId, sinceMs, afterEventId);
  if (ids.length === 0) return { count: 0, lastEventId };
  // Somebody may have sent one of them again meanwhile.
  const still = await select<{ id: string }>(
    manager,
    `SELECT id FROM webhook_delivery WHERE id IN (:...ids) AND status IN (:...statuses)
     ORDER BY event_id ${locking(manager, 'FOR UPDATE')}`,
    { ids, statuses: UNSUCCESSFUL },
  );
  await startBudgets(
    manager,
    still.map(({ id }) => id),
    now,
  );
  return { count: still.length, lastEventId };
}

/** See Redelivery: one that waits for a retry keeps its budget. */
export async function makeDuePortably(
  manager: EntityManager,
  deliveryId: string,
  now: number,
): Promise<void> {
  const [delivery] = await select<{ status: DeliveryStatus }>(
    manager,
    `SELECT status FROM webhook_delivery WHERE id = :deliveryId ${locking(manager, 'FOR UPDATE')}`,
    { deliveryId },
  );
  if (delivery?.status !== 'pending') return startBudgets(manager, [deliveryId], now, true);
  await manager.update(
    WebhookDelivery,
    { id: deliveryId },
    { dueAt: now, trigger: 'manual', coalesceKey: null },
  );
}

/** See `newBudget`. */
async function startBudgets(
  manager: EntityManager,
  ids: string[],
  now: number,
  isAskedFor = false,
): Promise<void> {
  if (ids.length === 0) return;
  await manager.update(
    WebhookDelivery,
    { id: In(ids) },
    {
      status: 'pending',
      trigger: 'manual',
      dueAt: now,
      attemptsBeforeBudget: () => 'attempt_count',
      firstAttemptAt: null,
      completedAt: null,
      supersededBy: null,
      ...(isAskedFor ? { coalesceKey: null } : {}),
      orderKey: () => placeOf('resource_key'),
      sequence: () =>
        '(SELECT event.sequence FROM webhook_event AS event WHERE event.id = webhook_delivery.event_id)',
      orderedSince: () => placeOf('id', String(now)),
    },
  );
}

/** What an event gives its delivery if its webhook wants order now. */
function placeOf(column: string, value = `event.${column}`): string {
  return `(SELECT ${value} FROM webhook_event AS event
    JOIN webhook ON webhook.id = webhook_delivery.webhook_id AND webhook.ordering = 'resource'
    WHERE event.id = webhook_delivery.event_id)`;
}

/** See `insertMissedDeliveries`. */
export async function insertMissedPortably(
  manager: EntityManager,
  webhook: Pick<Webhook, 'id' | 'contractId' | 'transport'>,
  missed: readonly { id: string; event_id: string; event_type: string; coalesced: boolean }[],
  now: number,
): Promise<number> {
  const dialect = dialectOf(manager);
  const isPulled = webhook.transport === 'pull';
  const rows = jsonRows(dialect, 'missed', {
    id: 'text',
    event_id: 'text',
    event_type: 'text',
    coalesced: 'number',
  });
  await write(
    manager,
    `INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, \`trigger\`, attempt_count,
       attempts_before_budget, due_at, created_at, order_key, sequence, ordered_since, coalesce_key)
     SELECT missed.id, missed.event_id, :webhookId, :contractId, missed.event_type, :status, 'manual', 0, 0, :dueAt, :now,
       CASE WHEN ordered.id IS NOT NULL THEN event.resource_key END, event.sequence,
       CASE WHEN ordered.id IS NOT NULL THEN :now END, CASE WHEN missed.coalesced = 1 THEN event.resource_key END
     FROM ${rows}
     LEFT JOIN webhook AS ordered ON ordered.id = :webhookId AND ordered.ordering = 'resource'
     LEFT JOIN webhook_event AS event ON event.id = missed.event_id
       AND (ordered.id IS NOT NULL OR missed.coalesced = 1)
     WHERE 1 = 1 ${ONCE_PER_EVENT[dialect]}`,
    {
      rows: JSON.stringify(missed.map((row) => ({ ...row, coalesced: row.coalesced ? 1 : 0 }))),
      webhookId: webhook.id,
      contractId: webhook.contractId,
      status: isPulled ? 'offered' : 'pending',
      dueAt: isPulled ? null : now,
      now,
    },
  );
  // On MySQL a row that was there already counts as well.
  return manager.countBy(WebhookDelivery, { id: In(missed.map(({ id }) => id)) });
}
