import { bookingCancelled, Webhook, WebhookDelivery, WebhookEvent } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { IsNull } from 'typeorm';

import { Host } from './setup/host.js';
import { until } from './setup/until.js';

let host: Host;
let receiver: TestReceiver;

afterEach(async () => {
  await receiver.stop();
  await host.stop();
});

function bookings(contractId: string, count: number) {
  return Array.from({ length: count }, (_, number) =>
    bookingCancelled({ contractId, data: { booking: { id: `B-${number}` } } }),
  );
}

async function allFannedOut(): Promise<void> {
  const waiting = () => host.dataSource.manager.countBy(WebhookEvent, { fannedOutAt: IsNull() });
  await until('every event is fanned out', async () => (await waiting()) === 0);
}

/** Publishes so many events for each contract in one transaction, and returns the contracts in the order of their fan-out. */
async function relayed(relayBatchSize: number, events: Record<string, number>): Promise<string[]> {
  receiver = await TestReceiver.start();
  host = await Host.start({ relayBatchSize });
  for (const contractId of Object.keys(events)) await host.subscribe(receiver.url, { contractId });
  await host.webhooks.publish(
    Object.entries(events).flatMap(([contractId, count]) => bookings(contractId, count)),
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

/** A contract with so many webhooks, none of which is asked to take anything. */
async function subscribeMany(contractId: string, webhooks: number): Promise<void> {
  const { id } = await host.subscribe(receiver.url, { contractId });
  await host.dataSource.query(
    `INSERT INTO webhook SELECT (jsonb_populate_record(webhook, jsonb_build_object('id', gen_random_uuid()))).*
     FROM webhook, generate_series(2, $2) WHERE id = $1`,
    [id, webhooks],
  );
  await host.dataSource.query(
    `INSERT INTO webhook_lane (webhook_id, paused_until, consecutive_failures, pause_count)
     SELECT id, 9999999999999, 0, 1 FROM webhook WHERE contract_id = $1
     ON CONFLICT (webhook_id) DO UPDATE SET paused_until = EXCLUDED.paused_until`,
    [contractId],
  );
}

it.each([
  ['one contract has', { 'C-1': 4_000 }],
  ['two contracts have', { 'C-1': 3_000, 'C-2': 3_000 }],
])(
  'an event is not behind every event of the contracts before it when %s thousands of webhooks',
  async (_, many) => {
    receiver = await TestReceiver.start();
    host = await Host.start();
    for (const [contractId, webhooks] of Object.entries(many)) await subscribeMany(contractId, webhooks);
    await host.subscribe(receiver.url, { contractId: 'C-9' });
    const events = [...Object.keys(many), 'C-9'].flatMap((contractId) =>
      bookings(contractId, contractId === 'C-9' ? 1 : 5),
    );
    await host.webhooks.publish(events);
    await allFannedOut();

    const { manager } = host.dataSource;
    const [first] = await manager.findBy(WebhookEvent, { contractId: 'C-9' });
    const [last] = await manager.find(WebhookEvent, {
      where: { contractId: 'C-1' },
      order: { fannedOutAt: 'DESC' },
    });
    expect(first?.fannedOutAt).toBeLessThan(last?.fannedOutAt ?? 0);
  },
);

it('events that are more than one transaction may hold are fanned out one after another, whoever rings', async () => {
  receiver = await TestReceiver.start();
  // No sweep finds what the relay leaves behind.
  host = await Host.start({ sweepIntervalMs: 3_600_000 });
  await subscribeMany('C-1', 4_000);
  await host.webhooks.publish(bookings('C-1', 6));
  await allFannedOut();
});

it("a webhook's deliveries of one batch lie next to each other", async () => {
  receiver = await TestReceiver.start();
  host = await Host.start();
  await subscribeMany('C-1', 40);
  await host.webhooks.publish(bookings('C-1', 20));
  await allFannedOut();

  const rows = await host.dataSource.query<{ webhook_id: string }[]>(
    'SELECT webhook_id FROM webhook_delivery ORDER BY ctid',
  );
  expect(rows).toHaveLength(800);
  const changes = rows.filter(({ webhook_id }, index) => webhook_id !== rows[index - 1]?.webhook_id);
  expect(changes).toHaveLength(40);
});

it('a webhook that has one of the events already keeps its delivery, and the others get theirs', async () => {
  receiver = await TestReceiver.start();
  host = await Host.start();
  // More than the relay looks for one by one.
  await subscribeMany('C-1', 600);
  const kept = await host.dataSource.transaction(async (manager) => {
    const [event] = await host.webhooks.publish(bookings('C-1', 1), { manager });
    const [webhook] = await manager.find(Webhook, { take: 1 });
    const delivery = manager.create(WebhookDelivery, {
      id: 'there-already',
      eventId: event?.id,
      webhookId: webhook?.id,
      contractId: 'C-1',
      eventType: 'booking.cancelled',
      status: 'succeeded',
      trigger: 'manual',
      attemptCount: 1,
      attemptsBeforeBudget: 0,
      createdAt: 1,
    });
    return manager.save(delivery);
  });
  await allFannedOut();

  const deliveries = await host.dataSource.manager.find(WebhookDelivery);
  expect(deliveries).toHaveLength(600);
  expect(new Set(deliveries.map(({ webhookId }) => webhookId)).size).toBe(600);
  expect(deliveries.filter(({ webhookId }) => webhookId === kept.webhookId)).toEqual([
    expect.objectContaining({ id: 'there-already', status: 'succeeded', trigger: 'manual' }),
  ]);
});
