import type { EntityManager } from 'typeorm';

import { StoredChange } from '../catalog/event-change.js';
import type { Interest } from '../catalog/interest.js';
import { SAMPLE_KEY_PREFIX } from '../catalog/samples.js';
import { firstIdAt } from '../first-id-at.js';
import { newId } from '../new-id.js';
import type { Clock } from '../webhooks.clock.js';

const ROWS_PER_STATEMENT = 1_000;

/** Fewer when the events' data has to be read: a page of them must fit into memory. */
const EVENTS_WITH_DATA_PER_STATEMENT = 100;

/** Ids carry the clock of the process that made them: the bound that spares reading older events leaves them room. */
const CLOCK_SKEW_MS = 3_600_000;

/** Where a batch ended, and how many deliveries it made due. */
export interface Batch {
  recovered: number;
  /** The last event it looked at; undefined when nothing is left. */
  lastEventId: string | undefined;
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
): Promise<Batch> {
  const rows: { event_id: string }[] = await manager.query(
    `WITH batch AS (
       SELECT delivery.id FROM webhook_delivery AS delivery
       JOIN webhook_event AS event ON event.id = delivery.event_id
       WHERE delivery.webhook_id = $1 AND delivery.event_id > $2 AND delivery.created_at >= $3
         AND delivery.status IN ('exhausted', 'held', 'cancelled') AND delivery.trigger <> 'test'
       ORDER BY delivery.event_id LIMIT ${ROWS_PER_STATEMENT} FOR UPDATE OF delivery
     ), revived AS (
       UPDATE webhook_delivery AS delivery SET ${newBudget('$4')} FROM batch WHERE delivery.id = batch.id
       RETURNING delivery.event_id
     )
     SELECT event_id FROM revived`,
    [webhookId, afterEventId, sinceMs, now],
  );
  return batchOf(
    rows.map(({ event_id }) => event_id),
    rows.length,
  );
}

/** The assignments that start a delivery's budget anew; `now` is the parameter that holds the time. */
export function newBudget(now: string): string {
  return `status = 'pending', trigger = 'manual', due_at = ${now}, attempts_before_budget = attempt_count,
    first_attempt_at = NULL, completed_at = NULL`;
}

/** The events a webhook subscribes to: by their canonical types, and in full. */
export interface Wanted {
  types: string[];
  interest: Interest;
}

interface MissedEvent {
  id: string;
  type: string;
  data: string;
  previous: string | null;
}

/**
 * Gives a webhook a delivery of each event since then that it subscribes to and that passed it by while it was off.
 * Events that are not fanned out yet are the relay's; samples of a test are nobody's.
 */
export async function insertMissedDeliveries(
  manager: EntityManager,
  webhook: { id: string; contractId: string },
  { types, interest }: Wanted,
  sinceMs: number,
  afterEventId: string,
  clock: Clock,
): Promise<Batch> {
  const readsData = interest.dependsOnData(types);
  const events: MissedEvent[] = await manager.query(
    `SELECT event.id, event.type, ${readsData ? 'event.data, event.previous' : `'{}' AS data, NULL AS previous`} FROM webhook_event AS event
     WHERE event.contract_id = $1 AND event.id > GREATEST($2, $7) AND event.created_at >= $3 AND event.fanned_out_at IS NOT NULL
       AND event.type = ANY($4) AND (event.event_key IS NULL OR event.event_key NOT LIKE $6)
       AND NOT EXISTS (
         SELECT 1 FROM webhook_delivery AS delivery WHERE delivery.webhook_id = $5 AND delivery.event_id = event.id)
     ORDER BY event.id LIMIT ${readsData ? EVENTS_WITH_DATA_PER_STATEMENT : ROWS_PER_STATEMENT}`,
    [
      webhook.contractId,
      afterEventId,
      sinceMs,
      types,
      webhook.id,
      `${SAMPLE_KEY_PREFIX}%`,
      firstIdAt(sinceMs - CLOCK_SKEW_MS),
    ],
  );
  if (events.length === 0) return batchOf([], 0);
  const rows = events
    .filter((event) => interest.wants(new StoredChange(event)))
    .map(({ id: event_id, type: event_type }) => ({ id: newId(clock), event_id, event_type }));
  const inserted: unknown[] = await manager.query(
    `INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count,
       attempts_before_budget, due_at, created_at)
     SELECT id, event_id, $2, $3, event_type, 'pending', 'manual', 0, 0, $4, $4
     FROM json_to_recordset($1::json) AS missed(id varchar, event_id varchar, event_type varchar)
     ON CONFLICT (webhook_id, event_id) DO NOTHING RETURNING 1`,
    [JSON.stringify(rows), webhook.id, webhook.contractId, clock.now()],
  );
  return batchOf(
    events.map(({ id }) => id),
    inserted.length,
  );
}

/** By its rows, not by its length: one that changed while its lock was waited for is missing from a full batch. */
function batchOf(eventIds: string[], recovered: number): Batch {
  const [first, ...others] = eventIds;
  if (first === undefined) return { recovered, lastEventId: undefined };
  return { recovered, lastEventId: others.reduce((last, id) => (id > last ? id : last), first) };
}
