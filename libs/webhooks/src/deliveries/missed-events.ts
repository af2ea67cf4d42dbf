import type { EntityManager } from 'typeorm';

import { StoredChange } from '../catalog/event-change.js';
import type { Interest } from '../catalog/interest.js';
import { newsOf, OPERATIONAL_PREFIX } from '../catalog/operational-events.js';
import { SAMPLE_KEY_PREFIX } from '../catalog/samples.js';
import { isPostgres } from '../database/dialect.js';
import { firstIdAt } from '../first-id-at.js';
import { missedPortably } from './portable-missed-events.js';

/** How many events a statement looks at, whether they were missed or not: what bounds the time it takes. */
const EVENTS_LOOKED_AT = 2_000;

/** How many events a statement returns when their data has to be read: they must fit into memory. */
const EVENTS_WITH_DATA = 100;

/** Ids carry the clock of the process that made them: the bound that spares reading older events leaves them room. */
const CLOCK_SKEW_MS = 3_600_000;

/** One by one, like the deliveries below: what is meant to be a few lookups must not become a join that reads the table. */
const DATA = `(SELECT data FROM webhook_event WHERE id = missed.id) AS data,
  (SELECT previous FROM webhook_event WHERE id = missed.id) AS previous`;
const NO_DATA = `'{}' AS data, NULL AS previous`;

/** The events a webhook subscribes to: by their canonical types, and in full. */
export interface Wanted {
  types: string[];
  interest: Interest;
}

export interface MissedEvent {
  id: string;
  type: string;
  createdAt: number;
}

/** A step through a webhook's events or deliveries. */
export interface Step {
  /** Where the next step begins; undefined when nothing is left. */
  lastEventId: string | undefined;
}

interface LookedAt {
  looked_at: number;
  looked_to: string | null;
  /** This and what follows is null when none of them was missed. */
  id: string | null;
  type: string;
  created_at: string;
  data: string;
  previous: string | null;
}

/**
 * Events since then that a webhook subscribes to and has no delivery of, oldest first: those that passed it by while it was
 * off, and those from before it existed. Events that are not fanned out yet are the relay's; samples of a test are
 * nobody's, and news of the webhook itself is not for it.
 */
export async function missedEvents(
  manager: EntityManager,
  webhook: { id: string; contractId: string },
  { types, interest }: Wanted,
  sinceMs: number,
  afterEventId: string,
): Promise<Step & { events: MissedEvent[] }> {
  const readsData = interest.dependsOnData(types);
  const most = readsData ? EVENTS_WITH_DATA : EVENTS_LOOKED_AT;
  if (!isPostgres(manager)) {
    const bounds = { sinceMs, firstId: firstIdAt(sinceMs - CLOCK_SKEW_MS), afterEventId };
    return missedPortably(manager, webhook, { types, interest }, bounds, {
      lookedAt: EVENTS_LOOKED_AT,
      most: readsData ? EVENTS_WITH_DATA : undefined,
    });
  }
  const rows: LookedAt[] = await manager.query(
    `WITH looked_at AS MATERIALIZED (
       SELECT id, type, event_key, resource_key, created_at, fanned_out_at FROM webhook_event
       WHERE contract_id = $1 AND id > GREATEST($2, $3) ORDER BY id LIMIT ${EVENTS_LOOKED_AT}
     ), missed AS (
       SELECT id, type, created_at FROM looked_at AS event
       WHERE created_at >= $4 AND fanned_out_at IS NOT NULL AND type = ANY($5)
         AND (event_key IS NULL OR event_key NOT LIKE $6)
         AND NOT (type LIKE $7 AND resource_key = $8)
         AND (SELECT id FROM webhook_delivery AS delivery
              WHERE delivery.webhook_id = $9 AND delivery.event_id = event.id) IS NULL
       ORDER BY id LIMIT ${most}
     )
     SELECT steps.*, missed.*, ${readsData ? DATA : NO_DATA}
     FROM (SELECT COUNT(*)::int AS looked_at, MAX(id) AS looked_to FROM looked_at) AS steps
     LEFT JOIN missed ON TRUE ORDER BY missed.id`,
    [
      webhook.contractId,
      afterEventId,
      firstIdAt(sinceMs - CLOCK_SKEW_MS),
      sinceMs,
      types,
      `${SAMPLE_KEY_PREFIX}%`,
      `${OPERATIONAL_PREFIX}%`,
      newsOf(webhook.id),
      webhook.id,
    ],
  );
  const missed = rows.filter((row): row is LookedAt & { id: string } => row.id !== null);
  const events = missed
    .filter((event) => interest.wants(new StoredChange(event)))
    .map(({ id, type, created_at }) => ({ id, type, createdAt: Number(created_at) }));
  if (readsData && missed.length === most) return { events, lastEventId: missed.at(-1)?.id };
  const [step] = rows;
  const isLast = step === undefined || step.looked_at < EVENTS_LOOKED_AT;
  return { events, lastEventId: isLast ? undefined : (step.looked_to ?? undefined) };
}
