import { getQueueToken } from '@nestjs/bull';
import type { Queue } from 'bull';
import { Webhook, WebhookDelivery } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { cancelled, Host } from './setup/host.js';

let host: Host;
let receiver: TestReceiver;
let jobs = 0;

beforeEach(async () => {
  // The sweep and retention are not part of the path; their statements would be counted by the clock.
  host = await Host.start({ sweepIntervalMs: 3_600_000, deadlineMs: 120_000 });
  receiver = await TestReceiver.start();
  jobs = 0;
  host.app.get<Queue>(getQueueToken('webhooks')).on('completed', () => (jobs += 1));
});

afterEach(async () => {
  await receiver.stop();
  await host.stop();
});

async function webhooks(count: number): Promise<void> {
  for (let start = 0; start < count; start += 50) {
    const batch = Array.from({ length: Math.min(50, count - start) }, () => host.subscribe(receiver.url));
    await Promise.all(batch);
  }
}

/** Publishes, and returns what the engine asks of the database from the commit on. */
async function statementsFor(events: number): Promise<string[]> {
  const bookings = Array.from({ length: events }, (_, number) => cancelled(`B-${number}`));
  await host.dataSource.transaction(async (manager) => {
    await host.webhooks.publish(bookings, { manager });
    host.statements.clear();
  });
  await untilIdle(host.app, { timeoutMs: 90_000 });
  return host.statements.statements.filter((statement) => !statement.includes('events to fan out'));
}

/** As many copies of a webhook as asked for, in one statement. */
async function copies(webhookId: string, count: number): Promise<void> {
  const { columns } = host.dataSource.getMetadata(Webhook);
  const copied = columns.map(({ databaseName: name }) =>
    name === 'id'
      ? 'gen_random_uuid()'
      : name === 'change_seq'
        ? '(SELECT value + 1 FROM webhook_change_counter)'
        : name,
  );
  await host.dataSource.transaction(async (manager) => {
    const names = columns.map(({ databaseName }) => databaseName).join(', ');
    await manager.query(
      `INSERT INTO webhook (${names}) SELECT ${copied.join(', ')} FROM webhook, generate_series(1, $2) WHERE id = $1`,
      [webhookId, count],
    );
    await manager.query('UPDATE webhook_change_counter SET value = value + 1');
  });
}

it.each([1, 100])('publishing %i in the transaction of the host takes one statement', async (events) => {
  // Its statements are those of its callers: nothing is worked there.
  const publisher = await Host.start({ worker: false });
  try {
    const bookings = Array.from({ length: events }, (_, number) => cancelled(`B-${number}`));
    const published = await publisher.dataSource.transaction(async (manager) => {
      publisher.statements.clear();
      await publisher.webhooks.publish(bookings, { manager });
      return [...publisher.statements.statements];
    });
    expect(published).toEqual([expect.stringContaining('INSERT INTO webhook_event')]);
  } finally {
    await publisher.stop();
  }
});

it('1,000 events for one webhook take at most 200 statements, 50 jobs and 30 connections', async () => {
  await webhooks(1);
  const statements = await statementsFor(1_000);
  expect(receiver.requests).toHaveLength(1_000);
  expect(statements.length).toBeLessThanOrEqual(200);
  expect(jobs).toBeLessThanOrEqual(50);
  // Ten in flight. undici hands a connection out again only a moment after its answer has been read, and a slow machine lets
  // some of them go in between.
  expect(receiver.connections).toBeLessThanOrEqual(30);
  console.info(
    `1,000 events to one webhook: ${statements.length} statements, ${jobs} jobs, ${receiver.connections} connections`,
  );
});

it('results of a webhook that takes one request at a time share their statements as well', async () => {
  await host.subscribe(receiver.url, { maxInFlight: 1 });
  const statements = await statementsFor(300);
  expect(receiver.requests).toHaveLength(300);
  const recording = statements.filter((statement) => statement.includes('INSERT INTO webhook_attempt'));
  // A result for itself would be a statement for each, or for every second one while the one before is under way.
  expect(recording.length).toBeLessThanOrEqual(60);
  console.info(`300 events, one request at a time: ${recording.length} statements with results`);
});

it('20 events for each of 200 webhooks take at most 1,000 statements and 600 jobs', async () => {
  await webhooks(200);
  const statements = await statementsFor(20);
  expect(receiver.requests).toHaveLength(4_000);
  // The more the machine has to do besides, the fewer results share a statement.
  expect(statements.length).toBeLessThanOrEqual(1_000);
  expect(jobs).toBeLessThanOrEqual(600);
  console.info(`20 events to each of 200 webhooks: ${statements.length} statements, ${jobs} jobs`);
});

it('one event for 10,000 webhooks is fanned out in at most 100 statements, and delivered in 3,000', async () => {
  const { id } = await host.subscribe(receiver.url);
  await copies(id, 9_999);

  const statements = await statementsFor(1);
  const fannedOut = statements.findIndex((statement) => statement.includes('SET fanned_out_at')) + 1;
  expect(fannedOut).toBeGreaterThan(0);
  expect(fannedOut).toBeLessThanOrEqual(100);
  // Looking for each delivery first takes a quarter of the statement.
  const looking = statements.filter((statement) =>
    /INSERT INTO webhook_delivery .* ON CONFLICT/s.test(statement),
  );
  expect(looking).toEqual([]);
  expect(statements.length).toBeLessThanOrEqual(3_000);
  expect(await host.dataSource.manager.count(WebhookDelivery, { where: { status: 'succeeded' } })).toBe(
    10_000,
  );
  console.info(
    `One event for 10,000 webhooks: ${fannedOut} statements to fan out, ${statements.length} in all, ${jobs} jobs`,
  );
});
