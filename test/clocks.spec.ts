import { getQueueToken } from '@nestjs/bull';
import { Logger } from '@nestjs/common';
import type { Queue } from 'bull';
import { ALL_CONTRACTS, Redelivery, WebhookDelivery, WebhookEvent } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import type { HostOptions, SharedServices } from './setup/host.js';
import { cancelled, Host, sharedServices } from './setup/host.js';
import { until } from './setup/until.js';

const FIVE_MINUTES_MS = 300_000;

let shared: SharedServices;
let receiver: TestReceiver;
let hosts: Host[];

/** A process on a machine whose clock is off. What it reads once, it keeps, as a process of its own would. */
async function startOnMachineThatIsOffBy(offMs: number, options: HostOptions = {}): Promise<Host> {
  const now = Date.now;
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + offMs);
  try {
    const host = await Host.start({ shared, ...options });
    hosts.push(host);
    return host;
  } finally {
    clock.mockRestore();
  }
}

async function databaseTime(host: Host): Promise<number> {
  const [row]: { now: string }[] = await host.dataSource.query(
    'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now',
  );
  return Number(row?.now);
}

/** The time that a UUIDv7 begins with. */
const timeOfId = (id: string) => parseInt(id.replace('-', '').slice(0, 12), 16);

beforeEach(async () => {
  shared = await sharedServices();
  receiver = await TestReceiver.start();
  hosts = [];
});

afterEach(async () => {
  await receiver.stop();
  for (const host of hosts) await host.app.close();
  await shared.database.drop();
});

it.each([FIVE_MINUTES_MS, -FIVE_MINUTES_MS])(
  'a process that is off by %d ms stores, and makes ids of, the time of the database',
  async (offMs) => {
    const publisher = await startOnMachineThatIsOffBy(offMs, { worker: false });
    const before = await databaseTime(publisher);
    await publisher.webhooks.publish(cancelled('B-1'));
    const after = await databaseTime(publisher);
    const event = await publisher.dataSource.manager.findOneByOrFail(WebhookEvent, {});
    for (const time of [event.createdAt, event.occurredAt, timeOfId(event.id)]) {
      expect(time).toBeGreaterThanOrEqual(before - 50);
      expect(time).toBeLessThanOrEqual(after + 50);
    }
  },
);

// In-process lanes: with Bull's, the job that is in work keeps a second one away, as long as Redis remembers it.
it('workers ten minutes apart keep a lane to one of them', async () => {
  let answer: () => void = () => undefined;
  const answering = new Promise<void>((resolve) => (answer = resolve));
  receiver.answer(async () => {
    await answering;
    return { status: 204 };
  });
  const slow = await startOnMachineThatIsOffBy(-FIVE_MINUTES_MS, {
    scheduler: 'in-process',
    sweepIntervalMs: 50,
    deadlineMs: 60_000,
  });
  const fast = await startOnMachineThatIsOffBy(FIVE_MINUTES_MS, {
    scheduler: 'in-process',
    sweepIntervalMs: 50,
    deadlineMs: 60_000,
  });
  await slow.subscribe(receiver.url);
  await slow.webhooks.publish(cancelled('B-1'));
  await until('the request is in flight', () => receiver.requests.length === 1);

  // The other one looks at the lane again and again, and would take it once it believes that the lease has ended.
  fast.statements.clear();
  await until(
    'the other one has swept ten times',
    () =>
      fast.statements.statements.filter((statement) => statement.includes('WITH RECURSIVE step')).length >=
      10,
  );
  answer();
  await untilIdle(fast.app);
  expect(receiver.requests).toHaveLength(1);
});

it.each(['bull', 'in-process'] as const)(
  'a retry is due when it was meant to be, on machines ten minutes apart, with %s lanes',
  async (scheduler) => {
    const options: HostOptions = { scheduler, retryDelaysMs: [1_500], retryJitter: 0, sweepIntervalMs: 100 };
    const slow = await startOnMachineThatIsOffBy(-FIVE_MINUTES_MS, options);
    await startOnMachineThatIsOffBy(FIVE_MINUTES_MS, options);
    receiver.answer((_, index) => ({ status: index === 0 ? 500 : 204 }));
    await slow.subscribe(receiver.url);
    await slow.webhooks.publish(cancelled('B-1'));
    await untilIdle(slow.app);
    const [first, second] = receiver.requests;
    const waited = (second?.receivedAt ?? 0) - (first?.receivedAt ?? 0);
    expect(waited).toBeGreaterThanOrEqual(1_450);
    expect(waited).toBeLessThan(10_000);
    expect(receiver.requests).toHaveLength(2);
  },
);

