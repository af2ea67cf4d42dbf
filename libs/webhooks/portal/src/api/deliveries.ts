import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { request, withQuery } from './request.js';
import { addresses } from './settings.js';
import type {
  DeliveryStatus,
  DeliveryView,
  DeliveryWithAttempts,
  ListDeliveriesQuery,
  Page,
  RecoveryPreview,
  TestResult,
} from './types.js';
import { webhookUrl } from './webhooks.js';

export type DeliveryFilters = Pick<
  ListDeliveriesQuery,
  'status' | 'eventType' | 'trigger' | 'eventId' | 'since' | 'until'
>;

export const deliveryKeys = {
  lists: (webhookId: string) => ['deliveries', webhookId] as const,
  one: (id: string) => ['delivery', id] as const,
};

export function deliveryList(webhookId: string, filters: DeliveryFilters, limit = 50) {
  return infiniteQueryOptions({
    queryKey: [...deliveryKeys.lists(webhookId), filters, limit],
    queryFn: ({ pageParam, signal }) =>
      request<Page<DeliveryView>>(`${webhookUrl(webhookId)}/deliveries`, {
        query: { ...filters, limit, cursor: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function delivery(id: string) {
  return queryOptions({
    queryKey: deliveryKeys.one(id),
    queryFn: ({ signal }) => request<DeliveryWithAttempts>(deliveryUrl(id), { signal }),
  });
}

export function redeliver(id: string): Promise<DeliveryView> {
  return request(`${deliveryUrl(id)}/redeliver`, { method: 'POST' });
}

/** @param since ISO 8601 with its offset */
export function recoveryPreview(webhookId: string, since: string) {
  return queryOptions({
    queryKey: ['recovery', webhookId, since],
    queryFn: ({ signal }) =>
      request<RecoveryPreview>(`${webhookUrl(webhookId)}/recovery`, { query: { since }, signal }),
  });
}

export function recover(webhookId: string, since: string): Promise<{ recovered: number }> {
  return request(`${webhookUrl(webhookId)}/recover`, { method: 'POST', body: { since } });
}

/** @param eventType canonical; left out, the first one that the webhook asks for */
export function sendTest(webhookId: string, eventType?: string): Promise<TestResult> {
  return request(`${webhookUrl(webhookId)}/test`, { method: 'POST', body: { eventType } });
}

/** The address of the stream of new and changed deliveries. */
export function liveDeliveriesUrl(webhookId: string, filters: DeliveryFilters): string {
  return withQuery(`${webhookUrl(webhookId)}/deliveries/live`, { ...filters });
}

function deliveryUrl(id: string): string {
  return `${addresses.deliveries}/${encodeURIComponent(id)}`;
}

const COUNTED = 200;

/** How many deliveries wait or are held, counted as far as one page of each goes. */
export function unsentDeliveries(webhookId: string) {
  const page = (status: DeliveryStatus, signal: AbortSignal) =>
    request<Page<DeliveryView>>(`${webhookUrl(webhookId)}/deliveries`, {
      query: { status, limit: COUNTED },
      signal,
    });
  return queryOptions({
    queryKey: ['unsent', webhookId],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all([page('pending', signal), page('held', signal)]);
      return {
        count: pages.reduce((sum, { data }) => sum + data.length, 0),
        isMore: pages.some(({ nextCursor }) => nextCursor !== null),
      };
    },
    gcTime: 0,
  });
}
