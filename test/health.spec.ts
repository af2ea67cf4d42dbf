import type { Server } from 'node:http';

import { getQueueToken } from '@nestjs/bull';
import { Controller, Get, Inject, Module } from '@nestjs/common';
import { HealthCheck, HealthCheckService, TerminusModule } from '@nestjs/terminus';
import type { Queue } from 'bull';
import { WebhooksHealthIndicator } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import request from 'supertest';

import { freshDatabase } from './setup/database.js';
import type { HostOptions, SharedServices } from './setup/host.js';
import { cancelled, Host } from './setup/host.js';
import type { OwnRedis } from './setup/redis.js';
import { ownRedis } from './setup/redis.js';
import { until } from './setup/until.js';

@Controller('health')
class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(WebhooksHealthIndicator) private readonly webhooks: WebhooksHealthIndicator,
  ) {}

  @Get()
  @HealthCheck()
  check() {
    return this.health.check([() => this.webhooks.isHealthy('webhooks', { maxDueLagMs: 30_000 })]);
  }
}

@Module({ imports: [TerminusModule.forRoot({ logger: false })], controllers: [HealthController] })
class HealthModule {}

let redis: OwnRedis;
let shared: SharedServices;
let hosts: Host[];

beforeAll(async () => {
  redis = await ownRedis();
});
afterAll(() => redis.stop());

beforeEach(async () => {
  shared = { database: await freshDatabase(), redis: { url: redis.url, prefix: `health-${Date.now()}` } };
  hosts = [];
});
afterEach(async () => {
  await redis.signal('SIGCONT');
  for (const host of hosts) await host.app.close();
  await shared.database.drop();
});

async function start(options: HostOptions = {}): Promise<Host> {
  const host = await Host.start({
    shared,
    hostImports: [HealthModule],
    sweepIntervalMs: 3_600_000,
    ...options,
  });
  hosts.push(host);
  return host;
}

async function asked(host: Host) {
  const { status, body } = await request(host.app.getHttpServer() as Server).get('/health');
  return { status, webhooks: body.details.webhooks, text: JSON.stringify(body) };
}

/** A due delivery, from so long ago, of a webhook that nobody works. */
async function due(host: Host, forMs: number): Promise<string> {
  const { id } = await host.subscribe('http://127.0.0.1:9');
  await host.dataSource.query(
    `INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count,
       attempts_before_budget, due_at, created_at)
     VALUES ('d-1', 'e-1', $1, 'C-1', 'booking.cancelled', 'pending', 'scheduled', 0, 0, $2, $2)`,
    [id, Date.now() - forMs],
  );
  return id;
}

it('a host that delivers is up, with its figures', async () => {
  const host = await start();
  const receiver = await TestReceiver.start();
  await host.subscribe(receiver.url);
  await host.webhooks.publish(cancelled('B-1'));
  await untilIdle(host.app);
  await receiver.stop();
  expect(await asked(host)).toMatchObject({
    status: 200,
    webhooks: { status: 'up', dueLagMs: 0, relayLagMs: 0, redis: 'up' },
  });
});

it('without Redis there is nothing to say about it', async () => {
  const host = await start({ scheduler: 'in-process' });
  const { status, webhooks } = await asked(host);
  expect([status, webhooks]).toEqual([200, { status: 'up', dueLagMs: 0, relayLagMs: 0 }]);
});

it('a delivery that has been due for longer than its bound is down, unless its receiver is why', async () => {
  const host = await start({ worker: false });
  const webhookId = await due(host, 40_000);
  const { status, webhooks } = await asked(host);
  expect([status, webhooks]).toEqual([
    503,
    expect.objectContaining({ status: 'down', message: expect.stringContaining('workers enough') }),
  ]);
  expect(webhooks.dueLagMs).toBeGreaterThanOrEqual(40_000);

  await host.dataSource.query(
    'UPDATE webhook_lane SET consecutive_failures = 1, failing_since = 1 WHERE webhook_id = $1',
    [webhookId],
  );
  expect(await asked(host)).toMatchObject({ status: 200, webhooks: { status: 'up', dueLagMs: 0 } });
});

it('an event that has waited for longer than its bound to be fanned out is down', async () => {
  const host = await start({ worker: false });
  await host.webhooks.publish(cancelled('B-1'));
  expect(await asked(host)).toMatchObject({ status: 200 });
  await host.dataSource.query('UPDATE webhook_event SET created_at = created_at - 61000');
  expect(await asked(host)).toMatchObject({
    status: 503,
    webhooks: { message: expect.stringContaining('does a worker run') },
  });
});

it('a queue that somebody has paused is down until it is resumed', async () => {
  const host = await start();
  const queue = host.app.get<Queue>(getQueueToken('webhooks'));
  await queue.pause();
  expect(await asked(host)).toMatchObject({
    status: 503,
    webhooks: { redis: 'paused', message: expect.stringContaining('paused') },
  });
  await queue.resume();
  expect(await asked(host)).toMatchObject({ status: 200, webhooks: { redis: 'up' } });
});

it('a Redis that hangs, or is gone, is down at once, and asked once however often the host is', async () => {
  const host = await start({ worker: false });
  expect(await asked(host)).toMatchObject({ status: 200 });
  await redis.signal('SIGSTOP');
  const { client } = host.app.get<Queue>(getQueueToken('webhooks'));
  const waiting = () => (client as unknown as { commandQueue: { length: number } }).commandQueue.length;
  const answers = await Promise.all([asked(host), asked(host), asked(host)]);
  expect(answers.map(({ webhooks }) => webhooks.redis)).toEqual(['down', 'down', 'down']);
  const question = waiting();
  expect(question).toBeGreaterThan(0);
  expect(await asked(host)).toMatchObject({ status: 503 });
  expect(waiting()).toBe(question);

  await redis.signal('SIGCONT');
  await until('Redis is up again', async () => (await asked(host)).status === 200);
  await redis.signal('SIGKILL');
  await until('Redis is missed', async () => (await asked(host)).webhooks.redis === 'down');
  await redis.startAgain();
  await until('Redis is found', async () => (await asked(host)).status === 200);
});

it('a database that does not answer is down, and its address is told to nobody', async () => {
  const host = await start({ worker: false, scheduler: 'in-process' });
  await host.dataSource.destroy();
  const { status, webhooks, text } = await asked(host);
  expect([status, webhooks]).toEqual([503, { status: 'down', message: 'The database does not answer.' }]);
  expect(text).not.toContain(new URL(shared.database.url).host);
  await host.dataSource.initialize();
  expect(await asked(host)).toMatchObject({ status: 200 });
});

it('without the TerminusModule, its error says what to import', async () => {
  const host = await start({ hostImports: [], scheduler: 'in-process' });
  await expect(host.app.get(WebhooksHealthIndicator).isHealthy()).rejects.toMatchObject({
    code: 'NO_TERMINUS',
    message: expect.stringContaining('TerminusModule of @nestjs/terminus'),
  });
});
