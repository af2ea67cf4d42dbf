import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { request, withQuery } from './request.js';
import { addresses } from './settings.js';
import type {
  ListWebhooksQuery,
  NewWebhook,
  Page,
  WebhookPatch,
  WebhookSort,
  WebhookStatistics,
  WebhookView,
  WebhookWithSecret,
} from './types.js';

/** The first page is soon there; who goes on needs many, and the API gives no more at once. */
const [FIRST_ROWS, MORE_ROWS] = [100, 200];
const { webhooks } = addresses;

/** What narrows the list; the export and the count take the same. */
export type WebhookFilters = Pick<
  ListWebhooksQuery,
  'id' | 'contractId' | 'url' | 'eventType' | 'status' | 'failing' | 'disabledReason'
>;

export const webhookKeys = {
  lists: ['webhooks', 'list'] as const,
  counts: ['webhooks', 'count'] as const,
  one: (id: string) => ['webhooks', 'one', id] as const,
};

export function webhookList(filters: WebhookFilters, sort: WebhookSort) {
  return infiniteQueryOptions({
    queryKey: [...webhookKeys.lists, { ...filters, sort }],
    queryFn: ({ pageParam, signal }) =>
      request<Page<WebhookView>>(webhooks, {
        query: { ...filters, sort, limit: pageParam === '' ? FIRST_ROWS : MORE_ROWS, cursor: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    // A list of many pages would be fetched again page by page: changes made here are written into it instead.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}

export function webhookCount(filters: WebhookFilters) {
  return queryOptions({
    queryKey: [...webhookKeys.counts, filters],
    queryFn: ({ signal }) =>
      request<{ count: number }>(`${webhooks}/count`, { query: { ...filters }, signal }),
  });
}

export function webhook(id: string) {
  return queryOptions({
    queryKey: webhookKeys.one(id),
    queryFn: ({ signal }) => request<WebhookView>(webhookUrl(id), { signal }),
  });
}

/** @param ids 1 to 200 */
export function webhookStatistics(ids: string[]) {
  return queryOptions({
    queryKey: ['statistics', ids],
    queryFn: ({ signal }) =>
      request<{ items: WebhookStatistics[] }>(`${webhooks}/statistics`, {
        query: { ids: ids.join(',') },
        signal,
      }),
    staleTime: 60_000,
  });
}

/** Contracts that have webhooks, for an operator's choice. */
export function contractIds(search: string) {
  return queryOptions({
    queryKey: ['contracts', search],
    queryFn: ({ signal }) =>
      request<{ items: string[] }>(`${webhooks}/contracts`, { query: { search }, signal }),
    placeholderData: (before) => before,
  });
}

export function createWebhook(input: NewWebhook): Promise<WebhookWithSecret> {
  return request(webhooks, { method: 'POST', body: input });
}

export function updateWebhook(id: string, patch: WebhookPatch): Promise<WebhookView> {
  return request(webhookUrl(id), { method: 'PATCH', body: patch });
}

export function setWebhookActive(id: string, active: boolean): Promise<WebhookView> {
  return request(`${webhookUrl(id)}/${active ? 'activate' : 'deactivate'}`, { method: 'POST' });
}

export function deleteWebhook(id: string): Promise<void> {
  return request(webhookUrl(id), { method: 'DELETE' });
}

export function rotateSecret(id: string): Promise<WebhookWithSecret> {
  return request(`${webhookUrl(id)}/rotate-secret`, { method: 'POST' });
}

/** The address of a file with all rows that match. */
export function exportUrl(kind: 'xlsx' | 'csv', filters: WebhookFilters, sort: WebhookSort): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return withQuery(`${webhooks}/export.${kind}`, { ...filters, sort, timeZone });
}

export const openApiUrl = `${webhooks}/openapi.json`;

/** Where the events of a webhook are fetched. */
export function feedUrl(id: string): string {
  return `${webhookUrl(id)}/events`;
}

export function webhookUrl(id: string): string {
  return `${webhooks}/${encodeURIComponent(id)}`;
}
