import type { HashQuery } from '../app/hash-query.js';
import type { WebhookSort } from '../api/types.js';
import type { WebhookFilters } from '../api/webhooks.js';

const FILTERS = ['id', 'contractId', 'url', 'eventType', 'status', 'failing', 'disabledReason'] as const;

export const DEFAULT_SORT: WebhookSort = '-createdAt';

/** What the address asks for. A value that does not exist is the API's to refuse. */
export function listQueryOf(query: HashQuery): { filters: WebhookFilters; sort: WebhookSort } {
  const named = FILTERS.flatMap((name) => (query[name] ? [[name, query[name]]] : []));
  return {
    filters: Object.fromEntries(named) as WebhookFilters,
    sort: (query.sort ?? DEFAULT_SORT) as WebhookSort,
  };
}

/** An address without filters, which keeps its order. */
export const NO_FILTERS: Record<string, undefined> = Object.fromEntries(
  FILTERS.map((name) => [name, undefined]),
);
