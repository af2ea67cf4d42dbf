import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';

import { isPostgres } from '../database/dialect.js';
import { inReadCommitted } from '../database/portable-sql.js';
import { EventCache } from '../lanes/event-cache.js';
import { newId } from '../new-id.js';
import { Tracing } from '../observing/tracing.js';
import type { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { Clock } from '../webhooks.clock.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import type { Pair } from './batch.js';
import { addToFeeds } from './feed-entries.js';
import { storeDeliveries } from './portable-fan-out.js';
import { storeOnPostgres } from './postgres-fan-out.js';
import { SubscriptionIndex } from './subscription-index.js';
import { WaitingEvents } from './waiting-events.js';

export interface FannedOut {
  events: number;
  deliveries: number;
  /** Lanes to wake: those that got deliveries and are not asleep. */
  awake: string[];
}

/**
 * An event for many webhooks must not make one transaction of two hundred times as many rows: their lanes would have
 * nothing to do until it ends.
 */
const PAIRS_PER_TRANSACTION = 5_000;

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
    const batch = { events, pairs, webhookIds: [...webhookIds], now };
    const paused = await (isPostgres(manager)
      ? storeOnPostgres(manager, batch)
      : storeDeliveries(manager, batch));
    for (const { webhook_id } of paused) webhookIds.delete(webhook_id);
    return [...webhookIds];
  }

  /** No statement where nobody of the batch has a feed. */
  private async feed(pairs: Pair[], manager: EntityManager): Promise<void> {
    const entries = pairs
      .filter(({ webhook_id }) => this.index.transportOf(webhook_id) !== 'push')
      .map(({ event_id, webhook_id }) => ({ eventId: event_id, webhookId: webhook_id }));
    await addToFeeds(manager, entries);
  }
}
