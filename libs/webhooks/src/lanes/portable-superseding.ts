import type { DataSource, EntityManager } from 'typeorm';
import { In } from 'typeorm';

import { inTransaction, locking, select } from '../database/portable-sql.js';
import { WebhookDelivery } from '../deliveries/webhook-delivery.entity.js';
import type { LaneClaim } from './lane-claims.js';
import type { DueRow } from './lane-reader.js';
import { WebhookLane } from './webhook-lane.entity.js';

interface Row extends DueRow {
  event_type: string;
  coalesce_key: string | null;
  sequence: string | number;
  status: string;
  due_at: string | number | null;
}

interface Resource {
  webhookId: string;
  eventType: string;
  key: string;
}

const COLUMNS = `id, event_id, webhook_id, \`trigger\`, attempt_count, attempts_before_budget, first_attempt_at, event_type,
  coalesce_key, sequence, status, due_at`;

const ABOUT = 'webhook_id = :webhookId AND coalesce_key = :key AND event_type = :eventType';

/** See Superseding. @returns what may be sent */
export function supersede(
  dataSource: DataSource,
  claims: readonly LaneClaim[],
  now: number,
  { looksAt, most }: { looksAt: number; most: number },
): Promise<DueRow[]> {
  return inTransaction(dataSource, async (manager) => {
    const sendable: Row[] = [];
    for (const { webhookId, token } of claims) {
      if (!(await manager.existsBy(WebhookLane, { webhookId, leaseToken: token }))) continue;
      const slice = await select<Row>(
        manager,
        `SELECT ${COLUMNS} FROM webhook_delivery WHERE webhook_id = :webhookId AND due_at <= :now
         ORDER BY due_at LIMIT ${looksAt}`,
        { webhookId, now },
      );
      sendable.push(...slice.filter(({ coalesce_key }) => coalesce_key === null));
      for (const resource of resourcesOf(slice))
        sendable.push(...(await newestOf(manager, resource, now, most)));
    }
    return sendable.sort((one, other) => Number(one.due_at) - Number(other.due_at));
  });
}

function resourcesOf(slice: readonly Row[]): Resource[] {
  const resources = slice.flatMap(({ webhook_id: webhookId, event_type: eventType, coalesce_key: key }) =>
    key === null ? [] : [{ webhookId, eventType, key }],
  );
  return [...new Map(resources.map((resource) => [JSON.stringify(resource), resource])).values()];
}

/** Ends what is older. @returns the newest, unless it was sent already or waits for its retry */
async function newestOf(
  manager: EntityManager,
  resource: Resource,
  now: number,
  most: number,
): Promise<Row[]> {
  const [newest] = await select<Row>(
    manager,
    `SELECT ${COLUMNS} FROM webhook_delivery
     WHERE ${ABOUT} AND status IN ('pending', 'succeeded') ORDER BY sequence DESC LIMIT 1`,
    { ...resource },
  );
  if (!newest) return [];
  await endOlder(manager, resource, newest, now, most);
  const isDue = newest.attempt_count === 0 || Number(newest.due_at) <= now;
  return newest.status === 'pending' && isDue ? [newest] : [];
}

async function endOlder(
  manager: EntityManager,
  resource: Resource,
  newest: Row,
  now: number,
  most: number,
): Promise<void> {
  const older = await select<{ id: string; due_at: string | number }>(
    manager,
    `SELECT id, due_at FROM webhook_delivery WHERE ${ABOUT} AND sequence < :sequence AND due_at IS NOT NULL
     ORDER BY sequence LIMIT ${most} ${locking(manager, 'FOR UPDATE')}`,
    { ...resource, sequence: Number(newest.sequence) },
  );
  if (older.length === 0) return;
  await manager.update(
    WebhookDelivery,
    { id: In(older.map(({ id }) => id)) },
    {
      status: 'superseded',
      dueAt: null,
      completedAt: now,
      supersededBy: newest.event_id,
      coalesceKey: null,
    },
  );
  const first = older.reduce((least, { due_at }) => Math.min(least, Number(due_at)), Infinity);
  if (newest.due_at !== null && newest.attempt_count === 0 && first < Number(newest.due_at))
    await manager.update(WebhookDelivery, { id: newest.id, attemptCount: 0 }, { dueAt: first });
}
