import type { MessageEvent } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { filter, map, scan } from 'rxjs';

import type { DeliveryView } from './delivery-view.js';

/** How many deliveries are under way. */
export interface DeliveryCounts {
  /** At most 10,000 are counted. */
  pending: number;
  /** Among the newest 2,000 deliveries. */
  held: number;
}

/** The newest deliveries of a webhook, at one moment. */
export interface DeliverySnapshot {
  items: DeliveryView[];
  counts: DeliveryCounts;
}

/** What has changed in a snapshot since the one before, undefined when nothing has; all of it when there was none before. */
export function changesSince(
  before: DeliverySnapshot | undefined,
  now: DeliverySnapshot,
): DeliverySnapshot | undefined {
  if (!before) return now;
  const known = new Map(before.items.map((item) => [item.id, JSON.stringify(item)]));
  const items = now.items.filter((item) => known.get(item.id) !== JSON.stringify(item));
  const { pending, held } = before.counts;
  const sameCounts = pending === now.counts.pending && held === now.counts.held;
  return items.length === 0 && sameCounts ? undefined : { items, counts: now.counts };
}

interface Told {
  now: DeliverySnapshot | undefined;
  news: DeliverySnapshot | undefined;
}

/**
 * One reader's messages.
 *
 * @param snapshots undefined: the webhook is gone, and so is the message then
 */
export function liveMessages(
  snapshots: Observable<DeliverySnapshot | undefined>,
): Observable<MessageEvent | undefined> {
  return snapshots.pipe(
    scan((before: Told, now): Told => ({ now, news: now && changesSince(before.now, now) }), {
      now: undefined,
      news: undefined,
    }),
    filter(({ now, news }) => now === undefined || news !== undefined),
    map(({ news }) => news && { type: 'deliveries', data: news }),
  );
}
