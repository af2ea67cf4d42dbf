import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { eventTypes } from '../api/event-types.js';
import type { EventTypeEntry } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';

/** What event types are called in the reader's language; one that is not in the catalog has its name. */
export function useEventLabels(): (name: string) => string {
  const { locale } = useI18n();
  const { data } = useQuery(eventTypes(locale));
  const labels = useMemo(() => new Map(data?.map(({ name, label }) => [name, label])), [data]);
  return (name) => labels.get(name) ?? name;
}

/** The types that deliveries and samples are of; what dialects call them is for webhooks to ask by. */
export function canonicalTypes(types: readonly EventTypeEntry[]): EventTypeEntry[] {
  return types.filter(({ dialect }) => dialect === 'standard');
}
