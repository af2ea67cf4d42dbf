import type { EntityManager } from 'typeorm';

import { dialectOf } from '../database/dialect.js';
import { jsonRows, select, unionAll, write } from '../database/portable-sql.js';

/** How many lanes a statement reads: each is a selection of its own in it. */
const LANES_PER_STATEMENT = 100;

const COLUMNS =
  'id, event_id, webhook_id, `trigger`, attempt_count, attempts_before_budget, first_attempt_at, due_at';
const ORDER_COLUMNS = 'contract_id, order_key, sequence, ordered_since';

interface AskedLane {
  webhookId: string;
  limit: number;
}

/** The due deliveries of lanes, longest due first within each. */
export async function readSlices<Row>(
  manager: EntityManager,
  asked: readonly AskedLane[],
  now: number,
): Promise<Row[]> {
  return readDue(manager, asked, now, COLUMNS, (due) => due);
}

/** When each lane's first delivery is due, and what it waits for until then. */
export function readNextDues(manager: EntityManager, webhookIds: readonly string[]): Promise<NextDue[]> {
  const asked = jsonRows(dialectOf(manager), 'asked', { webhook_id: 'text' });
  return select(
    manager,
    `SELECT asked.webhook_id, lane.paused_until, lane.lease_until, lane.next_send_at,
       (SELECT MIN(due_at) FROM webhook_delivery AS delivery
        WHERE delivery.webhook_id = asked.webhook_id AND delivery.due_at IS NOT NULL) AS due_at
     FROM ${asked} LEFT JOIN webhook_lane AS lane ON lane.webhook_id = asked.webhook_id`,
    { rows: JSON.stringify(webhookIds.map((webhook_id) => ({ webhook_id }))) },
  );
}

interface NextDue {
  webhook_id: string;
  due_at: string | number | null;
  paused_until: string | number | null;
  lease_until: string | number | null;
  next_send_at: string | number | null;
}

/** Undefined while nothing is pending. */
export function nextTurnOf(lane: NextDue): number | undefined {
  if (lane.due_at === null) return undefined;
  // A null is 0.
  return Math.max(...[lane.due_at, lane.paused_until, lane.lease_until, lane.next_send_at].map(Number));
}

/**
 * The due deliveries of lanes that keep an order, and what is before each of them: one statement, so one snapshot, also
 * on MySQL, whatever its isolation.
 */
export async function readOrderedSlices<Row>(
  manager: EntityManager,
  asked: readonly AskedLane[],
  now: number,
): Promise<Row[]> {
  const withObstacle = (
    dueRows: string,
  ) => `SELECT due.*, obstacle.id AS before_id, obstacle.due_at AS before_due_at, EXISTS (
         SELECT 1 FROM webhook_event AS waiting
         WHERE waiting.contract_id = due.contract_id AND waiting.resource_key = due.order_key
           AND waiting.sequence < due.sequence AND waiting.fanned_out_at IS NULL
       ) AS event_before
       FROM (${dueRows}) AS due
       LEFT JOIN webhook_delivery AS obstacle ON obstacle.id = (
         SELECT earlier.id FROM webhook_delivery AS earlier
         WHERE earlier.webhook_id = due.webhook_id AND earlier.order_key = due.order_key
           AND earlier.sequence < due.sequence AND earlier.due_at IS NOT NULL
         ORDER BY earlier.sequence DESC LIMIT 1
       )`;
  return readDue(manager, asked, now, `${COLUMNS}, ${ORDER_COLUMNS}`, withObstacle);
}

/** Puts deliveries off that are as they were read, of lanes that are still held. */
export async function park(manager: EntityManager, parked: readonly object[]): Promise<void> {
  const dialect = dialectOf(manager);
  const rows = jsonRows(dialect, 'parked', {
    id: 'text',
    webhookId: 'text',
    token: 'text',
    dueAt: 'number',
    until: 'number',
  });
  const lane = 'lane.webhook_id = parked.webhookId AND lane.lease_token = parked.token';
  const delivery = 'delivery.id = parked.id AND delivery.due_at = parked.dueAt';
  const sql =
    dialect === 'mysql'
      ? `UPDATE webhook_delivery AS delivery JOIN ${rows} ON ${delivery} JOIN webhook_lane AS lane ON ${lane}
         SET delivery.due_at = parked.until`
      : `UPDATE webhook_delivery AS delivery SET due_at = parked.until
         FROM ${rows} JOIN webhook_lane AS lane ON ${lane} WHERE ${delivery}`;
  await write(manager, sql, { rows: JSON.stringify(parked) });
}

/** @param query what is asked, given the selection of the lanes' due rows */
async function readDue<Row>(
  manager: EntityManager,
  asked: readonly AskedLane[],
  now: number,
  columns: string,
  query: (dueRows: string) => string,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < asked.length; start += LANES_PER_STATEMENT) {
    const lanes = asked.slice(start, start + LANES_PER_STATEMENT);
    const selections = lanes.map(
      ({ limit }, index) =>
        `SELECT ${columns} FROM webhook_delivery WHERE webhook_id = :lane${index} AND due_at <= :now
         ORDER BY due_at LIMIT ${Number(limit)}`,
    );
    const parameters = Object.fromEntries(lanes.map(({ webhookId }, index) => [`lane${index}`, webhookId]));
    rows.push(...(await select<Row>(manager, query(unionAll(selections)), { ...parameters, now })));
  }
  return rows;
}
