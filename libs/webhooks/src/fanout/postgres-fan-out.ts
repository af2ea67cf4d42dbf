import type { EntityManager } from 'typeorm';
import { QueryFailedError } from 'typeorm';

import { columnArrays, parameterAfter, unnested } from '../database/column-arrays.js';
import type { Batch, Pair } from './batch.js';
import { PAIRS_PER_STATEMENT } from './batch.js';
import { ONCE_PER_EVENT } from './once-per-event.js';

const PAIR_COLUMNS: Record<keyof Pair, string> = {
  id: 'varchar',
  event_id: 'varchar',
  webhook_id: 'varchar',
  ordered: 'boolean',
  offered: 'boolean',
  wait_ms: 'int',
};

const NOW = `${parameterAfter(PAIR_COLUMNS, 1)}::bigint`;
const EVENT_IDS = parameterAfter(PAIR_COLUMNS, 2);
const WEBHOOK_IDS = parameterAfter(PAIR_COLUMNS, 3);

const INSERT = `
  INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count,
    attempts_before_budget, due_at, created_at, order_key, sequence, ordered_since, coalesce_key)
  SELECT pair.id, pair.event_id, pair.webhook_id, event.contract_id, event.type,
    CASE WHEN pair.offered THEN 'offered' ELSE 'pending' END, 'scheduled', 0, 0,
    CASE WHEN pair.offered THEN NULL ELSE ${NOW} + COALESCE(pair.wait_ms, 0) END, ${NOW},
    CASE WHEN pair.ordered THEN event.resource_key END, CASE WHEN pair.ordered OR pair.wait_ms IS NOT NULL THEN event.sequence END,
    CASE WHEN pair.ordered THEN ${NOW} END, CASE WHEN pair.wait_ms IS NOT NULL THEN event.resource_key END
  FROM ${unnested('pair', PAIR_COLUMNS)}
  JOIN webhook_event AS event ON event.id = pair.event_id`;

/** Their first parameters are the pairs' columns, the next one is the time. */
interface Statements {
  insert: string;
  /** Inserts, marks the events, and answers the lanes that are asleep. Two more parameters: the ids of events and of webhooks. */
  store: string;
}

function statements(insert: string): Statements {
  return {
    insert,
    store: `
      WITH inserted AS (${insert}),
        marked AS (UPDATE webhook_event SET fanned_out_at = ${NOW} WHERE id = ANY(${EVENT_IDS}))
      SELECT webhook_id FROM webhook_lane
      WHERE webhook_id = ANY(${WEBHOOK_IDS}) AND paused_until > ${NOW}`,
  };
}

/** Fails where a webhook has one of the events already. */
const NEW_ONES = statements(INSERT);
/** Leaves what a webhook has already as it is, and looks for each of them, which takes a quarter of the time. */
const MISSING_ONES = statements(`${INSERT} ${ONCE_PER_EVENT.postgres}`);

/** So many that a savepoint costs less than to look for each of them. */
const MANY_PAIRS = 500;

/**
 * Inserts the deliveries, once for each webhook and event, and marks the events.
 *
 * @returns which of the lanes are asleep
 */
export async function storeOnPostgres(
  manager: EntityManager,
  batch: Batch,
): Promise<{ webhook_id: string }[]> {
  const sorted = { ...batch, pairs: byWebhook(batch.pairs) };
  if (sorted.pairs.length < MANY_PAIRS) return run(manager, MISSING_ONES, sorted);
  try {
    return await manager.transaction((savepoint) => run(savepoint, NEW_ONES, sorted));
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return run(manager, MISSING_ONES, sorted);
  }
}

/** A webhook's next to each other: so are their entries in the indexes, which takes a tenth of the statement away. */
function byWebhook(pairs: readonly Pair[]): Pair[] {
  const lanes = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const lane = lanes.get(pair.webhook_id);
    if (lane) lane.push(pair);
    else lanes.set(pair.webhook_id, [pair]);
  }
  return [...lanes.values()].flat();
}

async function run(
  manager: EntityManager,
  { insert, store }: Statements,
  { events, pairs, webhookIds, now }: Batch,
): Promise<{ webhook_id: string }[]> {
  let rest = pairs;
  for (; rest.length > PAIRS_PER_STATEMENT; rest = rest.slice(PAIRS_PER_STATEMENT)) {
    const part = rest.slice(0, PAIRS_PER_STATEMENT);
    await manager.query(insert, [...columnArrays(PAIR_COLUMNS, part), now]);
  }
  const eventIds = events.map(({ id }) => id);
  return manager.query(store, [...columnArrays(PAIR_COLUMNS, rest), now, eventIds, webhookIds]);
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNIQUE_VIOLATION = '23505';

function isDuplicate(error: unknown): boolean {
  return (
    error instanceof QueryFailedError && (error.driverError as { code?: string }).code === UNIQUE_VIOLATION
  );
}
