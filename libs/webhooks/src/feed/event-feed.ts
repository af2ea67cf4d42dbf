import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { EventCatalog } from '../catalog/event-catalog.js';
import { Attempt } from '../lanes/attempt.js';
import { EventCache } from '../lanes/event-cache.js';
import { headerList, headersOf } from '../sending/header-list.js';
import type { Clock } from '../webhooks.clock.js';
import { FeedCursorExpiredError, FeedUnreadableError, StateConflictError } from '../webhooks.errors.js';
import type { ContractScope } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { DEFAULT_PAGE_LIMIT } from '../webhooks/list-webhooks.query.js';
import { findWebhook } from '../webhooks/webhook-rows.js';
import type { Webhook } from '../webhooks/webhook.entity.js';
import { readFeedCursor, writeFeedCursor } from './feed-cursor.js';
import type { PlacedEntry } from './feed-positions.js';
import { FeedPositions } from './feed-positions.js';
import type { FeedQuery } from './feed.query.js';
import { feedQuery } from './feed.query.js';

/** An event of a feed, as a request about it would be. */
export interface FedEvent {
  /** The `webhook-id` of every request about the event: by it, what came by request before is a duplicate. */
  id: string;
  /** The canonical event type. */
  type: string;
  /** Those of a request, but for what the webhook adds by itself; signed at the time of the answer. Names in lower case. */
  headers: Record<string, string>;
  /** The body of a request, in the webhook's profile, format and language; the signature is over these bytes as UTF-8. */
  body: string;
}

export interface FeedPage {
  /** In the order of the feed. */
  data: FedEvent[];
  /** Pass it as `after` for what follows, now or any time later. The one that was sent when there was nothing new. */
  nextCursor: string;
  /** Whether to ask again at once. */
  hasMore: boolean;
}

/** Rendered beside each other; each may ask the host's localizer. */
const RENDERED_AT_ONCE = 20;
/** A page of large bodies ends early. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** The events of a webhook, for those who fetch them. */
@Injectable()
export class EventFeed {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(FeedPositions) private readonly positions: FeedPositions,
    @Inject(EventCache) private readonly events: EventCache,
    @Inject(Attempt) private readonly attempt: Attempt,
  ) {}

  /**
   * What follows a cursor, the oldest first. Whatever the webhook's status: what is in its feed stays there, and can be fetched
   * to its end when the webhook has become one that is sent to.
   *
   * @throws WebhookNotFoundError, InvalidInputError, StateConflictError `NO_FEED` when nothing is left and the webhook's transport
   * is `push`, FeedCursorExpiredError, FeedUnreadableError
   */
  async read(scope: ContractScope, webhookId: string, query: FeedQuery = {}): Promise<FeedPage> {
    const { after, limit = DEFAULT_PAGE_LIMIT } = await feedQuery.read(query, this.catalog);
    const webhook = await findWebhook(this.dataSource.manager, scope, webhookId);
    const from = after === undefined ? undefined : readFeedCursor(webhook.id, after);
    // Read before the entries: what was numbered by now and is not among them has been removed.
    const last = await this.positions.last(webhook.id);
    const { before, entries } = await this.entries(webhook, from?.position ?? 0, limit + 1);
    const start = from?.position ?? (entries[0]?.position ?? last + 1) - 1;
    if (webhook.transport === 'push' && entries.length === 0 && start >= last) throw noFeed(webhook.id);
    // A cursor of a future that a restored backup does not have: its events were numbered anew, or will be.
    const isOfAnother = from?.eventId !== undefined && before !== undefined && before !== from.eventId;
    if (start > last || isOfAnother) throw await this.expired(webhook, 0, last);
    const unbroken = entries.filter(({ position }, index) => position === start + index + 1);
    if (unbroken.length === 0 && (entries.length > 0 || start < last))
      throw await this.expired(webhook, start, last);
    const data = await this.rendered(webhook, unbroken.slice(0, limit));
    if (data.length === 0 && unbroken.length > 0) throw await this.expired(webhook, start + 1, start + 1);
    const eventId = data.at(-1)?.id ?? from?.eventId;
    return {
      data,
      nextCursor: writeFeedCursor(webhook.id, { position: start + data.length, eventId }),
      hasMore: entries.length > data.length,
    };
  }

  /** What follows a position, and the event that stands there, if it is kept. */
  private async entries(webhook: Webhook, position: number, count: number) {
    if (position === 0) return { entries: await this.positions.after(webhook, 0, count) };
    const [first, ...others] = await this.positions.after(webhook, position - 1, count + 1);
    if (first?.position === position) return { before: first.eventId, entries: others };
    return { entries: first ? [first, ...others] : [] };
  }

  /** Up to the page's fill, and to the first event that is gone, or cannot be written. */
  private async rendered(webhook: Webhook, entries: PlacedEntry[]): Promise<FedEvent[]> {
    const fed: FedEvent[] = [];
    let bytes = 0;
    for (let start = 0; start < entries.length; start += RENDERED_AT_ONCE) {
      const batch = entries.slice(start, start + RENDERED_AT_ONCE);
      const rendering = batch.map(({ eventId }) => this.render(webhook, eventId));
      for (const rendered of await Promise.allSettled(rendering)) {
        if (rendered.status === 'rejected' && fed.length === 0) throw rendered.reason;
        if (rendered.status === 'rejected' || !rendered.value) return fed;
        bytes += rendered.value.body.length;
        if (bytes > PAGE_BYTES && fed.length > 0) return fed;
        fed.push(rendered.value);
      }
    }
    return fed;
  }

  private async render(webhook: Webhook, eventId: string): Promise<FedEvent | undefined> {
    const cached = await this.events.get(eventId);
    if (!cached) return undefined;
    try {
      const { headers, body } = await this.attempt.message(webhook, cached, this.clock.now());
      const lowered = Object.entries(headersOf(headerList(...headers))).map(([name, value]) => [
        name.toLowerCase(),
        value,
      ]);
      return {
        id: eventId,
        type: cached.event.type,
        headers: { 'webhook-id': eventId, ...(Object.fromEntries(lowered) as Record<string, string>) },
        body: body.toString('utf8'),
      };
    } catch (error) {
      // Error messages of ours name keys and profiles, never a secret's content.
      throw new FeedUnreadableError(error instanceof Error ? error.message : 'A body could not be made.');
    }
  }

  /** @param otherwise where to go on when nothing is kept behind `position` */
  private async expired(webhook: Webhook, position: number, otherwise: number) {
    const [kept] = await this.positions.after(webhook, position, 1);
    const resume = kept ? kept.position - 1 : otherwise;
    return new FeedCursorExpiredError(writeFeedCursor(webhook.id, { position: resume }));
  }
}

function noFeed(webhookId: string): StateConflictError {
  return new StateConflictError(
    'NO_FEED',
    `The webhook ${webhookId} has the transport 'push', and nothing is left in its feed. PATCH its transport to 'both' or ` +
      "'pull'; the feed holds what happens from then on.",
  );
}