it("requests are signed with the database's time, whatever the machine's is", async () => {
  const host = await startOnMachineThatIsOffBy(FIVE_MINUTES_MS + 60_000);
  await host.subscribe(receiver.url);
  await host.webhooks.publish(cancelled('B-1'));
  await untilIdle(host.app);
  const signedAt = Number(receiver.requests[0]?.headers['webhook-timestamp']);
  expect(Math.abs(signedAt - (await databaseTime(host)) / 1_000)).toBeLessThan(30);
});

it('a later wake that Bull hands out too early neither works its lane nor comes again and again', async () => {
  const host = await startOnMachineThatIsOffBy(0, { sweepIntervalMs: 3_600_000 });
  const { id } = await host.subscribe(receiver.url);
  const queue = host.app.get<Queue>(getQueueToken('webhooks'));
  const worked: unknown[] = [];
  queue.on('completed', (job: { id: unknown }) => worked.push(job.id));
  const at = (await databaseTime(host)) + 700;

  // As a worker gets it whose machine is ahead of the one that has set it.
  await queue.add('later', { laneId: id, at }, { removeOnComplete: true });
  await until('the lane was worked', () => worked.includes(id));
  expect(await databaseTime(host)).toBeGreaterThanOrEqual(at);
  expect(worked).toHaveLength(2);
});

it('one line warns when the clock of the machine and that of the database are seconds apart', async () => {
  const warnings = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  await startOnMachineThatIsOffBy(-90_000, { sweepIntervalMs: 3_600_000 });
  await startOnMachineThatIsOffBy(300, { sweepIntervalMs: 3_600_000 });
  const lines = warnings.mock.calls.map(([line]) => String(line)).filter((line) => line.includes('clock'));
  warnings.mockRestore();
  expect(lines).toEqual([expect.stringContaining("90.0 s behind the database's")]);
});

describe('a redelivery that is asked for while an attempt is in flight', () => {
  let answer: (status: number) => void;

  /** A delivery whose next attempt is with the receiver, and was asked for again. */
  async function askedInFlight(options: HostOptions, webhook: Record<string, unknown> = {}): Promise<Host> {
    let release: (status: number) => void = () => undefined;
    const answering = new Promise<number>((resolve) => (release = resolve));
    answer = release;
    receiver.answer(async (_, index) => ({ status: index === 0 ? await answering : 204 }));
    const host = await startOnMachineThatIsOffBy(0, { retryJitter: 0, ...options });
    await host.subscribe(receiver.url, webhook);
    await host.webhooks.publish(cancelled('B-1'));
    await until('the attempt is in flight', () => receiver.requests.length === 1);
    const { id } = await host.dataSource.manager.findOneByOrFail(WebhookDelivery, {});
    // The time that is stored has milliseconds, and the attempt may have begun in this one.
    const began = await databaseTime(host);
    await until('a millisecond has passed', async () => (await databaseTime(host)) > began + 2);
    await host.app.get(Redelivery).redeliver(ALL_CONTRACTS, id);
    return host;
  }

  it('is due at once when the attempt fails, and not when its retry would be', async () => {
    const host = await askedInFlight({ retryDelaysMs: [3_600_000] });
    answer(500);
    await untilIdle(host.app);
    expect(await host.dataSource.manager.find(WebhookDelivery)).toMatchObject([
      { status: 'succeeded', trigger: 'manual', attemptCount: 2, attemptsBeforeBudget: 0 },
    ]);
    expect(receiver.requests).toHaveLength(2);
  });

  it('is sent with a new budget when the attempt was the last of the old one', async () => {
    const host = await askedInFlight({}, { retryOnError: false });
    answer(500);
    await untilIdle(host.app);
    expect(await host.dataSource.manager.find(WebhookDelivery)).toMatchObject([
      { status: 'succeeded', trigger: 'manual', attemptCount: 2, attemptsBeforeBudget: 1 },
    ]);
  });

  it('is done when the attempt succeeds: there is nothing more to send', async () => {
    const host = await askedInFlight({});
    answer(204);
    await untilIdle(host.app);
    expect(await host.dataSource.manager.find(WebhookDelivery)).toMatchObject([
      { status: 'succeeded', attemptCount: 1, dueAt: null },
    ]);
    expect(receiver.requests).toHaveLength(1);
  });
});
