import type { DeliveryView } from '../../api/types.js';
import type { DeliveryPages } from './merge-deliveries.js';
import { mergeDeliveries } from './merge-deliveries.js';

const delivery = (event: number, status: DeliveryView['status'] = 'pending') =>
  ({ id: `delivery-${event}`, eventId: String(event).padStart(4, '0'), status }) as DeliveryView;

const pages = (...events: number[][]): DeliveryPages => ({
  pages: events.map((page, index) => ({
    data: page.map((event) => delivery(event)),
    nextCursor: index === events.length - 1 ? null : 'next',
  })),
  pageParams: events.map(() => ''),
});

const shown = (list: DeliveryPages | undefined) =>
  list?.pages.map(({ data }) => data.map(({ eventId }) => Number(eventId)));

it('a delivery that changed is changed where it stands', () => {
  const merged = mergeDeliveries(pages([9, 8], [7, 6]), [delivery(7, 'succeeded')]);
  expect(shown(merged)).toEqual([
    [9, 8],
    [7, 6],
  ]);
  expect(merged?.pages[1]?.data[0]?.status).toBe('succeeded');
});

it('new deliveries stand in the order of their events', () => {
  expect(shown(mergeDeliveries(pages([9, 7], [5, 4]), [delivery(11), delivery(8), delivery(3)]))).toEqual([
    [11, 9, 8, 7],
    [5, 4, 3],
  ]);
});

it('the first delivery of all stands in an empty list', () => {
  expect(shown(mergeDeliveries(pages([]), [delivery(1)]))).toEqual([[1]]);
});

it('a delivery that belongs into a page which is not fetched yet is left to it', () => {
  const list = pages([9, 8]);
  const open = { ...list, pages: list.pages.map((page) => ({ ...page, nextCursor: 'next' })) };
  expect(shown(mergeDeliveries(open, [delivery(3)]))).toEqual([[9, 8]]);
});

it('news that do not reach down to what is there ask for it to be fetched anew', () => {
  const burst = Array.from({ length: 50 }, (_, index) => delivery(1_000 - index));
  expect(mergeDeliveries(pages([9, 8]), burst)).toBeUndefined();
  expect(shown(mergeDeliveries(pages([]), burst))?.[0]).toHaveLength(50);
});

it('what is there already is not changed itself', () => {
  const list = pages([9, 8]);
  mergeDeliveries(list, [delivery(10), delivery(9, 'succeeded')]);
  expect(list).toEqual(pages([9, 8]));
});
