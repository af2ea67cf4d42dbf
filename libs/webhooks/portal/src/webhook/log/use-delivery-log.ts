import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';

import type { DeliveryFilters } from '../../api/deliveries.js';
import { deliveryList } from '../../api/deliveries.js';
import type { DeliveryNews } from '../live/live-news.js';
import type { DeliveryPages } from '../live/merge-deliveries.js';
import { mergeDeliveries } from '../live/merge-deliveries.js';
import { useLiveDeliveries } from '../live/use-live-deliveries.js';

/** A busy receiver must not make the log fetch itself all the time; a long log waits longer. */
const ANEW_MS = 2_000;
const PAGES_AT_ONCE = 8;

/** The pages that were fetched so far, and what happens to them while they are looked at. */
export function useDeliveryLog(webhookId: string, filters: DeliveryFilters, isPaused: boolean) {
  const queries = useQueryClient();
  // What the stream tells is written into the pages: looking away and back fetches none of them again.
  const list = { ...deliveryList(webhookId, filters), refetchOnWindowFocus: false, staleTime: 60_000 };
  const log = useInfiniteQuery(list);
  const rows = useMemo(() => log.data?.pages.flatMap(({ data }) => data) ?? [], [log.data]);
  const [arrived, setArrived] = useState(0);
  const anew = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    return () => {
      clearTimeout(anew.current);
      anew.current = undefined;
    };
  }, [filters]);

  const fetchAnew = (pages: number) => {
    anew.current ??= setTimeout(
      () => {
        anew.current = undefined;
        void queries.invalidateQueries({ queryKey: list.queryKey });
      },
      ANEW_MS * Math.max(1, pages / PAGES_AT_ONCE),
    );
  };

  const onNews = ({ items }: DeliveryNews) => {
    const known = queries.getQueryData(list.queryKey);
    if (!known) return;
    const merged = mergeDeliveries(known, items);
    if (merged) {
      queries.setQueryData(list.queryKey, merged);
      setArrived(count(merged) - count(known));
    }
    // What has left the state that is asked for is not in the news.
    const mayHaveLeft = filters.status !== undefined && items.length < count(known);
    if (!merged || mayHaveLeft) fetchAnew(known.pages.length);
  };
  const { state } = useLiveDeliveries(webhookId, filters, { onNews, isPaused });
  return { ...log, rows, state, arrived };
}

function count(list: DeliveryPages): number {
  return list.pages.reduce((sum, { data }) => sum + data.length, 0);
}
