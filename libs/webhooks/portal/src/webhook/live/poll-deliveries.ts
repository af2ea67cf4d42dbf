import type { DeliveryFilters } from '../../api/deliveries.js';
import { Problem } from '../../api/problem.js';
import { request } from '../../api/request.js';
import type { DeliveryView, Page } from '../../api/types.js';
import { webhookUrl } from '../../api/webhooks.js';
import type { LiveListener } from './live-news.js';

const EVERY_MS = 4_000;
const NEWEST = 50;
const COUNTED = 200;

/** What the live stream tells, asked for from time to time. */
export function pollDeliveries(
  webhookId: string,
  filters: DeliveryFilters,
  { onNews, onState }: LiveListener,
): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  const url = `${webhookUrl(webhookId)}/deliveries`;
  const page = (query: DeliveryFilters, limit: number) =>
    request<Page<DeliveryView>>(url, { query: { ...query, limit }, signal });

  const poll = async (): Promise<boolean> => {
    const [newest, pending, held] = await Promise.all([
      page(filters, NEWEST),
      page({ status: 'pending' }, COUNTED),
      page({ status: 'held' }, COUNTED),
    ]);
    const isAll = pending.nextCursor === null && held.nextCursor === null;
    onState('polling');
    onNews({
      items: newest.data,
      counts: isAll ? { pending: pending.data.length, held: held.data.length } : null,
    });
    return true;
  };
  const failed = (error: unknown): boolean => {
    const isOver = error instanceof Problem && [400, 401, 403, 404].includes(error.status);
    if (!signal.aborted) onState(isOver ? 'over' : 'connecting');
    return !isOver;
  };
  const turn = async (): Promise<void> => {
    const goesOn = await poll().catch(failed);
    if (!goesOn || signal.aborted) return;
    const timer = setTimeout(() => void turn(), EVERY_MS);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  };
  void turn();
  return () => stopped.abort();
}
