// A booking and its event are stored together, or neither is. Prints:
//   booking.created B-2, in 2 attempts
import { ALL_CONTRACTS, bookingCreated, WebhookRegistry, WebhooksService } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';

import { startPlatform } from './platform.js';

// A partner whose server fails at first.
const partner = await TestReceiver.start((_request, index) => ({ status: index === 0 ? 500 : 204 }));
const app = await startPlatform();
const dataSource = app.get(DataSource);
await dataSource.query('CREATE TABLE booking (id text PRIMARY KEY)');
await app.get(WebhookRegistry).create(ALL_CONTRACTS, {
  contractId: 'partner-1',
  url: partner.url,
  eventTypes: ['booking.*'],
});

async function book(manager: EntityManager, id: string): Promise<void> {
  await manager.query('INSERT INTO booking VALUES ($1)', [id]);
  const event = bookingCreated({ contractId: 'partner-1', data: { booking: { id, status: 'CONFIRMED' } } });
  await app.get(WebhooksService).publish(event, { manager });
}

await dataSource
  .transaction(async (manager) => {
    await book(manager, 'B-1');
    throw new Error('The payment was declined.');
  })
  .catch(() => undefined);
await dataSource.transaction((manager) => book(manager, 'B-2'));
await untilIdle(app);

const bodies = partner.requests.map(
  ({ body }) => JSON.parse(body.toString()) as { type: string; data: { booking: { id: string } } },
);
for (const told of new Set(bodies.map(({ type, data }) => `${type} ${data.booking.id}`)))
  console.log(`${told}, in ${bodies.length} attempts`);

await app.close();
await partner.stop();
