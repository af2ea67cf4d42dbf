import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';
import { In } from 'typeorm';

import { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { CanonicalEvent } from '../rendering/profile.js';
import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import type { PreparedBody } from './bodies.js';
import { Coalescer } from './coalescer.js';

/** A stored event, with the bodies that were made of it so far. */
export interface CachedEvent {
  event: WebhookEvent;
  /** The guest's languages, once they have been asked for. */
  contactLocales?: string[];
  inLanguage: Map<string, Promise<CanonicalEvent>>;
  bodies: Map<string, PreparedBody>;
}

export function uncached(event: WebhookEvent): CachedEvent {
  return { event, inLanguage: new Map(), bodies: new Map() };
}

const CACHE_BYTES = 32 * 1024 * 1024;
/** An event's row, its parsed form and the headers of its bodies, beside their texts. */
const BYTES_OF_EACH = 5_000;
const EVENTS_PER_STATEMENT = 500;

/**
 * Stored events never change, so one read and one rendering serve every webhook that wants the same body. Bounded by
 * bytes: a few large events must not fill a worker's memory.
 */
@Injectable()
export class EventCache {
  private readonly cache = new LRUCache<string, CachedEvent>({
    maxSize: CACHE_BYTES,
    // Three times: the texts, what they are parsed to, and the bodies made of them.
    sizeCalculation: ({ event }) => BYTES_OF_EACH + 3 * (event.data.length + (event.previous?.length ?? 0)),
  });
  private readonly loading = new Coalescer((ids: string[]) => this.read(ids), EVENTS_PER_STATEMENT);

  constructor(@Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** Spares the lanes of this process the read of what its relay has just had in hand. */
  remember(event: WebhookEvent): void {
    if (!this.cache.has(event.id)) this.cache.set(event.id, uncached(event));
  }

  /** Undefined when retention has removed the event. */
  get(eventId: string): CachedEvent | Promise<CachedEvent | undefined> {
    return this.cache.get(eventId) ?? this.loading.add(eventId);
  }

  private async read(ids: string[]): Promise<(CachedEvent | undefined)[]> {
    const events = await this.dataSource.manager.find(WebhookEvent, { where: { id: In(ids) } });
    for (const event of events) this.remember(event);
    const byId = new Map(events.map((event) => [event.id, event]));
    return ids.map((id) => {
      const event = byId.get(id);
      return this.cache.get(id) ?? (event && uncached(event));
    });
  }
}
