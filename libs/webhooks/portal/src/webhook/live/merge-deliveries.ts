import type { InfiniteData } from '@tanstack/react-query';

import type { DeliveryView, Page } from '../../api/types.js';

export type DeliveryPages = InfiniteData<Page<DeliveryView>>;

/** How many deliveries a message of the stream holds at most. */
const NEWEST = 50;

/**
 * Writes what is new or different into the pages that are there, whose newest event stands first.
 *
 * @returns undefined when there may be deliveries between the news and the pages, so that these have to be fetched anew
 */
export function mergeDeliveries(
  list: DeliveryPages,
  items: readonly DeliveryView[],
): DeliveryPages | undefined {
  const news = new Map(items.map((item) => [item.id, item]));
  const known = new Set(list.pages.flatMap(({ data }) => data.map(({ id }) => id)));
  const fresh = items.filter(({ id }) => !known.has(id));
  if (known.size > 0 && items.length >= NEWEST && fresh.length === items.length) return undefined;

  const pages = list.pages.map((page) => ({
    ...page,
    data: page.data.map((row) => news.get(row.id) ?? row),
  }));
  for (const item of fresh) {
    const last = pages.at(-1);
    const page = pages.find(({ data }) => isBefore(item, data.at(-1))) ?? last;
    // Further pages may still come: that is where it belongs.
    if (!page || (page === last && last.nextCursor !== null && !isBefore(item, last.data.at(-1)))) continue;
    const place = page.data.findIndex((row) => isBefore(item, row));
    page.data.splice(place === -1 ? page.data.length : place, 0, item);
  }
  return { ...list, pages };
}

/** Event ids sort by their time. */
function isBefore(item: DeliveryView, row: DeliveryView | undefined): boolean {
  return row !== undefined && item.eventId > row.eventId;
}
