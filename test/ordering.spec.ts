import { getQueueToken } from '@nestjs/bull';
import type { Queue } from 'bull';
import { ALL_CONTRACTS, Redelivery, Webhook, WebhookDelivery, WebhookEvent } from 'nestjs-booking-webhooks';
import type { ReceivedRequest } from 'nestjs-booking-webhooks/testing';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import type { HostOptions, SharedServices } from './setup/host.js';
import { cancelled, Host, sharedServices } from './setup/host.js';
import { until } from './setup/until.js';

const CLOCK = Symbol.for('nestjs-booking-webhooks.clock');
const MANY_QUICK_RETRIES = {
  retryDelaysMs: Array.from({ length: 60 }, () => 20),
  pauseAfterFailures: 10_000,
};
const FIVE_MINUTES = 300_000;

let shared: SharedServices;
let hosts: Host[];
let receiver: TestReceiver;

beforeEach(async () => {
  shared = await sharedServices();
  hosts = [];
  receiver = await TestReceiver.start();
});

afterEach(async () => {
  await receiver.stop();
  for (const host of hosts) await host.stop();
  await shared.database.drop();
});

async function start(options: HostOptions = {}): Promise<Host> {
  const host = await Host.start({ shared, ...options });
  hosts.push(host);
  return host;
}

/** The change `number` of a booking. */
function change(booking: string, number: number) {
  const data = { booking: { id: booking, status: 'CANCELLED', number } };
  return cancelled(booking, { data, resourceKey: `booking:${booking}` } as Partial<
    ReturnType<typeof cancelled>
  >);
}

function received({ body }: ReceivedRequest): { booking: string; number: number } {
  const { booking } = (JSON.parse(body.toString()) as { data: { booking: { id: string; number: number } } })
    .data;
  return { booking: booking.id, number: booking.number };
}

/** The numbers in which each booking's changes arrived, repeats included. */
function arrivals(): Record<string, number[]> {
  const numbers: Record<string, number[]> = {};
  for (const { booking, number } of receiver.requests.map(received)) (numbers[booking] ??= []).push(number);
  return numbers;
}

function overtaken(): number {
  const each = Object.values(arrivals());
  return each.filter((numbers) => numbers.some((number, index) => number < (numbers[index - 1] ?? 0))).length;
}

/** Fails a third of all requests, the same ones in every run of the spec. */
function failsNowAndThen(): void {
  let state = 7;
  receiver.answer(() => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return { status: state % 3 === 0 ? 503 : 204 };
  });
}

/** Each change in a transaction of its own, one booking's after another, by one host and the other in turn. */
async function publishChanges(bookings: number, changes: number): Promise<void> {
  const publishing = Array.from({ length: bookings }, async (_, booking) => {
    for (let number = 0; number < changes; number += 1)
      await hosts[(booking + number) % hosts.length]?.webhooks.publish(change(`B-${booking}`, number));
  });
  await Promise.all(publishing);
}

async function pending(host: Host): Promise<WebhookDelivery[]> {
  return host.dataSource.manager.findBy(WebhookDelivery, { status: 'pending' });
}

