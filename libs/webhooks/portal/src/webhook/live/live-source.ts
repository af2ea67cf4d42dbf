import { liveDeliveriesUrl } from '../../api/deliveries.js';
import type { DeliveryFilters } from '../../api/deliveries.js';
import type { LiveDeliveries } from '../../api/types.js';
import type { LiveListener } from './live-news.js';
import { pollDeliveries } from './poll-deliveries.js';

/** The stream's first message comes at once, unless a proxy keeps it back. */
const FIRST_MS = 8_000;
const STREAM_AGAIN_MS = 60_000;

/**
 * Watches the newest deliveries of a webhook over a stream, or without one by asking. A page that is not seen watches
 * nothing, so that many open tabs do not use up the browser's connections.
 */
export function watchDeliveries(
  webhookId: string,
  filters: DeliveryFilters,
  { onNews, onState }: LiveListener,
): () => void {
  let end = () => undefined as void;

  const stream = () => {
    const source = new EventSource(liveDeliveriesUrl(webhookId, filters));
    const silence = setTimeout(poll, FIRST_MS);
    end = () => {
      clearTimeout(silence);
      source.close();
    };
    source.onopen = () => onState('live');
    source.addEventListener('deliveries', ({ data }: MessageEvent<string>) => {
      clearTimeout(silence);
      onNews(JSON.parse(data) as LiveDeliveries);
    });
    source.onerror = () => {
      // The browser itself connects again, but not after an answer that is no stream.
      if (source.readyState === EventSource.CLOSED) poll();
      else onState('connecting');
    };
  };
  const poll = () => {
    end();
    const again = setTimeout(() => begin(), STREAM_AGAIN_MS);
    const stop = pollDeliveries(webhookId, filters, {
      onNews,
      onState: (state) => {
        if (state === 'over') clearTimeout(again);
        onState(state);
      },
    });
    end = () => {
      clearTimeout(again);
      stop();
    };
  };
  const begin = () => {
    end();
    if (!document.hidden) stream();
  };

  begin();
  document.addEventListener('visibilitychange', begin);
  return () => {
    document.removeEventListener('visibilitychange', begin);
    end();
  };
}
