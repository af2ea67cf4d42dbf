import { DEAD_WEBHOOK } from '../contenders.js';
import type { Database } from '../database.js';
import { DEAD_PATH } from '../receiver/dead-path.js';

/** Of contracts that the load does not touch: their names must not begin with 'C-'. */
const EVENT_COLUMNS = 'id, type, contract_id, occurred_at, data, created_at, fanned_out_at';
const ROWS_PER_TRANSACTION = 100_000;

/** Deliveries that are due, of a webhook whose receiver takes the requests and never answers. */
export function backlogBehindDeadReceiver(deliveries: number, port: number) {
  return async (database: Database): Promise<void> => {
    await database.rows(
      `INSERT INTO webhook SELECT (jsonb_populate_record(first, jsonb_build_object('id', $1::text,
         'contract_id', 'dead', 'url', 'http://127.0.0.1:' || $2::int || '${DEAD_PATH}'))).*
       FROM webhook AS first WHERE first.id = (SELECT id FROM webhook LIMIT 1)`,
      [DEAD_WEBHOOK, port],
    );
    await inParts(deliveries, (count) =>
      database.rows(
        `WITH event AS (
           INSERT INTO webhook_event (${EVENT_COLUMNS})
           SELECT uuidv7()::text, 'booking.updated', 'dead', $2, '{"booking":{}}', $2, $2 FROM generate_series(1, $3::int)
           RETURNING id
         )
         INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count,
           attempts_before_budget, due_at, created_at)
         SELECT uuidv7()::text, id, $1, 'dead', 'booking.updated', 'pending', 'scheduled', 0, 0, $2, $2 FROM event`,
        [DEAD_WEBHOOK, Date.now(), count],
      ),
    );
    await database.settle();
  };
}

/** What was delivered before: events, each with a delivery that succeeded and its attempt. */
export function history(events: number) {
  return async (database: Database): Promise<void> => {
    await inParts(events, (count) =>
      database.rows(
        `WITH event AS (
           INSERT INTO webhook_event (${EVENT_COLUMNS})
           SELECT uuidv7()::text, 'booking.updated', 'past', $1, '{"booking":{"notes":"' || repeat('x', 900) || '"}}', $1, $1
           FROM generate_series(1, $2::int)
           RETURNING id
         ), delivery AS (
           INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count,
             attempts_before_budget, first_attempt_at, last_status_code, created_at, completed_at)
           SELECT uuidv7()::text, event.id, known.id, 'past', 'booking.updated', 'succeeded', 'scheduled', 1, 0, $1, 200, $1, $1
           FROM event CROSS JOIN (SELECT id FROM webhook LIMIT 1) AS known
           RETURNING id
         )
         INSERT INTO webhook_attempt (id, delivery_id, number, kind, started_at, duration_ms, status_code, response_body,
           body_sha256)
         SELECT uuidv7()::text, id, 1, 'scheduled', $1, 5, 200, 'ok', repeat('0', 64) FROM delivery`,
        [Date.now(), count],
      ),
    );
    await database.settle();
  };
}

async function inParts(rows: number, insert: (count: number) => Promise<unknown>): Promise<void> {
  for (let left = rows; left > 0; left -= ROWS_PER_TRANSACTION)
    await insert(Math.min(left, ROWS_PER_TRANSACTION));
}
