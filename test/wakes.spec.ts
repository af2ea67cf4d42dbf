import { getQueueToken } from '@nestjs/bull';
import type { Queue } from 'bull';
import { Redis } from 'ioredis';
import { ALL_CONTRACTS, Redelivery, WebhookDelivery, WebhookEvent } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import type { SharedServices } from './setup/host.js';
import { cancelled, Host, sharedServices } from './setup/host.js';
import { until } from './setup/until.js';

let services: SharedServices;
let hosts: Host[];
let receiver: TestReceiver;

async function start(options: Parameters<typeof Host.start>[0] = {}): Promise<Host> {
  const host = await Host.start({ shared: services, ...options });
  hosts.push(host);
  return host;
}

function queueOf(host: Host): Queue {
  return host.app.get(getQueueToken('webhooks'));
}

/** What FLUSHALL does to this platform, without touching what other specs keep in the same Redis. */
async function loseEveryKey(): Promise<number> {
  const redis = new Redis(services.redis.url);
  const keys = await redis.keys(`${services.redis.prefix}:*`);
  if (keys.length > 0) await redis.del(keys);
  await redis.quit();
  return keys.length;
}

beforeEach(async () => {
  services = await sharedServices();
  hosts = [];
  receiver = await TestReceiver.start();
});

afterEach(async () => {
  await receiver.stop();
  for (const host of hosts) await host.stop();
  await services.database.drop();
});

it('a wake that arrives while its lane works is not lost, without any sweep', async () => {
  const host = await start({ sweepIntervalMs: 3_600_000 });
  let release: () => void = () => undefined;
  receiver.answer(async (_, index) => {
    if (index === 0) await new Promise<void>((resolve) => (release = resolve));
    return { status: 200 };
  });
  await host.subscribe(receiver.url);
  await host.webhooks.publish(cancelled('first'));
  await until('the lane works', () => receiver.requests.length === 1);

  await host.webhooks.publish(cancelled('second'));
  await until(
    'the second event is fanned out',
    async () => (await host.dataSource.manager.count(WebhookDelivery)) === 2,
  );
  release();
  await until('the second event arrived', () => receiver.requests.length === 2);
  await untilIdle(host.app);
});

it('many publishers at once lose no wake, without any sweep', async () => {
  const host = await start({ sweepIntervalMs: 3_600_000, sliceSize: 3 });
  await host.subscribe(receiver.url);
  await Promise.all(
    Array.from({ length: 300 }, (_, number) => host.webhooks.publish(cancelled(`B-${number}`))),
  );
  await untilIdle(host.app);
  expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(300);
});

it('a retry far in the future does not keep new events waiting', async () => {
  const host = await start({ sweepIntervalMs: 3_600_000, retryDelaysMs: [3_600_000] });
  receiver.answer((_, index) => ({ status: index === 0 ? 500 : 200 }));
  await host.subscribe(receiver.url);
  await host.webhooks.publish(cancelled('fails'));
  await until('the delayed wake is set', async () => (await queueOf(host).getDelayedCount()) === 1);
  await host.webhooks.publish(cancelled('fresh'));
  await until('the new event arrived', () => receiver.requests.length === 2);
});

it('losing every key in Redis loses no delivery, due or delayed', async () => {
  const host = await start({ sweepIntervalMs: 200, retryDelaysMs: [600, 600, 600] });
  receiver.answer((_, index) => ({ status: index % 3 === 0 ? 500 : 200 }));
  for (let count = 0; count < 5; count += 1) await host.subscribe(receiver.url);
  await host.webhooks.publish(Array.from({ length: 20 }, (_, number) => cancelled(`B-${number}`)));
  await until('half of it has arrived', () => receiver.requests.length >= 50);
  expect(await loseEveryKey()).toBeGreaterThan(0);

  receiver.answer(() => ({ status: 200 }));
  await untilIdle(host.app);
  expect(await host.dataSource.manager.count(WebhookDelivery, { where: { status: 'succeeded' } })).toBe(100);
});

