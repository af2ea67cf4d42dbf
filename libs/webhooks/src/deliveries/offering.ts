import type { EntityManager } from 'typeorm';
import { In, MoreThan } from 'typeorm';

import { writeLock } from '../database/portable-sql.js';
import { addToFeeds } from '../fanout/feed-entries.js';
import { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { CountedStep } from './recovery-statements.js';
import type { DeliveryStatus } from './webhook-delivery.entity.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';

/** How many deliveries a step looks at, whatever became of them. */
const DELIVERIES_LOOKED_AT = 2_000;

const UNSUCCESSFUL: DeliveryStatus[] = ['exhausted', 'held', 'cancelled'];

/**
 * Puts what could not be sent to a webhook that only pulls by now into its feed: the deliveries that `reviveDeliveries` would
 * make due for one that is sent to.
 */
export async function offerDeliveries(
  manager: EntityManager,
  webhookId: string,
  sinceMs: number,
  afterEventId: string,
): Promise<CountedStep> {
  const lookedAt = await manager.find(WebhookDelivery, {
    where: { webhookId, eventId: MoreThan(afterEventId) },
    order: { eventId: 'ASC' },
    take: DELIVERIES_LOOKED_AT,
  });
  const unsuccessful = lookedAt.filter(
    ({ status, trigger, createdAt }) =>
      UNSUCCESSFUL.includes(status) && trigger !== 'test' && createdAt >= sinceMs,
  );
  const offered = await offer(manager, unsuccessful);
  const lastEventId = lookedAt.length < DELIVERIES_LOOKED_AT ? undefined : lookedAt.at(-1)?.eventId;
  return { count: offered, lastEventId };
}

async function offer(manager: EntityManager, deliveries: WebhookDelivery[]): Promise<number> {
  if (deliveries.length === 0) return 0;
  const events = await manager.find(WebhookEvent, {
    where: { id: In(deliveries.map(({ eventId }) => eventId)) },
    select: { id: true },
  });
  const kept = new Set(events.map(({ id }) => id));
  const ids = deliveries.filter(({ eventId }) => kept.has(eventId)).map(({ id }) => id);
  // Locked: an attempt that is under way may succeed meanwhile, and somebody else may recover as well.
  const still = await manager.find(WebhookDelivery, {
    where: { id: In(ids), status: In(UNSUCCESSFUL) },
    order: { eventId: 'ASC' },
    ...writeLock(manager),
  });
  if (still.length === 0) return 0;
  await manager.update(
    WebhookDelivery,
    { id: In(still.map(({ id }) => id)) },
    { status: 'offered', trigger: 'manual', completedAt: null },
  );
  await addToFeeds(
    manager,
    still.map(({ eventId, webhookId }) => ({ eventId, webhookId })),
  );
  return still.length;
}