describe('two workers and a receiver that fails now and then', () => {
  it.each(['bull', 'in-process'] as const)(
    'a webhook that wants order gets the changes of each booking in the order they happened (%s)',
    async (scheduler) => {
      const host = await start({ ...MANY_QUICK_RETRIES, scheduler, sliceSize: 7, sweepIntervalMs: 100 });
      await start({ ...MANY_QUICK_RETRIES, scheduler, sliceSize: 7, sweepIntervalMs: 100 });
      failsNowAndThen();
      await host.subscribe(receiver.url, { ordering: 'resource' });
      await publishChanges(10, 8);
      await untilIdle(host.app);
      expect(overtaken()).toBe(0);
      const numbers = Object.values(arrivals());
      expect(numbers).toHaveLength(10);
      for (const one of numbers) expect([...new Set(one)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(receiver.requests.length).toBeGreaterThan(80);
    },
  );

  it('one that wants none does not, so the order above is the doing of the lane', async () => {
    const host = await start(MANY_QUICK_RETRIES);
    await start(MANY_QUICK_RETRIES);
    failsNowAndThen();
    await host.subscribe(receiver.url);
    await publishChanges(10, 8);
    await untilIdle(host.app);
    expect(overtaken()).toBeGreaterThan(0);
    expect(await host.dataSource.manager.countBy(WebhookDelivery, { orderKey: 'booking:B-1' })).toBe(0);
  });

  it('order holds while a process believes that it is five minutes later', async () => {
    const options = { ...MANY_QUICK_RETRIES, sweepIntervalMs: 100 };
    const host = await start(options);
    const ahead = await start(options);
    const clock = ahead.app.get<{ now(): number }>(CLOCK);
    const trueTime = clock.now.bind(clock);
    clock.now = () => trueTime() + FIVE_MINUTES;
    failsNowAndThen();
    await host.subscribe(receiver.url, { ordering: 'resource' });
    await publishChanges(6, 5);
    await untilIdle(host.app, { timeoutMs: 60_000 });
    expect(overtaken()).toBe(0);
    // Both have relayed and worked, or the clocks had no chance to differ.
    const created = (await host.dataSource.manager.find(WebhookDelivery)).map(({ createdAt }) => createdAt);
    expect(Math.max(...created) - Math.min(...created)).toBeGreaterThan(FIVE_MINUTES - 60_000);
  });
});

describe('behind a delivery that fails', () => {
  const NO_RETRY_SOON = { retryDelaysMs: [60_000, 60_000], retryJitter: 0, pauseAfterFailures: 10_000 };

  function failsFor(booking: string, number: number): void {
    receiver.answer((request) => {
      const { booking: of, number: which } = received(request);
      return { status: of === booking && which === number ? 500 : 204 };
    });
  }

  it('those of its booking wait, those of others pass, and the lane rests meanwhile', async () => {
    const host = await start(NO_RETRY_SOON);
    failsFor('B-1', 0);
    const { id } = await host.subscribe(receiver.url, { ordering: 'resource' });
    await host.webhooks.publish(change('B-1', 0));
    await until('the first one has failed', async () => (await pending(host))[0]?.attemptCount === 1);
    const turns: unknown[] = [];
    host.app.get<Queue>(getQueueToken('webhooks')).on('completed', (job) => turns.push(job.id));

    await host.webhooks.publish([change('B-1', 1), change('B-2', 0), change('B-1', 2)]);
    await host.webhooks.publish(change('B-2', 1));
    await until('the other booking has passed', () => arrivals()['B-2']?.length === 2);
    await until('those that wait are put off', async () => {
      const due = (await pending(host)).map(({ dueAt }) => dueAt ?? 0);
      return due.length === 3 && Math.min(...due) > Date.now() + 30_000;
    });
    host.statements.clear();
    const sweeps = () =>
      host.statements.statements.filter((one) => one.includes('WITH RECURSIVE step')).length;
    await until('the sweep has looked three times', () => sweeps() >= 3);
    expect(turns.filter((lane) => lane === id).length).toBeLessThan(10);
    expect(arrivals()['B-1']).toEqual([0]);
  });

  it('they wait for a bounded time, and then go in their own order although it still fails', async () => {
    const host = await start({ ...NO_RETRY_SOON, orderingMaxWaitMs: 1_500 });
    failsFor('B-1', 0);
    await host.subscribe(receiver.url, { ordering: 'resource' });
    const publishedAt = Date.now();
    await host.webhooks.publish([0, 1, 2].map((number) => change('B-1', number)));
    await until('all have arrived', () => receiver.requests.length === 3);
    expect(arrivals()['B-1']).toEqual([0, 1, 2]);
    const [first, second, third] = receiver.requests.map(({ receivedAt }) => receivedAt - publishedAt);
    expect(first).toBeLessThan(1_450);
    expect(second).toBeGreaterThanOrEqual(1_450);
    expect(third).toBeGreaterThanOrEqual(1_450);
    await until('the others are recorded', async () => (await pending(host)).length === 1);
    expect((await pending(host)).map(({ attemptCount }) => attemptCount)).toEqual([1]);
  });

  it('they go at once when it has spent its budget', async () => {
    const host = await start({ ...NO_RETRY_SOON, orderingMaxWaitMs: 60_000 });
    failsFor('B-1', 0);
    await host.subscribe(receiver.url, { ordering: 'resource', retryOnError: false });
    await host.webhooks.publish([0, 1].map((number) => change('B-1', number)));
    await untilIdle(host.app);
    expect(arrivals()['B-1']).toEqual([0, 1]);
  });

  it('a person who sends it again moves those behind it as well', async () => {
    const host = await start({ retryDelaysMs: [1_500], retryJitter: 0, pauseAfterFailures: 10_000 });
    failsFor('B-1', 0);
    await host.subscribe(receiver.url, { ordering: 'resource' });
    await host.webhooks.publish([0, 1].map((number) => change('B-1', number)));
    await until('the first one has failed', async () =>
      (await pending(host)).some((one) => one.attemptCount === 1),
    );
    const first = (await pending(host)).find(({ attemptCount }) => attemptCount === 1);
    receiver.answer(() => ({ status: 204 }));
    await host.app.get(Redelivery).redeliver(ALL_CONTRACTS, first?.id ?? '');
    await untilIdle(host.app);
    expect(arrivals()['B-1']).toEqual([0, 0, 1]);
  });
});

it('a worker that has lost its lane does not send what follows', async () => {
  const host = await start({ sweepIntervalMs: 3_600_000 });
  const lane = (sql: string) => host.dataSource.query(`UPDATE webhook_lane SET ${sql}`);
  receiver.answer(async () => {
    if (receiver.requests.length === 1) await lane(`lease_token = 'another worker'`);
    return { status: 204 };
  });
  await host.subscribe(receiver.url, { ordering: 'resource' });
  await host.webhooks.publish([0, 1, 2].map((number) => change('B-1', number)));
  const jobs = host.app.get<Queue>(getQueueToken('webhooks'));
  await until(
    'the turn has ended',
    async () => receiver.requests.length > 0 && (await jobs.getActiveCount()) === 0,
  );
  expect(arrivals()['B-1']).toEqual([0]);
  expect((await pending(host)).map(({ attemptCount }) => attemptCount)).toEqual([0, 0, 0]);
});

it('a later event is not sent while another relay has the earlier one in hand', async () => {
  const api = await start({ worker: false, scheduler: 'in-process' });
  await api.subscribe(receiver.url, { ordering: 'resource' });
  await api.webhooks.publish(change('B-1', 0));
  const relay = api.dataSource.createQueryRunner();
  await relay.startTransaction();
  await relay.query('SELECT 1 FROM webhook_event FOR UPDATE');
  await api.webhooks.publish([change('B-1', 1), change('B-2', 0), change('B-1', 2)]);

  const worker = await start({ sweepIntervalMs: 100 });
  await until('another booking has passed', () => arrivals()['B-2'] !== undefined);
  await until('the later ones have been put off', async () => {
    const rows = await pending(worker);
    return rows.length === 2 && rows.every(({ dueAt, createdAt }) => (dueAt ?? 0) > createdAt);
  });
  expect(arrivals()['B-1']).toBeUndefined();
  await relay.commitTransaction();
  await relay.release();
  await until('everything is fanned out', async () =>
    (await worker.dataSource.manager.find(WebhookEvent)).every(({ fannedOutAt }) => fannedOutAt !== null),
  );
  await untilIdle(worker.app);
  expect(arrivals()['B-1']).toEqual([0, 1, 2]);
});

it('what a recovery brings goes in order, what was missed and what was tried in vain alike', async () => {
  const host = await start(MANY_QUICK_RETRIES);
  const since = new Date(Date.now() - 60_000);
  const { id } = await host.subscribe(receiver.url, { retryOnError: false });
  receiver.answer(() => ({ status: 500 }));
  for (let number = 0; number < 6; number += 1) {
    if (number === 3) await host.registry.deactivate(ALL_CONTRACTS, id);
    await host.webhooks.publish(change('B-1', number));
    await untilIdle(host.app);
  }
  await host.registry.update(ALL_CONTRACTS, id, { ordering: 'resource', retryOnError: true });
  await host.registry.activate(ALL_CONTRACTS, id);
  receiver.requests.length = 0;
  failsNowAndThen();
  expect(await host.app.get(Redelivery).recover(ALL_CONTRACTS, id, since)).toMatchObject({ recovered: 6 });
  await untilIdle(host.app);
  expect(overtaken()).toBe(0);
  expect([...new Set(arrivals()['B-1'])]).toEqual([0, 1, 2, 3, 4, 5]);
});

it('a webhook that wants order from now on lets go what is pending, and no other webhook pays for it', async () => {
  const host = await start({ retryDelaysMs: [60_000], pauseAfterFailures: 10_000 });
  receiver.answer((request) => ({ status: received(request).number === 0 ? 500 : 204 }));
  const { id } = await host.subscribe(receiver.url);
  await host.webhooks.publish(change('B-1', 0));
  await until('it has failed', async () => (await pending(host))[0]?.attemptCount === 1);
  await host.registry.update(ALL_CONTRACTS, id, { ordering: 'resource' });
  expect(await host.dataSource.manager.findOneByOrFail(Webhook, { id })).toMatchObject({
    ordering: 'resource',
  });
  await host.webhooks.publish(change('B-1', 1));
  await until('the later one has arrived', () => receiver.requests.length === 2);
  const rows = await host.dataSource.manager.find(WebhookDelivery, { order: { createdAt: 'ASC' } });
  expect(rows.map(({ orderKey }) => orderKey)).toEqual([null, 'booking:B-1']);
});
