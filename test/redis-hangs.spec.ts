import { getQueueToken } from '@nestjs/bull';
import type { Queue } from 'bull';
import { WebhookDelivery } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { freshDatabase } from './setup/database.js';
import type { HostOptions, SharedServices } from './setup/host.js';
import { cancelled, Host } from './setup/host.js';
import type { OwnRedis } from './setup/redis.js';
import { ownRedis } from './setup/redis.js';
import { rowsOf } from './setup/rows.js';
import { until } from './setup/until.js';

/** What the end may take beyond the turns under way, with room for a machine that is busy. */
const ENDS_WITHIN_MS = 10_000;

jest.setTimeout(30_000);

let redis: OwnRedis;
let shared: SharedServices;
let receiver: TestReceiver;
let hosts: Host[];

async function start(options: HostOptions = {}): Promise<Host> {
  const host = await Host.start({ shared, ...options });
  hosts.push(host);
  return host;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Commands that Redis has not answered. */
function unanswered(host: Host): number {
  const { client } = host.app.get<Queue>(getQueueToken('webhooks'));
  return (client as unknown as { commandQueue: { length: number } }).commandQueue.length;
}

const delivered = () =>
  rowsOf(shared.database.url, `SELECT 1 FROM webhook_delivery WHERE status = 'succeeded'`);

beforeAll(async () => {
  redis = await ownRedis();
});
afterAll(() => redis.stop());

beforeEach(async () => {
  shared = { database: await freshDatabase(), redis: { url: redis.url, prefix: `hangs-${Date.now()}` } };
  receiver = await TestReceiver.start();
  hosts = [];
});

afterEach(async () => {
  await redis.signal('SIGCONT');
  await receiver.stop();
  for (const host of hosts) await host.app.close();
  await shared.database.drop();
});

it.each([true, false])('an application with worker: %s ends although Redis hangs', async (worker) => {
  const host = await start({ worker });
  await host.subscribe(receiver.url);
  await host.webhooks.publish(cancelled('B-1'));
  if (worker) await untilIdle(host.app);

  await redis.signal('SIGSTOP');
  expect(await timed(() => host.app.close())).toBeLessThan(ENDS_WITHIN_MS);
});

it('requests in flight are recorded although Redis hangs before the end', async () => {
  let answer: () => void = () => undefined;
  const answering = new Promise<void>((resolve) => (answer = resolve));
  receiver.answer(async () => {
    await answering;
    return { status: 204 };
  });
  const host = await start();
  await host.subscribe(receiver.url);
  await host.webhooks.publish([cancelled('B-1'), cancelled('B-2')]);
  await until('two requests are in flight', () => receiver.requests.length === 2);

  await redis.signal('SIGSTOP');
  const closing = timed(() => host.app.close());
  answer();
  expect(await closing).toBeLessThan(ENDS_WITHIN_MS);
  expect(await delivered()).toHaveLength(2);
  expect(
    await rowsOf(shared.database.url, 'SELECT 1 FROM webhook_lane WHERE lease_token IS NOT NULL'),
  ).toEqual([]);
});

it('a Redis that hangs at boot keeps nobody from booting, publishing and ending', async () => {
  await redis.signal('SIGSTOP');
  const worker = await start();
  const publisher = await start({ worker: false });
  await worker.subscribe(receiver.url);
  await publisher.webhooks.publish(cancelled('B-1'));
  await worker.webhooks.publish(cancelled('B-2'));
  await until(
    'both are fanned out',
    async () => (await worker.dataSource.manager.count(WebhookDelivery)) === 2,
  );
  expect(await timed(() => publisher.app.close())).toBeLessThan(ENDS_WITHIN_MS);

  await redis.signal('SIGCONT');
  await untilIdle(worker.app);
  expect(await delivered()).toHaveLength(2);
});

it('what a Redis that hangs does not answer does not pile up, and is caught up with', async () => {
  const worker = await start({ sweepIntervalMs: 50 });
  const publisher = await start({ worker: false });
  await worker.subscribe(receiver.url);
  await publisher.webhooks.publish(cancelled('B-0'));
  await untilIdle(worker.app);

  await redis.signal('SIGSTOP');
  const before = Math.max(unanswered(publisher), unanswered(worker));
  for (let number = 1; number <= 200; number += 1) {
    await publisher.webhooks.publish(cancelled(`B-${number}`));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(
    'all are fanned out',
    async () => (await worker.dataSource.manager.count(WebhookDelivery)) === 201,
  );
  // One bulk of wakes, and what Bull asks by its own timers.
  expect(unanswered(publisher)).toBeLessThan(before + 10);
  expect(unanswered(worker)).toBeLessThan(before + 10);

  await redis.signal('SIGCONT');
  await untilIdle(worker.app);
  expect(await delivered()).toHaveLength(201);
});

it('a Redis that is killed and comes back empty on its port is used again without a restart', async () => {
  const worker = await start({ sweepIntervalMs: 200 });
  const publisher = await start({ worker: false });
  await worker.subscribe(receiver.url);
  await publisher.webhooks.publish(cancelled('B-0'));
  await untilIdle(worker.app);

  await redis.signal('SIGSTOP');
  await publisher.webhooks.publish(cancelled('while it hangs'));
  await redis.signal('SIGKILL');
  await publisher.webhooks.publish(cancelled('while it is away'));
  await redis.startAgain();
  await untilIdle(worker.app);
  await publisher.webhooks.publish(cancelled('afterwards'));
  await untilIdle(worker.app);
  expect(await delivered()).toHaveLength(4);
});
