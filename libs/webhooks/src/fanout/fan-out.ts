import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';

import { EventCache } from '../lanes/event-cache.js';
import { newId } from '../new-id.js';
import type { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { Clock } from '../webhooks.clock.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { SubscriptionIndex } from './subscription-index.js';
import { WaitingEvents } from './waiting-events.js';

interface Pair {
  id: string;
  event_id: string;
  webhook_id: string;
  /** Absent for the webhooks, most of them, that want no order. */
  ordered?: true;
}

export interface FannedOut {
  events: number;
  /** Lanes to wake: those that got deliveries and are not asleep. */
  awake: string[];
}

const PAIRS_PER_STATEMENT = 5_000;
/** An event for many webhooks must not make one transaction of two hundred times as many rows. */
const PAIRS_PER_TRANSACTION = 20_000;

/** Turns a batch of stored events into deliveries, in one transaction and a bounded number of statements. */
@Injectable()
export class FanOut {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WaitingEvents) private readonly waiting: WaitingEvents,
    @Inject(SubscriptionIndex) private readonly index: SubscriptionIndex,
    @Inject(EventCache) private readonly events: EventCache,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  async nextBatch(): Promise<FannedOut> {
    return this.dataSource.transaction('READ COMMITTED', async (manager) => {
      const events = await this.waiting.claim(manager);
      if (events.length === 0) return { events: 0, awake: [] };
      // After the claim, so that it sees every webhook that was there when these events committed.
      await this.index.refresh(manager);
      const { matched, pairs } = this.pair(events);
      await this.insert(pairs, manager);
      await this.markFannedOut(matched, manager);
      if (pairs.length > 0) for (const event of matched) this.events.remember(event);
      return { events: matched.length, awake: await this.awake(pairs, manager) };
    });
  }

  /** Events with their webhooks, up to a transaction's fill; the events beyond it wait for the next batch. */
  private pair(events: WebhookEvent[]): { matched: WebhookEvent[]; pairs: Pair[] } {
    const matched: WebhookEvent[] = [];
    const pairs: Pair[] = [];
    for (const event of events) {
      if (pairs.length >= PAIRS_PER_TRANSACTION) break;
      matched.push(event);
      for (const webhook_id of this.index.match(event)) {
        const pair: Pair = { id: newId(this.clock), event_id: event.id, webhook_id };
        pairs.push(this.index.isOrdered(webhook_id) ? { ...pair, ordered: true } : pair);
      }
    }
    return { matched, pairs };
  }

  private async insert(pairs: Pair[], manager: EntityManager): Promise<void> {
    const now = this.clock.now();
    for (let start = 0; start < pairs.length; start += PAIRS_PER_STATEMENT) {
      await manager.query(
        `INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count,
           attempts_before_budget, due_at, created_at, order_key, sequence, ordered_since)
         SELECT pair.id, pair.event_id, pair.webhook_id, event.contract_id, event.type, 'pending', 'scheduled', 0, 0, $2, $2,
           CASE WHEN pair.ordered THEN event.resource_key END, CASE WHEN pair.ordered THEN event.sequence END,
           CASE WHEN pair.ordered THEN $2::bigint END
         FROM json_to_recordset($1::json) AS pair(id varchar, event_id varchar, webhook_id varchar, ordered boolean)
         JOIN webhook_event AS event ON event.id = pair.event_id
         ON CONFLICT (webhook_id, event_id) DO NOTHING`,
        [JSON.stringify(pairs.slice(start, start + PAIRS_PER_STATEMENT)), now],
      );
    }
  }

  private async markFannedOut(events: WebhookEvent[], manager: EntityManager): Promise<void> {
    await manager.query(`UPDATE webhook_event SET fanned_out_at = $2 WHERE id = ANY($1)`, [
      events.map(({ id }) => id),
      this.clock.now(),
    ]);
  }

  /** A paused lane is not woken by every new event: it wakes by itself when its pause ends. */
  private async awake(pairs: Pair[], manager: EntityManager): Promise<string[]> {
    const webhookIds = new Set(pairs.map(({ webhook_id }) => webhook_id));
    if (webhookIds.size === 0) return [];
    const paused: { webhook_id: string }[] = await manager.query(
      `SELECT webhook_id FROM webhook_lane WHERE webhook_id = ANY($1) AND paused_until > $2`,
      [[...webhookIds], this.clock.now()],
    );
    for (const { webhook_id } of paused) webhookIds.delete(webhook_id);
    return [...webhookIds];
  }
}
