import { setTimeout as delay } from 'node:timers/promises';

import { bookingCancelled } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { Host } from './setup/host.js';

it('a lane that reads on before its results are recorded sends none of them again', async () => {
  const receiver = await TestReceiver.start();
  const host = await Host.start();
  const query = host.dataSource.query.bind(host.dataSource);
  jest.spyOn(host.dataSource, 'query').mockImplementation(async (...args) => {
    if (args[0].includes('INSERT INTO webhook_attempt')) await delay(100);
    return query(...args);
  });
  await host.subscribe(receiver.url);
  await host.webhooks.publish(
    Array.from({ length: 450 }, (_, number) =>
      bookingCancelled({ contractId: 'C-1', data: { booking: { id: `B-${number}` } } }),
    ),
  );
  await untilIdle(host.app);

  expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(450);
  expect(receiver.requests).toHaveLength(450);
  await receiver.stop();
  await host.stop();
});
