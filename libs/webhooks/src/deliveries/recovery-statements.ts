import type { EntityManager } from 'typeorm';

import { COALESCABLE_EVENT_TYPES } from '../catalog/event-types.js';
import { isPostgres } from '../database/dialect.js';
import { addToFeeds } from '../fanout/feed-entries.js';
import { ONCE_PER_EVENT } from '../fanout/once-per-event.js';
import { newId } from '../new-id.js';
import type { Clock } from '../webhooks.clock.js';
import type { Webhook } from '../webhooks/webhook.entity.js';
import type { MissedEvent, Step } from './missed-events.js';
import { insertMissedPortably, revivePortably, unsuccessful } from './portable-recovery.js';

/** How many deliveries a statement looks at, whatever became of them: what bounds the time it takes. */
const DELIVERIES_LOOKED_AT = 2_000;

/** A step, and how many deliveries it made due, or would make due. */
export interface CountedStep extends Step {
  count: number;
}

/**
 * The deliveries of `$1` after the event `$2`, a step of them. Events are looked up one by one: an EXISTS can become a join
 * that reads the table.
 */
const LOOKED_AT = `looked_at AS MATERIALIZED (
    SELECT id, event_id, status, trigger, created_at FROM webhook_delivery
    WHERE webhook_id = $1 AND event_id > $2 ORDER BY event_id LIMIT ${DELIVERIES_LOOKED_AT}
  ), unsuccessful AS (
    SELECT id FROM looked_at
    WHERE created_at >= $3 AND status IN ('exhausted', 'held', 'cancelled') AND trigger <> 'test'
      AND (SELECT id FROM webhook_event AS event WHERE event.id = looked_at.event_id) IS NOT NULL
  )`;

const counted = (table: string) => `SELECT (SELECT COUNT(*)::int FROM ${table}) AS count,
    COUNT(*)::int AS looked_at, MAX(event_id) AS looked_to FROM looked_at`;

interface CountedRow {
  count: number;
  looked_at: number;
  looked_to: string | null;
}

/**
 * Makes a webhook's unsuccessful deliveries due, oldest event first: those that were created since, whose event still
 * exists, and that are no test.
 */
export async function reviveDeliveries(
  manager: EntityManager,
  webhookId: string,
  sinceMs: number,
  afterEventId: string,
  now: number,
): Promise<CountedStep> {
  if (!isPostgres(manager)) return revivePortably(manager, webhookId, sinceMs, afterEventId, now);
  const rows: CountedRow[] = await manager.query(
    `WITH ${LOOKED_AT}, batch AS (
       SELECT delivery.id FROM webhook_delivery AS delivery JOIN unsuccessful USING (id)
       WHERE delivery.status IN ('exhausted', 'held', 'cancelled')
       ORDER BY delivery.event_id FOR UPDATE OF delivery
     ), revived AS (
       UPDATE webhook_delivery AS delivery SET ${newBudget('$4')} FROM batch WHERE delivery.id = batch.id RETURNING 1
     ) ${counted('revived')}`,
    [webhookId, afterEventId, sinceMs, now],
  );
  return countedStep(rows);
}

/** How many deliveries {@link reviveDeliveries} would make due. */
export async function countUnsuccessful(
  manager: EntityManager,
  webhookId: string,
  sinceMs: number,
  afterEventId: string,
): Promise<CountedStep> {
  if (!isPostgres(manager)) {
    const { ids, lastEventId } = await unsuccessful(manager, webhookId, sinceMs, afterEventId);
    return { count: ids.length, lastEventId };
  }
  const sql = `WITH ${LOOKED_AT} ${counted('unsuccessful')}`;
  return countedStep(await manager.query(sql, [webhookId, afterEventId, sinceMs]));
}

/**
 * The assignments that start anew the budget of a delivery, under the alias `delivery`, and give it its place if its
 * webhook wants order now; `now` is the parameter that holds the time.
 */
export function newBudget(now: string): string {
  return `status = 'pending', trigger = 'manual', due_at = ${now}, attempts_before_budget = attempt_count,
    first_attempt_at = NULL, completed_at = NULL, superseded_by = NULL,
    sequence = (SELECT event.sequence FROM webhook_event AS event WHERE event.id = delivery.event_id),
    (order_key, ordered_since) = (
      SELECT event.resource_key, ${now}::bigint FROM webhook_event AS event
      JOIN webhook ON webhook.id = delivery.webhook_id AND webhook.ordering = 'resource'
      WHERE event.id = delivery.event_id)`;
}

/**
 * Into the feed as well, if the webhook has one.
 *
 * @returns how many of them had no delivery yet
 */
export async function insertMissedDeliveries(
  manager: EntityManager,
  webhook: Pick<Webhook, 'id' | 'contractId' | 'transport' | 'coalesceMs'>,
  events: MissedEvent[],
  clock: Clock,
): Promise<number> {
  if (events.length === 0) return 0;
  if (webhook.transport !== 'push')
    await addToFeeds(
      manager,
      events.map(({ id }) => ({ eventId: id, webhookId: webhook.id })),
    );
  const rows = events.map(({ id: event_id, type: event_type }) => ({
    id: newId(clock),
    event_id,
    event_type,
    coalesced: webhook.coalesceMs !== null && COALESCABLE_EVENT_TYPES.includes(event_type),
  }));
  if (!isPostgres(manager)) return insertMissedPortably(manager, webhook, rows, clock.now());
  const inserted: unknown[] = await manager.query(
    `INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count,
       attempts_before_budget, due_at, created_at, order_key, sequence, ordered_since, coalesce_key)
     SELECT missed.id, missed.event_id, $2, $3, missed.event_type, CASE WHEN $5 THEN 'offered' ELSE 'pending' END, 'manual',
       0, 0, CASE WHEN $5 THEN NULL ELSE $4::bigint END, $4, CASE WHEN ordered.id IS NOT NULL THEN event.resource_key END,
       event.sequence, CASE WHEN ordered.id IS NOT NULL THEN $4::bigint END, CASE WHEN missed.coalesced THEN event.resource_key END
     FROM json_to_recordset($1::json) AS missed(id varchar, event_id varchar, event_type varchar, coalesced boolean)
     LEFT JOIN webhook AS ordered ON ordered.id = $2 AND ordered.ordering = 'resource'
     LEFT JOIN webhook_event AS event ON event.id = missed.event_id AND (ordered.id IS NOT NULL OR missed.coalesced)
     ${ONCE_PER_EVENT.postgres} RETURNING 1`,
    [JSON.stringify(rows), webhook.id, webhook.contractId, clock.now(), webhook.transport === 'pull'],
  );
  return inserted.length;
}

function countedStep([row]: CountedRow[]): CountedStep {
  if (!row || row.looked_at < DELIVERIES_LOOKED_AT) return { count: row?.count ?? 0, lastEventId: undefined };
  return { count: row.count, lastEventId: row.looked_to ?? undefined };
}
