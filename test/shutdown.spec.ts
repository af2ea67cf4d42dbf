import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import type { ReceivedRequest } from 'nestjs-booking-webhooks/testing';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import type { SharedServices } from './setup/host.js';
import { cancelled, Host, sharedServices } from './setup/host.js';
import { rowsOf } from './setup/rows.js';
import { until } from './setup/until.js';

interface DeliveryRow {
  status: string;
  attempt_count: number;
  last_error: string | null;
  due: boolean;
}

let shared: SharedServices;
let receiver: TestReceiver;
/** Lets the receiver answer what it holds back, and everything after it. */
let answer: () => void;

const ids = (requests: ReceivedRequest[]) => requests.map(({ headers }) => headers['webhook-id']);
const deliveries = () =>
  rowsOf<DeliveryRow>(
    shared.database.url,
    `SELECT status, attempt_count, last_error, due_at IS NOT NULL AS due FROM webhook_delivery ORDER BY id`,
  );
const leased = () =>
  rowsOf(
    shared.database.url,
    'SELECT * FROM webhook_lane WHERE lease_token IS NOT NULL OR lease_until IS NOT NULL',
  );

beforeEach(async () => {
  shared = await sharedServices();
  const answering = new Promise<void>((resolve) => (answer = resolve));
  receiver = await TestReceiver.start(async () => {
    await answering;
    return { status: 204 };
  });
});

afterEach(async () => {
  answer();
  await receiver.stop();
  await shared.database.drop();
});

describe.each(['bull', 'in-process'] as const)('with %s lanes', (scheduler) => {
  it('requests in flight finish and are recorded, what was not sent is sent by the next process', async () => {
    const host = await Host.start({ scheduler, shared, deadlineMs: 60_000 });
    await host.subscribe(receiver.url, { maxInFlight: 3 });
    await host.webhooks.publish(Array.from({ length: 12 }, (_, number) => cancelled(`B-${number}`)));
    await until('three requests are in flight', () => receiver.requests.length === 3);

    const closed = host.app.close();
    answer();
    await closed;

    const sent = receiver.requests.length;
    const rows = await deliveries();
    expect(rows).toHaveLength(12);
    expect(rows.filter(({ status }) => status === 'succeeded')).toHaveLength(sent);
    expect(rows.filter(({ status, due }) => status === 'pending' && due)).toHaveLength(12 - sent);
    expect(await rowsOf(shared.database.url, 'SELECT id FROM webhook_attempt')).toHaveLength(sent);
    expect(await leased()).toEqual([]);

    const next = await Host.start({ scheduler, shared });
    await untilIdle(next.app);
    await next.stop();
    expect(receiver.requests).toHaveLength(12);
    expect(new Set(ids(receiver.requests)).size).toBe(12);
  });

  it('a receiver that hangs holds the end up no longer than the deadline, and its attempt is recorded', async () => {
    const host = await Host.start({ scheduler, shared, deadlineMs: 700, retryDelaysMs: [3_600_000] });
    await host.subscribe(receiver.url);
    await host.webhooks.publish([cancelled('B-1'), cancelled('B-2')]);
    await until('two requests hang', () => receiver.requests.length === 2);
    await host.app.close();

    const failed = { status: 'pending', attempt_count: 1, last_error: 'timeout', due: true };
    expect(await deliveries()).toEqual([failed, failed]);
    expect(await leased()).toEqual([]);
  });

  it('what was published and not delivered is delivered by the next process', async () => {
    const host = await Host.start({ scheduler, shared, worker: false });
    await host.subscribe(receiver.url);
    const published = await host.webhooks.publish([cancelled('B-1'), cancelled('B-2'), cancelled('B-3')]);
    await host.app.close();
    expect(receiver.requests).toEqual([]);

    answer();
    const next = await Host.start({ scheduler, shared });
    await untilIdle(next.app);
    await next.stop();
    expect(ids(receiver.requests).sort()).toEqual(published.map(({ id }) => id).sort());
  });

  it('a retry that is due later is left to the next process', async () => {
    const host = await Host.start({ scheduler, shared, retryDelaysMs: [300] });
    await host.subscribe(receiver.url);
    receiver.answer(() => ({ status: 500 }));
    await host.webhooks.publish(cancelled('B-1'));
    await until('the failure was recorded', async () => (await deliveries())[0]?.attempt_count === 1);
    await host.app.close();
    expect(await leased()).toEqual([]);

    receiver.answer(() => ({ status: 204 }));
    const next = await Host.start({ scheduler, shared });
    await untilIdle(next.app);
    await next.stop();
    expect(await deliveries()).toMatchObject([{ status: 'succeeded', attempt_count: 2 }]);
    expect(receiver.requests).toHaveLength(2);
  });

  it('leaves no timer and no connection that keeps the process alive', async () => {
    const before = keepingAlive();
    answer();
    const host = await Host.start({ scheduler, shared });
    await host.subscribe(receiver.url);
    await host.webhooks.publish([cancelled('B-1'), cancelled('B-2')]);
    await untilIdle(host.app);
    // Its keep-alive connections are held by the receiver's side too.
    expect(keepingAlive().length).toBeGreaterThan(before.length);
    await host.app.close();
    await until('sockets and timers are gone', () => keepingAlive().length <= before.length);
    expect(keepingAlive()).toEqual(before);
  });

  it('closing twice is closing once', async () => {
    const host = await Host.start({ scheduler, shared });
    await Promise.all([host.app.close(), host.app.close()]);
    expect(await leased()).toEqual([]);
  });
});

it('a process that only publishes leaves no timer and no connection either', async () => {
  const before = keepingAlive();
  const host = await Host.start({ shared, worker: false });
  await host.webhooks.publish(cancelled('B-1'));
  await host.app.close();
  await until('sockets and timers are gone', () => keepingAlive().length <= before.length);
});

it('requests in flight are recorded although Redis went away before the end', async () => {
  const before = keepingAlive();
  const line = await RedisLine.open(shared.redis.url);
  const host = await Host.start({ shared: { ...shared, redis: { ...shared.redis, url: line.url } } });
  await host.subscribe(receiver.url);
  await host.webhooks.publish([cancelled('B-1'), cancelled('B-2')]);
  await until('two requests are in flight', () => receiver.requests.length === 2);

  await line.cut();
  const closed = host.app.close();
  answer();
  await closed;

  const succeeded = { status: 'succeeded', attempt_count: 1, last_error: null, due: false };
  expect(await deliveries()).toEqual([succeeded, succeeded]);
  expect(await leased()).toEqual([]);
  await until('sockets and timers are gone', () => keepingAlive().length <= before.length);
});

function keepingAlive(): string[] {
  const kinds = ['Timeout', 'Immediate', 'TCPSocketWrap', 'TCPServerWrap', 'GetAddrInfoReqWrap'];
  return process
    .getActiveResourcesInfo()
    .filter((kind) => kinds.includes(kind))
    .sort();
}

/** A way to Redis that can be cut. */
class RedisLine {
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(redisUrl: string): Promise<RedisLine> {
    const { hostname, port } = new URL(redisUrl);
    const server = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const socket of [near, far]) {
        line.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => line.sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    const line = new RedisLine(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    return `redis://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends every connection and takes no new one. */
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}
