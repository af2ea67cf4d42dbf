import type { InfiniteData, QueryClient } from '@tanstack/react-query';

import type { Page, WebhookView } from './types.js';
import { webhookKeys } from './webhooks.js';

type Pages = InfiniteData<Page<WebhookView>, string>;

/** After a creation: where the new one stands in which list is the server's to say. */
export function forgetLists(queries: QueryClient): Promise<void> {
  void queries.invalidateQueries({ queryKey: webhookKeys.counts });
  queries.removeQueries({ queryKey: webhookKeys.lists, type: 'inactive' });
  return queries.resetQueries({ queryKey: webhookKeys.lists });
}

/** After a change: every list shows it where it stands, whatever its order says now. */
export function keepWebhook(queries: QueryClient, webhook: WebhookView): void {
  queries.setQueryData(webhookKeys.one(webhook.id), webhook);
  changeRows(queries, (rows) => rows.map((row) => (row.id === webhook.id ? webhook : row)));
}

/** After a deletion. */
export function dropWebhook(queries: QueryClient, id: string): void {
  queries.removeQueries({ queryKey: webhookKeys.one(id) });
  changeRows(queries, (rows) => rows.filter((row) => row.id !== id));
  void queries.invalidateQueries({ queryKey: webhookKeys.counts });
}

function changeRows(queries: QueryClient, change: (rows: WebhookView[]) => WebhookView[]): void {
  queries.setQueriesData<Pages>(
    { queryKey: webhookKeys.lists },
    (lists) =>
      lists && { ...lists, pages: lists.pages.map((page) => ({ ...page, data: change(page.data) })) },
  );
}
