import { parameterAfter, unnested } from '../database/column-arrays.js';
import type { DeliveryStatus } from '../deliveries/webhook-delivery.entity.js';
import type { RecordRow } from './portable-lane-recorder.js';

/** The columns of {@link RECORD}'s results, by which its first parameters are given. */
export const RESULT_COLUMNS: Record<keyof RecordRow, string> = {
  delivery_id: 'varchar',
  webhook_id: 'varchar',
  token: 'varchar',
  status: 'varchar',
  due_at: 'bigint',
  completed_at: 'bigint',
  first_attempt_at: 'bigint',
  number: 'int',
  attempt_id: 'varchar',
  kind: 'varchar',
  started_at: 'bigint',
  duration_ms: 'int',
  status_code: 'int',
  error: 'varchar',
  detail: 'varchar',
  response_body: 'text',
  body_sha256: 'varchar',
};

/** Only a failed attempt leaves something to ask for. A redelivery's due time is the time it was asked at. */
const ASKED_AGAIN = `(result.status <> 'succeeded' AND delivery.status = 'pending' AND delivery.due_at > result.started_at)`;

const ATTEMPT_COLUMNS = `delivery_id, number, kind, started_at, duration_ms, status_code, error, detail, response_body, body_sha256`;

/**
 * Writes attempts and their deliveries, as far as the leases hold, and answers {@link Written}. The last parameter is the lanes'
 * ids.
 *
 * A delivery that its owner cancelled meanwhile is not made pending again. One that somebody asked for again since the attempt
 * began (its due time is later than that) is due when they asked if the attempt failed, with a new budget if it was the last:
 * as if they had asked just after it. The lanes' ids stand by themselves so that the planner knows how few they are: it takes
 * any list of rows for a hundred or more and reads every lane.
 */
export const RECORD = `
  WITH result AS (
    SELECT * FROM ${unnested('r', RESULT_COLUMNS)}
  ), recorded AS (
    UPDATE webhook_delivery AS delivery SET
      status = CASE WHEN result.status = 'pending' OR ${ASKED_AGAIN} THEN delivery.status ELSE result.status END,
      due_at = CASE WHEN delivery.status = 'pending' AND NOT ${ASKED_AGAIN} THEN result.due_at ELSE delivery.due_at END,
      completed_at = CASE WHEN result.status = 'pending' OR ${ASKED_AGAIN} THEN delivery.completed_at
        ELSE result.completed_at END,
      first_attempt_at = CASE WHEN result.status <> 'pending' AND ${ASKED_AGAIN} THEN NULL
        ELSE result.first_attempt_at END,
      attempts_before_budget = CASE WHEN result.status <> 'pending' AND ${ASKED_AGAIN} THEN result.number
        ELSE delivery.attempts_before_budget END,
      attempt_count = result.number,
      last_status_code = result.status_code,
      last_error = result.error
    FROM result
    JOIN webhook_lane AS lane ON lane.webhook_id = result.webhook_id AND lane.lease_token = result.token
      AND lane.webhook_id = ANY(${parameterAfter(RESULT_COLUMNS, 1)})
    WHERE delivery.id = result.delivery_id AND delivery.attempt_count = result.number - 1
    RETURNING delivery.status AS now, result.status AS decided, result.attempt_id,
      ${ATTEMPT_COLUMNS.replace(/\w+/g, 'result.$&')}
  ), inserted AS (
    INSERT INTO webhook_attempt (id, ${ATTEMPT_COLUMNS}) SELECT attempt_id, ${ATTEMPT_COLUMNS} FROM recorded
  )
  SELECT count(*)::int AS count, json_object_agg(attempt_id, now) FILTER (WHERE now <> decided) AS unlike FROM recorded`;

export interface Written {
  /** How many were accepted. */
  count: number;
  /** By the attempts' ids, what became of the deliveries that are not as was decided. */
  unlike: Record<string, DeliveryStatus> | null;
}
