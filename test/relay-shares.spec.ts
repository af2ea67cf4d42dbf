import { bookingCancelled, WebhookEvent } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { Host } from './setup/host.js';

let host: Host;
let receiver: TestReceiver;

afterEach(async () => {
  await receiver.stop();
  await host.stop();
});

/** Publishes so many events for each contract in one transaction, and returns the contracts in the order of their fan-out. */
async function relayed(relayBatchSize: number, events: Record<string, number>): Promise<string[]> {
  receiver = await TestReceiver.start();
  host = await Host.start({ relayBatchSize });
  for (const contractId of Object.keys(events)) await host.subscribe(receiver.url, { contractId });
  await host.webhooks.publish(
    Object.entries(events).flatMap(([contractId, count]) =>
      Array.from({ length: count }, (_, number) =>
        bookingCancelled({ contractId, data: { booking: { id: `B-${number}` } } }),
      ),
    ),
  );
  await untilIdle(host.app);
  const rows = await host.dataSource.manager.find(WebhookEvent, { order: { fannedOutAt: 'ASC', id: 'ASC' } });
  expect(receiver.requests).toHaveLength(rows.length);
  return rows.map(({ contractId }) => contractId);
}

it('an event is not behind the thousand that another contract published before it', async () => {
  const order = await relayed(20, { 'C-1': 1_000, 'C-2': 1 });

  expect(order).toHaveLength(1_001);
  expect(order.indexOf('C-2')).toBeLessThan(40);
});

it('contracts have turns when more of them have events than a batch has room for', async () => {
  const order = await relayed(2, { 'C-1': 3, 'C-2': 3, 'C-3': 3, 'C-4': 3, 'C-5': 3 });

  expect(order).toHaveLength(15);
  expect(order.indexOf('C-5')).toBeLessThan(order.lastIndexOf('C-1'));
});

it('the events of one contract are fanned out oldest first', async () => {
  await relayed(10, { 'C-1': 95 });

  const rows = await host.dataSource.manager.find(WebhookEvent, { order: { id: 'ASC' } });
  const times = rows.map(({ fannedOutAt }) => fannedOutAt ?? Infinity);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});
