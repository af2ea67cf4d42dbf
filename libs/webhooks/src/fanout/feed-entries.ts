import type { EntityManager } from 'typeorm';

import { WebhookFeedEntry } from '../feed/webhook-feed-entry.entity.js';

const ENTRIES_PER_STATEMENT = 5_000;

/** Puts events into feeds, without a place: readers give that. What is in a feed already stays where it is. */
export async function addToFeeds(
  manager: EntityManager,
  entries: Pick<WebhookFeedEntry, 'eventId' | 'webhookId'>[],
): Promise<void> {
  for (let start = 0; start < entries.length; start += ENTRIES_PER_STATEMENT) {
    await manager
      .createQueryBuilder()
      .insert()
      .into(WebhookFeedEntry)
      .values(entries.slice(start, start + ENTRIES_PER_STATEMENT))
      .orIgnore()
      .updateEntity(false)
      .execute();
  }
}
