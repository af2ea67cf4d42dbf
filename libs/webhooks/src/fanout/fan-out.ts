import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';

import { columnArrays, parameterAfter, unnested } from '../database/column-arrays.js';
import { isPostgres } from '../database/dialect.js';
import { inReadCommitted } from '../database/portable-sql.js';
import { EventCache } from '../lanes/event-cache.js';
import { newId } from '../new-id.js';
import { Tracing } from '../observing/tracing.js';
import type { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { Clock } from '../webhooks.clock.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { addToFeeds } from './feed-entries.js';
import { ONCE_PER_EVENT } from './once-per-event.js';
import { storeDeliveries } from './portable-fan-out.js';
import { SubscriptionIndex } from './subscription-index.js';
import { WaitingEvents } from './waiting-events.js';

interface Pair {
  id: string;
  event_id: string;
  webhook_id: string;
  /** Absent for the webhooks, most of them, that want no order. */
  ordered?: true;
  /** Present for a webhook to which nothing is sent. */
  offered?: true;
  /** Present for an event that waits for a newer one about its resource. */
  wait_ms?: number;
}

export interface FannedOut {
  events: number;
  deliveries: number;
  /** Lanes to wake: those that got deliveries and are not asleep. */
  awake: string[];
}

const PAIRS_PER_STATEMENT = 5_000;
/**
 * An event for many webhooks must not make one transaction of two hundred times as many rows: their lanes would have
 * nothing to do until it ends.
 */
const PAIRS_PER_TRANSACTION = 5_000;

const PAIR_COLUMNS: Record<keyof Pair, string> = {
  id: 'varchar',
  event_id: 'varchar',
  webhook_id: 'varchar',
  ordered: 'boolean',
  offered: 'boolean',
  wait_ms: 'int',
};

const NOW = `${parameterAfter(PAIR_COLUMNS, 1)}::bigint`;
const EVENT_IDS = parameterAfter(PAIR_COLUMNS, 2);
const WEBHOOK_IDS = parameterAfter(PAIR_COLUMNS, 3);

const INSERT_DELIVERIES = `
  INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count,
    attempts_before_budget, due_at, created_at, order_key, sequence, ordered_since, coalesce_key)
  SELECT pair.id, pair.event_id, pair.webhook_id, event.contract_id, event.type,
    CASE WHEN pair.offered THEN 'offered' ELSE 'pending' END, 'scheduled', 0, 0,
    CASE WHEN pair.offered THEN NULL ELSE ${NOW} + COALESCE(pair.wait_ms, 0) END, ${NOW},
    CASE WHEN pair.ordered THEN event.resource_key END, CASE WHEN pair.ordered OR pair.wait_ms IS NOT NULL THEN event.sequence END,
    CASE WHEN pair.ordered THEN ${NOW} END, CASE WHEN pair.wait_ms IS NOT NULL THEN event.resource_key END
  FROM ${unnested('pair', PAIR_COLUMNS)}
  JOIN webhook_event AS event ON event.id = pair.event_id
  ${ONCE_PER_EVENT.postgres}`;

/** Marks the events as well, and answers the lanes that are asleep. */
const STORE = `
  WITH inserted AS (${INSERT_DELIVERIES}),
    marked AS (UPDATE webhook_event SET fanned_out_at = ${NOW} WHERE id = ANY(${EVENT_IDS}))
  SELECT webhook_id FROM webhook_lane
  WHERE webhook_id = ANY(${WEBHOOK_IDS}) AND paused_until > ${NOW}`;

/** Turns a batch of stored events into deliveries, in one transaction and a bounded number of statements. */
@Injectable()
export class FanOut {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WaitingEvents) private readonly waiting: WaitingEvents,
    @Inject(SubscriptionIndex) private readonly index: SubscriptionIndex,
    @Inject(EventCache) private readonly events: EventCache,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(Tracing) private readonly tracing: Tracing | undefined,
  ) {}

  async nextBatch(): Promise<FannedOut> {
    const startedAt = Date.now();
    const { matched, pairs, awake } = await inReadCommitted(this.dataSource, async (manager) => {
      const { events, lastChange } = await this.waiting.claim(manager);
      if (events.length === 0) return { matched: [], pairs: [], awake: [] };
      await this.index.refresh(lastChange, manager);
      const { matched, pairs } = this.pair(events);
      const awake = await this.store(matched, pairs, manager);
      if (pairs.length > 0) for (const event of matched) this.events.remember(event);
      return { matched, pairs, awake };
    });
    this.tracing?.fannedOut(matched, pairs, startedAt);
    return { events: matched.length, deliveries: pairs.length, awake };
  }

  /** Events with their webhooks, up to a transaction's fill; the events beyond it wait for the next batch. */
  private pair(events: WebhookEvent[]): { matched: WebhookEvent[]; pairs: Pair[] } {
    const matched: WebhookEvent[] = [];
    const pairs: Pair[] = [];
    for (const event of events) {
      const last = matched.at(-1);
      if (last && pairs.length >= PAIRS_PER_TRANSACTION) {
        this.waiting.goOnAfter(last);
        break;
      }
      matched.push(event);
      for (const webhook_id of this.index.match(event)) {
        const pair: Pair = { id: newId(this.clock), event_id: event.id, webhook_id };
        if (this.index.isOrdered(webhook_id)) pair.ordered = true;
        if (this.index.transportOf(webhook_id) === 'pull') pair.offered = true;
        const waitMs = this.index.waitOf(event, webhook_id);
        if (waitMs !== undefined) pair.wait_ms = waitMs;
        pairs.push(pair);
      }
    }
    return { matched, pairs };
  }

  /**
   * Inserts the deliveries and marks their events.
   *
   * @returns the lanes to wake. A paused one is not woken by every new event: it wakes by itself when its pause ends
   */
  private async store(events: WebhookEvent[], pairs: Pair[], manager: EntityManager): Promise<string[]> {
    const now = this.clock.now();
    await this.feed(pairs, manager);
    const sent = pairs.filter(({ offered }) => !offered);
    const webhookIds = new Set(sent.map(({ webhook_id }) => webhook_id));
    const paused = isPostgres(manager)
      ? await this.storeOnPostgres(events, pairs, [...webhookIds], now, manager)
      : await storeDeliveries(manager, events, pairs, [...webhookIds], now);
    for (const { webhook_id } of paused) webhookIds.delete(webhook_id);
    return [...webhookIds];
  }

  private async storeOnPostgres(
    events: WebhookEvent[],
    pairs: Pair[],
    webhookIds: string[],
    now: number,
    manager: EntityManager,
  ): Promise<{ webhook_id: string }[]> {
    let rest = pairs;
    for (; rest.length > PAIRS_PER_STATEMENT; rest = rest.slice(PAIRS_PER_STATEMENT)) {
      const part = rest.slice(0, PAIRS_PER_STATEMENT);
      await manager.query(INSERT_DELIVERIES, [...columnArrays(PAIR_COLUMNS, part), now]);
    }
    const eventIds = events.map(({ id }) => id);
    return manager.query(STORE, [...columnArrays(PAIR_COLUMNS, rest), now, eventIds, webhookIds]);
  }

  /** No statement where nobody of the batch has a feed. */
  private async feed(pairs: Pair[], manager: EntityManager): Promise<void> {
    const entries = pairs
      .filter(({ webhook_id }) => this.index.transportOf(webhook_id) !== 'push')
      .map(({ event_id, webhook_id }) => ({ eventId: event_id, webhookId: webhook_id }));
    await addToFeeds(manager, entries);
  }
}
