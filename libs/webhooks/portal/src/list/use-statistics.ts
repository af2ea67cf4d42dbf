import { useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import type { WebhookStatistics, WebhookView } from '../api/types.js';
import { webhookStatistics } from '../api/webhooks.js';

const CHUNK = 50;
/** Rows that only rush past are not asked about. */
const SETTLED_MS = 150;

type Statistics = (id: string) => WebhookStatistics | undefined | null;

/** The last day of the rows in view, fetched in fixed chunks so that scrolling back asks nothing anew. */
export function useStatistics(rows: readonly WebhookView[]) {
  const [[first, last], setShown] = useState<[number, number]>([0, CHUNK - 1]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onWindow = useCallback((from: number, to: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown([from, to]), SETTLED_MS);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);

  const chunks = useMemo(() => chunksOf(rows, first, last), [rows, first, last]);
  const results = useQueries({ queries: chunks.map((ids) => webhookStatistics(ids)) });
  const known = new Map(
    results.flatMap(({ data }) => (data?.items ?? []).map((item) => [item.webhookId, item])),
  );
  // Also those that were deleted meanwhile, of which there are none.
  const answered = new Set(chunks.filter((_, index) => results[index]?.isPending === false).flat());
  const statisticsOf: Statistics = (id) => known.get(id) ?? (answered.has(id) ? null : undefined);
  return { onWindow, statisticsOf };
}

function chunksOf(rows: readonly WebhookView[], first: number, last: number): string[][] {
  const chunks: string[][] = [];
  for (let start = first - (first % CHUNK); start <= last && start < rows.length; start += CHUNK) {
    chunks.push(rows.slice(start, start + CHUNK).map(({ id }) => id));
  }
  return chunks;
}
