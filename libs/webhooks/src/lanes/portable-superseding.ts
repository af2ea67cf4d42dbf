import type { DataSource, EntityManager } from 'typeorm';
import { In } from 'typeorm';

import { inTransaction, locking, select } from '../database/portable-sql.js';
import { WebhookDelivery } from '../deliveries/webhook-delivery.entity.js';
import type { LaneClaim } from './lane-claims.js';
import { WebhookLane } from './webhook-lane.entity.js';

interface Resource {
  event_type: string;
  coalesce_key: string;
}

interface Newest {
  id: string;
  event_id: string;
  sequence: string | number;
  due_at: string | number | null;
  attempt_count: number;
}

/** See Superseding. @returns how many deliveries it ended in each lane */
export function supersede(
  dataSource: DataSource,
  claims: readonly LaneClaim[],
  now: number,
  { looksAt, most }: { looksAt: number; most: number },
): Promise<number[]> {
  return inTransaction(dataSource, async (manager) => {
    const ended: number[] = [];
    for (const { webhookId, token } of claims) {
      const isHeld = await manager.existsBy(WebhookLane, { webhookId, leaseToken: token });
      const resources = isHeld ? await dueResources(manager, webhookId, now, looksAt) : [];
      let ofLane = 0;
      for (const resource of resources)
        ofLane += await endOlder(manager, { webhookId, ...resource }, now, most);
      ended.push(ofLane);
    }
    return ended;
  });
}

function dueResources(manager: EntityManager, webhookId: string, now: number, looksAt: number) {
  return select<Resource>(
    manager,
    `SELECT DISTINCT event_type, coalesce_key FROM (
       SELECT event_type, coalesce_key FROM webhook_delivery WHERE webhook_id = :webhookId AND due_at <= :now
       ORDER BY due_at LIMIT ${looksAt}
     ) AS slice WHERE coalesce_key IS NOT NULL`,
    { webhookId, now },
  );
}

async function endOlder(
  manager: EntityManager,
  resource: Resource & { webhookId: string },
  now: number,
  most: number,
): Promise<number> {
  const about = 'webhook_id = :webhookId AND coalesce_key = :coalesce_key AND event_type = :event_type';
  const [newest] = await select<Newest>(
    manager,
    `SELECT id, event_id, sequence, due_at, attempt_count FROM webhook_delivery
     WHERE ${about} AND status IN ('pending', 'succeeded') ORDER BY sequence DESC LIMIT 1`,
    { ...resource },
  );
  if (!newest) return 0;
  const older = await select<{ id: string; due_at: string | number }>(
    manager,
    `SELECT id, due_at FROM webhook_delivery WHERE ${about} AND sequence < :sequence AND due_at IS NOT NULL
     ORDER BY sequence LIMIT ${most} ${locking(manager, 'FOR UPDATE')}`,
    { ...resource, sequence: Number(newest.sequence) },
  );
  if (older.length === 0) return 0;
  await manager.update(
    WebhookDelivery,
    { id: In(older.map(({ id }) => id)) },
    { status: 'superseded', dueAt: null, completedAt: now, supersededBy: newest.event_id },
  );
  const first = older.reduce((least, { due_at }) => Math.min(least, Number(due_at)), Infinity);
  if (newest.due_at !== null && newest.attempt_count === 0 && first < Number(newest.due_at))
    await manager.update(WebhookDelivery, { id: newest.id, attemptCount: 0 }, { dueAt: first });
  return older.length;
}