it('a job that Redis lost while Bull took it does not swallow the wakes of its lane', async () => {
  const host = await start();
  const { id } = await host.subscribe(receiver.url);
  const queue = queueOf(host);
  // In the line, but without a key of its own: as FLUSHALL leaves it between the two steps in which Bull takes a job.
  await queue.client.lpush(queue.toKey('wait'), id);
  await until('Bull has taken it', async () => (await queue.getWaitingCount()) === 0);
  await until('nothing is left of it', async () => (await queue.getJob(id)) === null);
  // Bull would take one that stays there for stalled, and hand it out again and again.
  await until('it is not among the active ones', async () => (await queue.getActiveCount()) === 0);

  await host.webhooks.publish(cancelled('B-1'));
  await untilIdle(host.app);
  expect(receiver.requests).toHaveLength(1);
});

it('a key that Bull left behind without a job does not swallow the wakes of its lane for good', async () => {
  const host = await start({ sweepIntervalMs: 100 });
  const { id } = await host.subscribe(receiver.url);
  const queue = queueOf(host);
  // As FLUSHALL leaves it, where the worker that took the job is killed in the same moment.
  await queue.client.hset(queue.toKey(id), 'processedOn', '1');

  await host.webhooks.publish(cancelled('B-1'));
  await until('it is delivered', () => receiver.requests.length === 1);
  await untilIdle(host.app);
  expect(await queue.client.exists(queue.toKey(id))).toBe(0);
});

it('finished turns leave nothing behind in Redis, whatever the backlog was', async () => {
  const host = await start();
  for (let count = 0; count < 3; count += 1) await host.subscribe(receiver.url);
  await host.webhooks.publish(Array.from({ length: 500 }, (_, number) => cancelled(`B-${number}`)));
  const { waiting, active } = await queueOf(host).getJobCounts();
  expect(waiting + active).toBeLessThanOrEqual(4);
  await untilIdle(host.app);
  await until('the last jobs are gone', async () => {
    const counts = await queueOf(host).getJobCounts();
    return Object.values(counts).every((count) => count === 0);
  });
});

it('a job carries a webhook id and no data of an event', async () => {
  const publisher = await start({ worker: false });
  const worker = await start();
  const { id } = await worker.subscribe(receiver.url);
  const jobs: { id: unknown; data: unknown }[] = [];
  queueOf(worker).on('active', (job: { id: unknown; data: unknown }) =>
    jobs.push({ id: job.id, data: job.data }),
  );
  await publisher.webhooks.publish(cancelled('B-1'));
  await untilIdle(worker.app);
  expect(jobs).toContainEqual({ id, data: {} });
  expect(JSON.stringify(jobs)).not.toContain('B-1');
});

it('a process without workers publishes, and the next one to work delivers', async () => {
  const publisher = await start({ worker: false });
  await publisher.subscribe(receiver.url);
  await publisher.webhooks.publish([cancelled('B-1'), cancelled('B-2')]);
  expect(await publisher.dataSource.manager.count(WebhookDelivery)).toBe(0);

  const worker = await start();
  await untilIdle(worker.app);
  expect(receiver.requests).toHaveLength(2);
});

it('a process without workers rings for one that has, without any sweep', async () => {
  const worker = await start({ sweepIntervalMs: 3_600_000 });
  const publisher = await start({ worker: false });
  await publisher.subscribe(receiver.url);
  for (let number = 0; number < 20; number += 1) {
    await publisher.webhooks.publish(cancelled(`B-${number}`));
    await until(`event ${number} arrived`, () => receiver.requests.length === number + 1);
  }
  await untilIdle(worker.app);
});

it('a relay does not ask again and again for events that another one has in hand', async () => {
  const worker = await start({ sweepIntervalMs: 3_600_000 });
  const publisher = await start({ worker: false });
  await worker.subscribe(receiver.url);
  const turns: unknown[] = [];
  queueOf(worker).on('completed', ({ id }: { id: unknown }) => turns.push(id));

  const other = worker.dataSource.createQueryRunner();
  await other.startTransaction();
  await worker.webhooks.publish(cancelled('in hand'), { manager: other.manager });
  await other.query('COMMIT');
  await other.query('BEGIN');
  await other.query('SELECT 1 FROM webhook_event WHERE fanned_out_at IS NULL FOR UPDATE');
  for (let number = 0; number < 20; number += 1) {
    await publisher.webhooks.publish(cancelled(`B-${number}`));
    await until(`event ${number} arrived`, () => receiver.requests.length === number + 1);
  }
  expect(turns.filter((id) => id === 'relay').length).toBeLessThanOrEqual(30);
  await other.rollbackTransaction();
  await other.release();
});

