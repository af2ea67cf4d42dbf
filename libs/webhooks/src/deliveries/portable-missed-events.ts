import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';

import { StoredChange } from '../catalog/event-change.js';
import { newsOf, OPERATIONAL_PREFIX } from '../catalog/operational-events.js';
import { SAMPLE_KEY_PREFIX } from '../catalog/samples.js';
import { select } from '../database/portable-sql.js';
import { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { MissedEvent, Step, Wanted } from './missed-events.js';

interface LookedAt {
  id: string;
  type: string;
  event_key: string | null;
  resource_key: string | null;
  created_at: string | number;
  fanned_out_at: string | number | null;
  delivery_id: string | null;
}

/** See `missedEvents`. The events a step looks at are chosen here; only their data is read for those that were missed. */
export async function missedPortably(
  manager: EntityManager,
  webhook: { id: string; contractId: string },
  { types, interest }: Wanted,
  { sinceMs, firstId, afterEventId }: { sinceMs: number; firstId: string; afterEventId: string },
  { lookedAt, most }: { lookedAt: number; most: number | undefined },
): Promise<Step & { events: MissedEvent[] }> {
  const rows = await select<LookedAt>(
    manager,
    `SELECT event.id, event.type, event.event_key, event.resource_key, event.created_at, event.fanned_out_at,
       (SELECT delivery.id FROM webhook_delivery AS delivery
        WHERE delivery.webhook_id = :webhookId AND delivery.event_id = event.id) AS delivery_id
     FROM webhook_event AS event WHERE event.contract_id = :contractId AND event.id > :after
     ORDER BY event.id LIMIT ${lookedAt}`,
    {
      webhookId: webhook.id,
      contractId: webhook.contractId,
      after: afterEventId > firstId ? afterEventId : firstId,
    },
  );
  const missed = rows
    .filter((row) => Number(row.created_at) >= sinceMs && types.includes(row.type))
    .filter((row) => row.fanned_out_at !== null && row.delivery_id === null)
    .filter((row) => !row.event_key?.startsWith(SAMPLE_KEY_PREFIX))
    .filter((row) => !(row.type.startsWith(OPERATIONAL_PREFIX) && row.resource_key === newsOf(webhook.id)))
    .map(({ id, type, created_at }) => ({ id, type, createdAt: Number(created_at) }));
  const last = rows.length < lookedAt ? undefined : rows.at(-1)?.id;
  if (most === undefined) return { events: missed, lastEventId: last };

  const step = missed.slice(0, most);
  const wanted = await wantedOf(manager, step, interest);
  const events = step.filter(({ id }) => wanted.has(id));
  return { events, lastEventId: missed.length > most ? step.at(-1)?.id : last };
}

async function wantedOf(
  manager: EntityManager,
  missed: readonly MissedEvent[],
  interest: Wanted['interest'],
): Promise<Set<string>> {
  const events = await manager.find(WebhookEvent, {
    where: { id: In(missed.map(({ id }) => id)) },
    select: { id: true, type: true, data: true, previous: true },
  });
  return new Set(events.filter((event) => interest.wants(new StoredChange(event))).map(({ id }) => id));
}
