import { WebhookDelivery } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { Counter, register, Registry } from 'prom-client';

import { bootRefusal } from './setup/boot-refusal.js';
import { cancelled, Host, sharedServices } from './setup/host.js';
import { until } from './setup/until.js';

const QUIET = { scheduler: 'in-process', sweepIntervalMs: 3_600_000 } as const;

let registry: Registry;
let hosts: Host[];
let receiver: TestReceiver;

beforeEach(async () => {
  registry = new Registry();
  hosts = [];
  receiver = await TestReceiver.start(({ path }) => ({ status: path === '/failing' ? 500 : 204 }));
});
afterEach(async () => {
  await receiver.stop();
  for (const host of hosts) await host.stop();
});

async function start(options: Parameters<typeof Host.start>[0] = {}): Promise<Host> {
  const host = await Host.start({ ...QUIET, metrics: registry, ...options });
  hosts.push(host);
  return host;
}

/** The sample of a series as it is scraped; undefined when there is none. */
async function scraped(series: string, from = registry): Promise<number | undefined> {
  const line = (await from.metrics()).split('\n').find((text) => text.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** A delivery of its own event that has been due for so long. */
async function due(host: Host, webhookId: string, forMs: number, fields: Partial<WebhookDelivery> = {}) {
  const now = Date.now();
  const id = crypto.randomUUID();
  await host.dataSource.manager.insert(WebhookDelivery, {
    id,
    eventId: id,
    webhookId,
    contractId: 'C-1',
    eventType: 'booking.cancelled',
    status: 'pending',
    trigger: 'scheduled',
    attemptCount: 0,
    attemptsBeforeBudget: 0,
    dueAt: now - forMs,
    createdAt: now - forMs,
    ...fields,
  });
}

it('what is published, fanned out, attempted and delivered is counted', async () => {
  const host = await start();
  await host.subscribe(`${receiver.url}/fine`);
  await host.subscribe(`${receiver.url}/fine`);
  await host.webhooks.publish([cancelled('B-1'), cancelled('B-2', { eventKey: 'once' })]);
  const [again] = await host.webhooks.publish(cancelled('B-2', { eventKey: 'once' }));
  expect(again?.duplicate).toBe(true);
  await untilIdle(host.app);

  expect(await scraped('webhooks_events_published_total{type="booking.cancelled"}')).toBe(2);
  expect(await scraped('webhooks_events_fanned_out_total')).toBe(2);
  expect(await scraped('webhooks_deliveries_created_total')).toBe(4);
  expect(await scraped('webhooks_deliveries_total{outcome="succeeded"}')).toBe(4);
  expect(await scraped('webhooks_deliveries_total{outcome="exhausted"}')).toBe(0);
  expect(await scraped('webhooks_attempt_duration_seconds_count{outcome="succeeded"}')).toBe(4);
  const seconds = await scraped('webhooks_attempt_duration_seconds_sum{outcome="succeeded"}');
  expect(seconds).toBeLessThan(10);
});

it('a receiver that fails shows as failed attempts, an exhausted delivery, held ones and a disabled webhook', async () => {
  const host = await start({ retryDelaysMs: [10], pauseAfterFailures: 1_000, maxInFlight: 1 });
  await host.subscribe(`${receiver.url}/failing`, { maxInFlight: 1 });
  await host.webhooks.publish(Array.from({ length: 20 }, (_, number) => cancelled(`B-${number}`)));
  await untilIdle(host.app);
  await until(
    'the webhook is disabled',
    async () => (await scraped('webhooks_registered{status="disabled"}')) === 1,
  );

  const failed = await scraped('webhooks_attempt_duration_seconds_count{outcome="http_status"}');
  expect(failed).toBe(receiver.requests.length);
  const exhausted = await scraped('webhooks_deliveries_total{outcome="exhausted"}');
  expect(exhausted).toBeGreaterThan(0);
  expect(await scraped('webhooks_deliveries_total{outcome="held"}')).toBe(20 - exhausted!);
  expect(await scraped('webhooks_held_deliveries')).toBe(20 - exhausted!);
  expect(await scraped('webhooks_disabled_total{reason="exhausted"}')).toBe(1);
  expect(await scraped('webhooks_registered{status="active"}')).toBe(0);
});

it('the lag is that of the oldest due delivery, receivers that are slow of their own apart', async () => {
  const host = await start({ worker: false });
  const { id: fine } = await host.subscribe(receiver.url);
  const { id: failing } = await host.subscribe(receiver.url);
  const { id: paced } = await host.subscribe(receiver.url, { maxPerSecond: 1 });
  await host.dataSource.query('UPDATE webhook_lane SET consecutive_failures = 3 WHERE webhook_id = $1', [
    failing,
  ]);
  expect(await scraped('webhooks_due_lag_seconds{state="awake"}')).toBe(0);

  await due(host, fine, 60_000);
  await due(host, fine, 30_000);
  await due(host, fine, -60_000);
  await due(host, failing, 600_000);
  await due(host, paced, 500_000);
  await due(host, failing, 900_000, { status: 'succeeded', dueAt: null });

  const awake = await scraped('webhooks_due_lag_seconds{state="awake"}');
  expect(awake).toBeGreaterThanOrEqual(60);
  expect(awake).toBeLessThan(120);
  const slowed = await scraped('webhooks_due_lag_seconds{state="slowed"}');
  expect(slowed).toBeGreaterThanOrEqual(600);
  expect(slowed).toBeLessThan(660);
  expect(await scraped('webhooks_lanes{state="awake"}')).toBe(1);
  expect(await scraped('webhooks_lanes{state="slowed"}')).toBe(2);
});

it('the lag of the relay is the age of the oldest event that is not fanned out', async () => {
  const host = await start({ worker: false });
  expect(await scraped('webhooks_relay_lag_seconds')).toBe(0);
  await host.webhooks.publish([cancelled('B-1'), cancelled('B-2')]);
  await host.dataSource.query(`UPDATE webhook_event SET created_at = created_at - 120000`);
  await host.webhooks.publish(cancelled('B-3'));

  const lag = await scraped('webhooks_relay_lag_seconds');
  expect(lag).toBeGreaterThanOrEqual(120);
  expect(lag).toBeLessThan(180);
});

it('a scrape takes four statements, each along an index, and delivering takes none of them', async () => {
  const { statements, dataSource } = await start({ worker: false });
  statements.clear();
  await registry.metrics();
  const asked = [...statements.statements];
  expect(asked).toHaveLength(4);

  const host = await start();
  await host.subscribe(receiver.url);
  host.statements.clear();
  await host.webhooks.publish(cancelled('B-1'));
  await untilIdle(host.app);
  expect(receiver.requests).toHaveLength(1);
  const begins = asked.map((statement) => statement.slice(0, 60));
  const beside = host.statements.statements.filter((statement) => begins.includes(statement.slice(0, 60)));
  expect(beside).toEqual([]);

  // The planner reads a small table as a whole; an index that it could not use at all, it would not use here either.
  await dataSource.transaction(async (manager) => {
    await manager.query('SET LOCAL enable_seqscan = off');
    for (const [table, index] of [
      ['webhook_delivery AS delivery', 'webhook_delivery_due'],
      ["status = 'held'", 'webhook_delivery_held'],
      ['FROM webhook_event', 'webhook_event_waiting_of_'],
    ] as const) {
      const statement = asked.find((text) => text.includes(table))!;
      const plan: object[] = await manager.query(`EXPLAIN ${statement}`);
      expect(JSON.stringify(plan)).toContain(index);
    }
  });
});

it('while the database does not answer, gauges have no value and everything else is still scraped', async () => {
  const host = await start({ worker: false });
  expect(await scraped('webhooks_held_deliveries')).toBe(0);
  expect(await scraped('webhooks_lanes{state="awake"}')).toBe(0);
  await host.dataSource.destroy();

  expect(await scraped('webhooks_held_deliveries')).toBeUndefined();
  expect(await scraped('webhooks_lanes{state="awake"}')).toBeUndefined();
  expect(await scraped('webhooks_deliveries_total{outcome="succeeded"}')).toBe(0);
  await host.dataSource.initialize();
  expect(await scraped('webhooks_held_deliveries')).toBe(0);
});

it('two applications share a registry, also when one of them has ended', async () => {
  const shared = await sharedServices();
  const first = await start({ shared });
  await first.subscribe(receiver.url);
  const second = await start({ worker: false });
  expect(await scraped('webhooks_registered{status="active"}')).toBe(0);
  await first.webhooks.publish(cancelled('B-1'));
  await second.webhooks.publish(cancelled('B-2'));
  await untilIdle(first.app);
  expect(await scraped('webhooks_events_published_total{type="booking.cancelled"}')).toBe(2);

  hosts.pop();
  await second.stop();
  expect(await scraped('webhooks_registered{status="active"}')).toBe(1);
  hosts.pop();
  await first.stop();
  expect(await scraped('webhooks_registered{status="active"}')).toBeUndefined();
  await shared.database.drop();
});

it('an application that is closed twice leaves the figures to those that go on', async () => {
  const first = await start({ worker: false });
  await first.subscribe(receiver.url);
  const second = await start({ worker: false });
  expect(await scraped('webhooks_registered{status="active"}')).toBe(0);
  await second.app.close();
  await second.app.close();
  expect(await scraped('webhooks_registered{status="active"}')).toBe(1);
});

it('true is the default registry of prom-client', async () => {
  const before = await register.metrics();
  expect(before).not.toContain('webhooks_');
  const host = await start({ metrics: true });
  expect(await scraped('webhooks_registered{status="active"}', register)).toBe(0);
  hosts.pop();
  await host.stop();
  register.clear();
});

it("a metric of the host's that has one of the names stops the application, and says so", async () => {
  new Counter({
    name: 'webhooks_deliveries_total',
    help: 'Mine.',
    labelNames: ['tenant'],
    registers: [registry],
  });
  expect(await bootRefusal({ metrics: registry })).toMatchObject({
    code: 'METRIC_NAME_TAKEN',
    message: expect.stringContaining("a metric 'webhooks_deliveries_total' with other labels"),
  });
});

it('one of another kind does so as well', async () => {
  new Counter({ name: 'webhooks_held_deliveries', help: 'Mine.', registers: [registry] });
  expect(await bootRefusal({ metrics: registry })).toMatchObject({
    code: 'METRIC_NAME_TAKEN',
    subject: 'webhooks_held_deliveries',
    message: expect.stringContaining('of another kind'),
  });
});

it.each([['prometheus'], [null], [{}], [1]])('metrics: %p is refused at boot', async (metrics) => {
  expect(await bootRefusal({ metrics: metrics as never })).toMatchObject({
    code: 'INVALID_OPTION',
    subject: 'metrics',
    message: expect.stringContaining('pass a Registry of prom-client'),
  });
});

it('no name of a webhook, a contract or an address is in a scrape', async () => {
  const host = await start();
  const { id } = await host.subscribe(receiver.url, { contractId: 'C-SECRET' });
  await host.webhooks.publish(cancelled('B-1', { contractId: 'C-SECRET' }));
  await untilIdle(host.app);
  expect(receiver.requests).toHaveLength(1);
  const text = await registry.metrics();
  for (const name of [id, 'C-SECRET', new URL(receiver.url).port, 'B-1']) expect(text).not.toContain(name);
});

it('more webhooks, contracts, bookings and applications are no more series', async () => {
  const host = await start();
  const series = async () =>
    (await registry.metrics())
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.slice(0, line.lastIndexOf(' ')))
      .sort();
  const play = async (contractId: string) => {
    await host.subscribe(receiver.url, { contractId });
    await host.subscribe(`${receiver.url}/failing`, { contractId, retryOnError: false });
    await host.webhooks.publish([cancelled('B-1', { contractId }), cancelled('B-2', { contractId })]);
    await untilIdle(host.app);
  };
  await play('C-1');
  const few = await series();
  for (const contractId of ['C-2', 'C-3', 'C-4']) await play(contractId);
  await start({ worker: false });
  expect(await series()).toEqual(few);
});
