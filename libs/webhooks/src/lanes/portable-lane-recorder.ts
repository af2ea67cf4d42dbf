import type { DataSource, EntityManager } from 'typeorm';

import { inTransaction, locking, select, updateEach } from '../database/portable-sql.js';
import type { AttemptKind } from '../deliveries/webhook-attempt.entity.js';
import { WebhookAttempt } from '../deliveries/webhook-attempt.entity.js';
import type { DeliveryStatus } from '../deliveries/webhook-delivery.entity.js';

/** An attempt as it is stored, and what was decided about its delivery. */
export interface RecordRow {
  delivery_id: string;
  webhook_id: string;
  token: string;
  status: DeliveryStatus;
  due_at: number | null;
  completed_at: number | null;
  first_attempt_at: number;
  number: number;
  attempt_id: string;
  kind: AttemptKind;
  started_at: number;
  duration_ms: number;
  status_code: number | null;
  error: string | null;
  detail: string | null;
  response_body: string | null;
  body_sha256: string;
}

interface StoredDelivery {
  id: string;
  status: DeliveryStatus;
  due_at: string | number | null;
  completed_at: string | number | null;
  attempt_count: number;
  attempts_before_budget: number;
  lease_token: string | null;
}

const WRITTEN = {
  status: 'text',
  due_at: 'number',
  completed_at: 'number',
  first_attempt_at: 'number',
  attempts_before_budget: 'number',
  attempt_count: 'number',
  last_status_code: 'number',
  last_error: 'text',
} as const;

/** Writes attempts whose leases still hold, and their deliveries. @returns those it wrote, by the attempts' ids */
export function recordAttempts(
  dataSource: DataSource,
  rows: readonly RecordRow[],
): Promise<{ id: string; status: DeliveryStatus }[]> {
  return inTransaction(dataSource, async (manager) => {
    const stored = await lockedDeliveries(manager, rows);
    const accepted = rows.flatMap((row) => {
      const delivery = stored.get(row.delivery_id);
      const counts = delivery?.lease_token === row.token && delivery.attempt_count === row.number - 1;
      return counts ? [{ row, written: stateAfter(row, delivery) }] : [];
    });
    if (accepted.length === 0) return [];
    await updateEach(
      manager,
      'webhook_delivery',
      { match: { id: 'text' }, set: WRITTEN },
      accepted.map(({ written }) => written),
    );
    await manager.insert(
      WebhookAttempt,
      accepted.map(({ row }) => attemptOf(row)),
    );
    return accepted.map(({ row, written }) => ({ id: row.attempt_id, status: written.status }));
  });
}

/** With the leases of their lanes, which a subquery reads without locking them: they are somebody's who claims or renews. */
async function lockedDeliveries(
  manager: EntityManager,
  rows: readonly RecordRow[],
): Promise<Map<string, StoredDelivery>> {
  const deliveries = await select<StoredDelivery>(
    manager,
    `SELECT id, status, due_at, completed_at, attempt_count, attempts_before_budget,
       (SELECT lease_token FROM webhook_lane WHERE webhook_lane.webhook_id = webhook_delivery.webhook_id) AS lease_token
     FROM webhook_delivery WHERE id IN (:...ids) ORDER BY id ${locking(manager, 'FOR UPDATE')}`,
    { ids: rows.map(({ delivery_id }) => delivery_id) },
  );
  return new Map(deliveries.map((delivery) => [delivery.id, delivery]));
}

/** See LaneRecorder: a delivery that was cancelled meanwhile, or asked for again, is not overwritten. */
function stateAfter(row: RecordRow, delivery: StoredDelivery) {
  const dueAt = delivery.due_at === null ? null : Number(delivery.due_at);
  const askedAgain =
    row.status !== 'succeeded' && delivery.status === 'pending' && dueAt !== null && dueAt > row.started_at;
  const stays = row.status === 'pending' || askedAgain;
  const newBudget = row.status !== 'pending' && askedAgain;
  return {
    id: row.delivery_id,
    status: stays ? delivery.status : row.status,
    due_at: delivery.status === 'pending' && !askedAgain ? row.due_at : dueAt,
    completed_at: stays ? delivery.completed_at : row.completed_at,
    first_attempt_at: newBudget ? null : row.first_attempt_at,
    attempts_before_budget: newBudget ? row.number : delivery.attempts_before_budget,
    attempt_count: row.number,
    last_status_code: row.status_code,
    last_error: row.error,
  };
}

function attemptOf(row: RecordRow): WebhookAttempt {
  return {
    id: row.attempt_id,
    deliveryId: row.delivery_id,
    number: row.number,
    kind: row.kind,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    statusCode: row.status_code,
    error: row.error,
    detail: row.detail,
    responseBody: row.response_body,
    bodySha256: row.body_sha256,
  };
}
