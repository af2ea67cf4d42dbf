import { getQueueToken } from '@nestjs/bull';
import type { Queue } from 'bull';
import { ALL_CONTRACTS, WebhookDelivery } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import type { HostOptions, SharedServices } from './setup/host.js';
import { cancelled, Host, sharedServices } from './setup/host.js';
import { until } from './setup/until.js';

/** What may lie between an attempt's start and its arrival, on a machine with other things to do. */
const ON_THE_WAY_MS = 150;

let shared: SharedServices;
let hosts: Host[];
let receivers: TestReceiver[];

beforeEach(async () => {
  shared = await sharedServices();
  hosts = [];
  receivers = [];
});

afterEach(async () => {
  await Promise.all(receivers.map((one) => one.stop()));
  for (const host of hosts) await host.stop();
  await shared.database.drop();
});

async function start(options: HostOptions = {}): Promise<Host> {
  const host = await Host.start({ shared, ...options });
  hosts.push(host);
  return host;
}

async function receiver(...answering: Parameters<typeof TestReceiver.start>): Promise<TestReceiver> {
  const started = await TestReceiver.start(...answering);
  receivers.push(started);
  return started;
}

function bookings(count: number, fields = {}) {
  return Array.from({ length: count }, (_, number) => cancelled(`B-${number}`, fields));
}

/** The most requests that arrived in any one second, wherever it begins; those on the way for long count as earlier. */
function mostInASecond({ requests }: TestReceiver): number {
  const times = requests.map(({ receivedAt }) => receivedAt).sort((one, other) => one - other);
  const inSecondOf = (begin: number) =>
    times.filter((time) => time >= begin && time < begin + 1_000 - ON_THE_WAY_MS).length;
  return Math.max(...times.map(inSecondOf));
}

it('no second has more attempts than the webhook allows, retries included, by two workers in turn', async () => {
  const options = { retryDelaysMs: [100, 100, 100, 100, 100], pauseAfterFailures: 10_000, sliceSize: 2 };
  const host = await start(options);
  await start(options);
  const limited = await receiver((_, index) => ({ status: index % 4 === 0 ? 503 : 204 }));
  await host.subscribe(limited.url, { maxPerSecond: 4 });
  const turns: Record<string, number> = {};
  for (const [index, { app }] of hosts.entries())
    app.get<Queue>(getQueueToken('webhooks')).on('completed', () => (turns[index] = (turns[index] ?? 0) + 1));

  const begun = Date.now();
  await host.webhooks.publish(bookings(18));
  await untilIdle(host.app);
  expect(limited.requests.length).toBeGreaterThan(20);
  expect(mostInASecond(limited)).toBeLessThanOrEqual(4);
  const seconds = (Date.now() - begun) / 1_000;
  expect(seconds).toBeLessThan((limited.requests.length / 4) * 1.5 + 2);
  expect(Object.keys(turns)).toHaveLength(2);
  // Waiting costs no turns: a wake and a turn for each, and at most four of them a second.
  expect((turns[0] ?? 0) + (turns[1] ?? 0)).toBeLessThan(seconds * 10 + 20);
});

it('the same receiver gets more in a second without a limit, so the limit is what keeps it', async () => {
  const host = await start();
  const unlimited = await receiver();
  await host.subscribe(unlimited.url);
  await host.webhooks.publish(bookings(18));
  await untilIdle(host.app);
  expect(mostInASecond(unlimited)).toBeGreaterThan(4);
});

it('a lane that waits for its next second gives its place to others', async () => {
  const host = await start({ concurrency: 1 });
  const [one, other, unlimited] = [await receiver(), await receiver(), await receiver()];
  await host.subscribe(one.url, { maxPerSecond: 1 });
  await host.subscribe(other.url, { maxPerSecond: 2 });
  await host.subscribe(unlimited.url, { contractId: 'C-2' });
  await host.webhooks.publish(bookings(8));
  await until('both have begun', () => one.requests.length > 0 && other.requests.length > 0);

  const begun = Date.now();
  for (let round = 0; round < 10; round += 1) {
    await host.webhooks.publish(bookings(3, { contractId: 'C-2' }));
    await until('the others get theirs', () => unlimited.requests.length === 3 * (round + 1));
  }
  expect(Date.now() - begun).toBeLessThan(3_000);
  expect(await host.dataSource.manager.countBy(WebhookDelivery, { status: 'pending' })).toBeGreaterThan(4);
  await untilIdle(host.app);
  expect([one.requests.length, other.requests.length]).toEqual([8, 8]);
  expect([mostInASecond(one), mostInASecond(other)]).toEqual([1, 2]);
});

it('probes and redeliveries count as well', async () => {
  const host = await start({
    pauseAfterFailures: 1,
    pauseMs: 50,
    maxPauseMs: 50,
    retryDelaysMs: [1, 1, 1, 1],
  });
  const failing = await receiver((_, index) => ({ status: index < 4 ? 500 : 204 }));
  await host.subscribe(failing.url, { maxPerSecond: 2 });
  await host.webhooks.publish(cancelled('B-1'));
  await untilIdle(host.app);
  expect(failing.requests).toHaveLength(5);
  expect(mostInASecond(failing)).toBe(2);
});

it('a limit may be changed and taken away, and holds from the next turn on', async () => {
  const host = await start();
  const limited = await receiver();
  const { id } = await host.subscribe(limited.url, { maxPerSecond: 1 });
  await host.webhooks.publish(bookings(30));
  await until('the limit holds', () => limited.requests.length === 2);
  await host.registry.update(ALL_CONTRACTS, id, { maxPerSecond: null });
  await untilIdle(host.app, { timeoutMs: 10_000 });
  expect(limited.requests).toHaveLength(30);
  const [lane] = await host.dataSource.query<object[]>(
    'SELECT next_send_at, recent_starts FROM webhook_lane',
  );
  expect(lane).toEqual({ next_send_at: null, recent_starts: null });
});

it('a limit with order: one at a time, in order, none in the second of another', async () => {
  const host = await start({ retryDelaysMs: [10, 10, 10], pauseAfterFailures: 10_000 });
  const limited = await receiver((_, index) => ({ status: index === 1 ? 503 : 204 }));
  await host.subscribe(limited.url, { maxPerSecond: 3, ordering: 'resource' });
  const changes = [0, 1, 2, 3, 4].map((number) =>
    cancelled('B-1', { eventKey: `change-${number}`, resourceKey: 'booking:B-1' }),
  );
  const published = await host.webhooks.publish(changes);
  await untilIdle(host.app);
  const ids = limited.requests.map(({ headers }) => headers['webhook-id']);
  expect([...new Set(ids)]).toEqual(published.map(({ id }) => id));
  expect(mostInASecond(limited)).toBeLessThanOrEqual(3);
});
