import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { IsNull, LessThanOrEqual, MoreThan, Not } from 'typeorm';

import { inReadCommitted, writeLock } from '../database/portable-sql.js';
import { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { Clock } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import type { Webhook } from '../webhooks/webhook.entity.js';
import { WebhookFeedEntry } from './webhook-feed-entry.entity.js';
import { WebhookFeed } from './webhook-feed.entity.js';

const NUMBERED_AT_ONCE = 500;
const PRUNED_AT_ONCE = 1_000;

/** An entry that has its place. */
export interface PlacedEntry {
  eventId: string;
  position: number;
}

/** Whose entries get places, and which: those of events with smaller ids, or all. */
interface Numbered extends Pick<Webhook, 'id' | 'ordering'> {
  before?: string;
}

/**
 * Gives the events of a feed their places, as late as can be: when somebody reads it. Whoever numbers holds the feed's row,
 * sees what has committed by then and nothing else, and numbers it after all that was numbered before. So a transaction that
 * commits late is numbered late, whatever its events' ids and times say, and a cursor never passes one by.
 */
@Injectable()
export class FeedPositions {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /** The last position that was given; 0 before the first. */
  async last(webhookId: string): Promise<number> {
    const feed = await this.dataSource.manager.findOneBy(WebhookFeed, { webhookId });
    return feed?.lastPosition ?? 0;
  }

  /** The first `count` entries behind a position, in their order; what has no place yet gets one if that takes it. */
  async after(webhook: Numbered, position: number, count: number): Promise<PlacedEntry[]> {
    for (let known: number | undefined; ;) {
      const entries = await this.placed(webhook.id, position, count);
      const last = entries.length === count ? known : await this.number(webhook);
      if (last === known) return entries;
      known = last;
    }
  }

  /**
   * Removes what is older than an event's id, from every feed. What nobody has read gets its place first: a place that is
   * missing is what tells a reader that something was removed. Younger ones wait for a reader, and for what is before them.
   */
  async prune(oldestEventId: string): Promise<void> {
    for (;;) {
      const unread = await this.unreadBefore(oldestEventId);
      if (!unread) break;
      await this.number({ id: unread, ordering: 'none', before: oldestEventId });
    }
    for (;;) {
      const last = await this.lastToPrune(oldestEventId);
      if (last === undefined) break;
      await this.dataSource.manager.delete(WebhookFeedEntry, {
        eventId: LessThanOrEqual(last),
        position: Not(IsNull()),
      });
    }
    await this.dataSource
      .createQueryBuilder()
      .delete()
      .from(WebhookFeed)
      .where('NOT EXISTS (SELECT 1 FROM webhook WHERE webhook.id = webhook_feed.webhook_id)')
      .execute();
  }

  private async placed(webhookId: string, position: number, take: number): Promise<PlacedEntry[]> {
    const entries = await this.dataSource.manager.find(WebhookFeedEntry, {
      where: { webhookId, position: MoreThan(position) },
      order: { position: 'ASC' },
      take,
    });
    return entries.map((entry) => ({ eventId: entry.eventId, position: entry.position ?? 0 }));
  }

  /** @returns the last position then, whoever gave it; undefined when nothing had to be numbered */
  private async number(webhook: Numbered): Promise<number | undefined> {
    const { manager } = this.dataSource;
    const waiting = { webhookId: webhook.id, position: IsNull() };
    if (!(await manager.existsBy(WebhookFeedEntry, waiting))) return undefined;
    // Not repeatable read: what is numbered is what has committed when the lock is had, not when the transaction began.
    return inReadCommitted(this.dataSource, async (own) => {
      const last = await locked(own, webhook.id);
      const eventIds = await this.waiting(own, webhook);
      if (eventIds.length === 0) return last;
      await place(own, webhook.id, eventIds, last);
      const lastPosition = last + eventIds.length;
      await own.update(WebhookFeed, { webhookId: webhook.id }, { lastPosition });
      return lastPosition;
    });
  }

  /**
   * In the order in which the database got the events. Where the webhook wants order, an event waits for an earlier one of its
   * resource that another relay has in hand, for as long as a lane would wait. One statement, so one snapshot: whoever sees
   * an entry in it sees every earlier event of its resource, as an entry or as waiting for fan-out.
   */
  private async waiting(manager: EntityManager, { id, ordering, before }: Numbered): Promise<string[]> {
    const select = manager
      .createQueryBuilder(WebhookFeedEntry, 'entry')
      .select('entry.eventId', 'eventId')
      .leftJoin(WebhookEvent, 'event', 'event.id = entry.eventId')
      .where('entry.webhookId = :id AND entry.position IS NULL', { id })
      .orderBy('event.sequence', 'ASC')
      .addOrderBy('entry.eventId', 'ASC')
      .limit(NUMBERED_AT_ONCE);
    if (before !== undefined) select.andWhere('entry.eventId < :before', { before });
    if (ordering === 'resource') {
      const earlier = select
        .subQuery()
        .select('1')
        .from(WebhookEvent, 'earlier')
        .where('earlier.contractId = event.contractId AND earlier.resourceKey = event.resourceKey')
        .andWhere('earlier.sequence < event.sequence AND earlier.fannedOutAt IS NULL');
      const waitedEnough = this.clock.now() - this.options.orderingMaxWaitMs;
      select.andWhere(
        `(event.resourceKey IS NULL OR event.fannedOutAt <= :waitedEnough OR NOT EXISTS ${earlier.getQuery()})`,
        { waitedEnough },
      );
    }
    return (await select.getRawMany<{ eventId: string }>()).map(({ eventId }) => eventId);
  }

  private async unreadBefore(eventId: string): Promise<string | undefined> {
    const row = await this.dataSource
      .createQueryBuilder(WebhookFeedEntry, 'entry')
      .where('entry.eventId < :eventId AND entry.position IS NULL', { eventId })
      .orderBy('entry.eventId', 'ASC')
      .limit(1)
      .getOne();
    return row?.webhookId;
  }

  /** Where the next batch ends; undefined when there is nothing to remove. */
  private async lastToPrune(oldestEventId: string): Promise<string | undefined> {
    const rows = await this.dataSource
      .createQueryBuilder(WebhookFeedEntry, 'entry')
      .select('entry.eventId', 'eventId')
      .where('entry.eventId < :oldestEventId AND entry.position IS NOT NULL', { oldestEventId })
      .orderBy('entry.eventId', 'ASC')
      .limit(PRUNED_AT_ONCE)
      .getRawMany<{ eventId: string }>();
    return rows.at(-1)?.eventId;
  }
}

/** Holds the feed's row until the transaction ends. */
async function locked(manager: EntityManager, webhookId: string): Promise<number> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(WebhookFeed)
    .values({ webhookId, lastPosition: 0 })
    .orIgnore()
    .execute();
  const feed = await manager.findOneOrFail(WebhookFeed, {
    where: { webhookId },
    ...writeLock(manager),
  });
  return feed.lastPosition;
}

/** One statement. The positions stand in its text, for their type would be a guess as parameters of a CASE. */
async function place(manager: EntityManager, webhookId: string, eventIds: string[], last: number) {
  const cases = eventIds.map((_, index) => `WHEN :event${index} THEN ${last + index + 1}`);
  const parameters = Object.fromEntries(eventIds.map((eventId, index) => [`event${index}`, eventId]));
  await manager
    .createQueryBuilder()
    .update(WebhookFeedEntry)
    .set({ position: () => `CASE event_id ${cases.join(' ')} END` })
    .where('webhook_id = :webhookId AND event_id IN (:...eventIds)', { webhookId, eventIds })
    .setParameters(parameters)
    .execute();
}
