import { useEffect, useEffectEvent, useState } from 'react';

import type { DeliveryFilters } from '../../api/deliveries.js';
import type { DeliveryNews, LiveState } from './live-news.js';
import { watchDeliveries } from './live-source.js';

interface Options {
  onNews?: (news: DeliveryNews) => void;
  isPaused?: boolean;
}

/** @param filters the same object as long as they are the same ones */
export function useLiveDeliveries(webhookId: string, filters: DeliveryFilters, options: Options = {}) {
  const { onNews, isPaused = false } = options;
  const [state, setState] = useState<LiveState>('connecting');
  const [counts, setCounts] = useState<DeliveryNews['counts']>(null);
  const told = useEffectEvent((news: DeliveryNews) => {
    setCounts(news.counts);
    onNews?.(news);
  });

  useEffect(() => {
    if (isPaused) return undefined;
    return watchDeliveries(webhookId, filters, { onNews: (news) => told(news), onState: setState });
  }, [webhookId, filters, isPaused]);

  return { state: isPaused ? ('paused' as const) : state, counts };
}
