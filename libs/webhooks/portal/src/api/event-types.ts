import { queryOptions } from '@tanstack/react-query';

import { request } from './request.js';
import { addresses } from './settings.js';
import type { EventTypeEntry, PreviewedBody, PreviewInput } from './types.js';

/** @param locale the language of labels and descriptions */
export function eventTypes(locale: string) {
  return queryOptions({
    queryKey: ['event-types', locale],
    queryFn: ({ signal }) =>
      request<{ data: EventTypeEntry[] }>(addresses.eventTypes, { query: { locale }, signal }).then(
        ({ data }) => data,
      ),
    staleTime: Infinity,
  });
}

/** A sample's body as a webhook with these settings would get it. */
export function previewedBody(input: PreviewInput) {
  return queryOptions({
    queryKey: ['preview', input],
    queryFn: ({ signal }) =>
      request<PreviewedBody>(`${addresses.webhooks}/preview`, { method: 'POST', body: input, signal }),
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
}
