import type { EntityManager } from 'typeorm';
import { LessThan, MoreThan } from 'typeorm';

import { WebhookDelivery } from './webhook-delivery.entity.js';

/**
 * Before a person's wish sends a state at once: older ones of its resource that still wait for their time would follow it, and
 * undo it. Those whose time has come are left to the lane, which may have them in flight.
 */
export async function endOlderThatWait(
  manager: EntityManager,
  { webhookId, coalesceKey, eventType, sequence, eventId }: WebhookDelivery,
  now: number,
): Promise<void> {
  if (coalesceKey === null || sequence === null) return;
  await manager.update(
    WebhookDelivery,
    { webhookId, coalesceKey, eventType, sequence: LessThan(sequence), dueAt: MoreThan(now) },
    { status: 'superseded', dueAt: null, completedAt: now, supersededBy: eventId, coalesceKey: null },
  );
}