it('a relay whose fan-out fails leaves the next try to the sweep', async () => {
  const worker = await start({ sweepIntervalMs: 3_600_000 });
  const publisher = await start({ worker: false });
  await worker.subscribe(receiver.url);
  await publisher.webhooks.publish(cancelled('B-0'));
  await untilIdle(worker.app);
  const deliveries = worker.dataSource.getRepository(WebhookDelivery);
  const { id: deliveryId } = await deliveries.findOneByOrFail({});
  const turns: unknown[] = [];
  queueOf(worker).on('completed', ({ id }: { id: unknown }) => turns.push(id));

  await worker.dataSource.query(
    `ALTER TABLE webhook_event ADD CONSTRAINT refusal CHECK (fanned_out_at IS NULL) NOT VALID`,
  );
  await publisher.webhooks.publish(cancelled('B-1'));
  await until('the fan-out has failed', () => turns.includes('relay'));
  for (let number = 1; number <= 20; number += 1) {
    await worker.app.get(Redelivery).redeliver(ALL_CONTRACTS, deliveryId);
    // Its record, not its request: what is asked for while an attempt is in flight is done when that one succeeds.
    await until(`redelivery ${number} is recorded`, async () => {
      const { status, attemptCount } = await deliveries.findOneByOrFail({ id: deliveryId });
      return status === 'succeeded' && attemptCount === number + 1;
    });
  }
  expect(turns.filter((id) => id === 'relay')).toHaveLength(1);
  await worker.dataSource.query('ALTER TABLE webhook_event DROP CONSTRAINT refusal');
});

it('an event committed after a webhook was created matches it, whichever process relays', async () => {
  const [first, second] = [await start(), await start()];
  const expected: string[] = [];
  for (let round = 0; round < 25; round += 1) {
    const [creates, publishes] = round % 2 === 0 ? [first, second] : [second, first];
    await creates.subscribe(`${receiver.url}/${round}`, { contractId: `C-${round}` });
    await publishes.webhooks.publish(cancelled('B', { contractId: `C-${round}` }));
    expected.push(`/${round}`);
  }
  await untilIdle(first.app);
  expect(receiver.requests.map(({ path }) => path).sort()).toEqual(expected.sort());
});

it('an event committed after a webhook was switched off or deleted passes it by, whichever process relays', async () => {
  const [first, second] = [await start(), await start()];
  const off = await first.subscribe(`${receiver.url}/off`);
  const deleted = await first.subscribe(`${receiver.url}/deleted`);
  await first.subscribe(`${receiver.url}/on`);
  await second.webhooks.publish(cancelled('before'));
  await untilIdle(first.app);
  expect(receiver.requests).toHaveLength(3);

  const scope = 'C-1';
  await first.registry.deactivate(scope, off.id);
  await second.registry.delete(scope, deleted.id);
  for (const publisher of [first, second]) {
    await publisher.webhooks.publish(cancelled('after'));
    await untilIdle(first.app);
  }
  expect(receiver.requests.slice(3).map(({ path }) => path)).toEqual(['/on', '/on']);
  expect(await first.dataSource.manager.count(WebhookDelivery, { where: { webhookId: off.id } })).toBe(1);
});

it('rows that commit out of the order of their ids are all relayed', async () => {
  const host = await start();
  await host.subscribe(receiver.url);
  const slow = host.dataSource.createQueryRunner();
  await slow.startTransaction();
  await host.webhooks.publish(cancelled('early id, late commit'), { manager: slow.manager });
  await host.webhooks.publish(cancelled('late id, early commit'));
  await until('the later one arrived', () => receiver.requests.length === 1);
  await slow.commitTransaction();
  await slow.release();
  await untilIdle(host.app);
  expect(receiver.requests).toHaveLength(2);
  expect(await host.dataSource.manager.countBy(WebhookEvent, {})).toBe(2);
});

it('a commit that TypeORM does not see is found by the sweep', async () => {
  const host = await start({ sweepIntervalMs: 100 });
  await host.subscribe(receiver.url);
  const raw = host.dataSource.createQueryRunner();
  await raw.startTransaction();
  await host.webhooks.publish(cancelled('B-1'), { manager: raw.manager });
  await raw.query('COMMIT');
  await until('the event arrived', () => receiver.requests.length === 1);
  await raw.query('BEGIN');
  await raw.rollbackTransaction();
  await raw.release();
});
