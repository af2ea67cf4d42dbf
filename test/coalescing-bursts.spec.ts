import {
  ALL_CONTRACTS,
  availabilityUpdated,
  productUpdated,
  Redelivery,
  WebhookDelivery,
  WebhookRegistry,
  WebhooksService,
} from 'nestjs-booking-webhooks';
import type { ReceivedRequest } from 'nestjs-booking-webhooks/testing';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { randomOf } from './chaos/random.js';
import type { HostOptions, SharedServices } from './setup/host.js';
import { Host, sharedServices } from './setup/host.js';
import { RestHost } from './setup/rest-host.js';
import { until } from './setup/until.js';
import { WorkerProcesses } from './setup/worker-processes.js';

let receiver: TestReceiver;

beforeEach(async () => {
  receiver = await TestReceiver.start();
});
afterEach(() => receiver.stop());

function state(resource: string, version: number) {
  return availabilityUpdated({
    contractId: 'C-1',
    resourceKey: resource,
    data: { availability: { id: resource, vacancies: version } },
  });
}

function read({ body }: ReceivedRequest): { resource: string; version: number } {
  const { data } = JSON.parse(body.toString('utf8')) as {
    data: { availability: { id: string; vacancies: number } };
  };
  return { resource: data.availability.id, version: data.availability.vacancies };
}

const versionsOf = (resource: string, requests = receiver.requests) =>
  requests
    .map(read)
    .filter((one) => one.resource === resource)
    .map(({ version }) => version);

const due = (host: Host, count: number) =>
  until(`${count} deliveries are due`, async () => {
    const rows = await host.dataSource.manager.find(WebhookDelivery);
    return rows.length === count && rows.every(({ dueAt }) => (dueAt ?? Infinity) < Date.now());
  });

/** As while another worker has the lane. */
const hold = (host: Host, webhookId: string) =>
  host.dataSource.query(
    `UPDATE webhook_lane SET lease_token = 'elsewhere', lease_until = $2 WHERE webhook_id = $1`,
    [webhookId, Date.now() + 3_600_000],
  );
const letGo = (host: Host) =>
  host.dataSource.query('UPDATE webhook_lane SET lease_token = NULL, lease_until = NULL');

describe('in one process', () => {
  let host: Host;
  const start = async (options: HostOptions = {}) => {
    host = await Host.start({ scheduler: 'in-process', deadlineMs: 20_000, ...options });
  };
  afterEach(() => host.stop());

  it.each([
    ['none', undefined],
    ['resource', undefined],
    ['none', 1_000],
  ] as const)(
    'of more resources than a turn looks at, each has only its newest state sent (ordering %p, maxPerSecond %p)',
    async (ordering, maxPerSecond) => {
      await start({ sliceSize: 10 });
      const { id } = await host.subscribe(receiver.url, {
        coalesceMs: 100,
        ordering,
        maxInFlight: 10,
        ...(maxPerSecond && { maxPerSecond }),
      });
      await hold(host, id);
      const resources = Array.from({ length: 6 }, (_, number) => `P-${number}`);
      for (const resource of resources)
        await host.webhooks.publish(Array.from({ length: 25 }, (_, version) => state(resource, version)));
      await due(host, 150);
      await letGo(host);
      await untilIdle(host.app);
      for (const resource of resources) expect([resource, versionsOf(resource)]).toEqual([resource, [24]]);
    },
  );

  it('a state that becomes known while older ones are superseded is not sent beside the one before it', async () => {
    await start();
    await host.subscribe(receiver.url, { coalesceMs: 100, maxInFlight: 10 });
    const { dataSource } = host;
    const query = dataSource.query.bind(dataSource);
    const spied = jest.spyOn(dataSource, 'query');
    let published = false;
    spied.mockImplementation(async (sql: string, ...others: unknown[]) => {
      const answer: unknown = await query(sql, ...(others as []));
      if (!published && sql.includes(`'superseded'`)) {
        published = true;
        await host.webhooks.publish(state('P-1', 3));
        await until('it is fanned out', async () => (await dataSource.manager.count(WebhookDelivery)) === 3);
        await query('UPDATE webhook_delivery SET due_at = 1 WHERE due_at IS NOT NULL AND due_at > $1', [
          Date.now(),
        ]);
      }
      return answer;
    });
    let atOnce = 0;
    let most = 0;
    receiver.answer(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setTimeout(resolve, 100));
      atOnce -= 1;
      return { status: 204 };
    });
    await host.webhooks.publish([state('P-1', 1), state('P-1', 2)]);
    await untilIdle(host.app);
    spied.mockRestore();
    expect(published).toBe(true);
    expect(versionsOf('P-1')).toEqual([2, 3]);
    expect(most).toBe(1);
  });

  it('a worker that has lost its lane supersedes nothing and sends nothing', async () => {
    await start();
    const { id } = await host.subscribe(receiver.url, { coalesceMs: 100 });
    const { dataSource } = host;
    const query = dataSource.query.bind(dataSource);
    const spied = jest.spyOn(dataSource, 'query');
    let lost: Promise<unknown> | undefined;
    let answered = false;
    spied.mockImplementation(async (sql: string, ...others: unknown[]) => {
      if (!sql.includes(`'superseded'`)) return query(sql, ...(others as []));
      await (lost ??= hold(host, id));
      const answer: unknown = await query(sql, ...(others as []));
      answered = true;
      return answer;
    });
    await host.webhooks.publish([state('P-1', 1), state('P-1', 2)]);
    await until('it has tried', () => answered);
    spied.mockRestore();
    const rows = await dataSource.manager.find(WebhookDelivery);
    expect(rows.map(({ status }) => status)).toEqual(['pending', 'pending']);
    expect(receiver.requests).toEqual([]);
    await letGo(host);
    await untilIdle(host.app);
    expect(versionsOf('P-1')).toEqual([2]);
  });

  it('two types about one resource each have their newest, neither stands for the other', async () => {
    await start();
    await host.subscribe(receiver.url, { coalesceMs: 100 });
    const product = (version: number) =>
      productUpdated({ contractId: 'C-1', resourceKey: 'P-1', data: { product: { id: 'P-1', version } } });
    await host.webhooks.publish([state('P-1', 1), product(1), state('P-1', 2), product(2), state('P-1', 3)]);
    await untilIdle(host.app);
    const told = receiver.requests.map(({ body }) => {
      const { type, data } = JSON.parse(body.toString('utf8'));
      return [type, data.availability?.vacancies ?? data.product.version];
    });
    expect(told.sort()).toEqual([
      ['availability.updated', 3],
      ['product.updated', 2],
    ]);
    const rows = await host.dataSource.manager.find(WebhookDelivery, { order: { eventId: 'ASC' } });
    const [, , , lastProduct, lastState] = rows.map(({ eventId }) => eventId);
    expect(rows.map(({ supersededBy }) => supersededBy)).toEqual([
      lastState,
      lastProduct,
      lastState,
      null,
      null,
    ]);
  });

  it('the newest that waits for its retry keeps waiting, though an older one comes late', async () => {
    await start({ retryDelaysMs: [3_600_000] });
    await host.subscribe(receiver.url, { coalesceMs: 100 });
    receiver.answer(() => ({ status: 500 }));
    const [older] = await host.webhooks.publish([state('P-1', 1), state('P-1', 2)]);
    await until('the newest has failed', () => receiver.requests.length > 0);
    await until('it waits', async () => {
      const rows = await host.dataSource.manager.find(WebhookDelivery, { order: { eventId: 'ASC' } });
      return rows[1]?.attemptCount === 1;
    });
    // As if the relay that had the older one in hand had been stopped until now.
    await host.dataSource.query('DELETE FROM webhook_delivery WHERE event_id = $1', [older!.id]);
    await host.dataSource.query('UPDATE webhook_event SET fanned_out_at = NULL WHERE id = $1', [older!.id]);
    await until('the older one is superseded', async () => {
      const [row] = await host.dataSource.manager.findBy(WebhookDelivery, { eventId: older!.id });
      return row?.status === 'superseded';
    });
    expect(versionsOf('P-1')).toEqual([2]);
    const [, newest] = await host.dataSource.manager.find(WebhookDelivery, { order: { eventId: 'ASC' } });
    expect(newest!.dueAt).toBeGreaterThan(Date.now() + 1_000_000);
  });

  it('after a state that a person sent at once, no older one that waited follows', async () => {
    await start();
    await host.subscribe(receiver.url, { coalesceMs: 2_000 });
    const [, second] = await host.webhooks.publish([1, 2].map((version) => state('P-1', version)));
    await until('both wait', async () => (await host.dataSource.manager.count(WebhookDelivery)) === 2);
    const { id } = await host.dataSource.manager.findOneByOrFail(WebhookDelivery, { eventId: second!.id });
    await host.app.get(Redelivery).redeliver(ALL_CONTRACTS, id);
    await untilIdle(host.app);
    expect(versionsOf('P-1')).toEqual([2]);
    const rows = await host.dataSource.manager.find(WebhookDelivery, { order: { eventId: 'ASC' } });
    expect(rows).toMatchObject([
      { status: 'superseded', supersededBy: second!.id },
      { status: 'succeeded', supersededBy: null },
    ]);
  });
});

it('a burst without end has a state sent in every window, each the newest of its time', async () => {
  let now = Date.UTC(2030, 0, 1);
  const timed = await RestHost.start({
    platform: 'express',
    sweepIntervalMs: 20,
    replaced: { clock: { now: () => now } },
  });
  try {
    const webhook = { contractId: 'C-1', url: receiver.url, eventTypes: ['*'], coalesceMs: 60_000 };
    await timed.app.get(WebhookRegistry).create(ALL_CONTRACTS, webhook);
    const left = () => timed.dataSource.manager.find(WebhookDelivery);
    const sentWhen: [version: number, second: number][] = [];
    for (let version = 1; version <= 30; version += 1) {
      await timed.app.get(WebhooksService).publish(state('P-1', version));
      await until('it is fanned out', async () => (await left()).length === version);
      now += 10_000;
      await until('nothing is due', async () =>
        (await left()).every(({ dueAt }) => (dueAt ?? Infinity) > now),
      );
      for (const sent of versionsOf('P-1').slice(sentWhen.length)) sentWhen.push([sent, version * 10]);
    }
    // One every ten seconds, the first at second 0. The first of a window waits for a minute, and the sixth is sent in its stead.
    expect(sentWhen).toEqual([6, 12, 18, 24, 30].map((version) => [version, version * 10]));
  } finally {
    await timed.stop();
  }
});

describe('in several processes', () => {
  const RESOURCES = ['P-1', 'P-2', 'P-3'];
  let shared: SharedServices;

  beforeEach(async () => {
    shared = await sharedServices();
  });
  afterEach(() => shared.database.drop());

  /**
   * A supplier's burst: each resource's states one after another, from whichever process.
   *
   * @returns the last version of each resource
   */
  async function burst(hosts: Host[], random: () => number, goesOn: (version: number) => boolean) {
    const publish = async (resource: string): Promise<[string, number]> => {
      let version = 0;
      do {
        version += 1;
        await hosts[Math.floor(random() * hosts.length)]!.webhooks.publish(state(resource, version));
        await new Promise((resolve) => setTimeout(resolve, random() * 20));
      } while (goesOn(version));
      return [resource, version];
    };
    return Promise.all(RESOURCES.map(publish));
  }

  /** @param taken what the receiver said 2xx to */
  function expectNewestOnly(taken: ReceivedRequest[], published: [resource: string, last: number][]): void {
    for (const [resource, last] of published) {
      const versions = versionsOf(resource);
      expect([resource, versions]).toEqual([resource, [...versions].sort((one, other) => one - other)]);
      expect([resource, versionsOf(resource, taken).at(-1)]).toEqual([resource, last]);
      expect(versions.length).toBeLessThan(last);
    }
  }

  it.each([
    [1, {}],
    [2, { ordering: 'resource' }],
    [3, { maxPerSecond: 20 }],
    [4, { ordering: 'resource', maxPerSecond: 20 }],
  ])(
    'no older state follows a newer one, whoever publishes, relays and sends (seed %i, %p)',
    async (seed, fields) => {
      const random = randomOf(seed);
      const taken: ReceivedRequest[] = [];
      receiver.answer(async (request) => {
        await new Promise((resolve) => setTimeout(resolve, random() * 30));
        if (random() < 0.2) return { status: 503 };
        taken.push(request);
        return { status: 204 };
      });
      const hosts: Host[] = [];
      try {
        const options = { shared, pauseAfterFailures: 100, retryDelaysMs: Array(20).fill(50) as number[] };
        for (let count = 0; count < 3; count += 1) hosts.push(await Host.start(options));
        await hosts[0]!.subscribe(receiver.url, { coalesceMs: 150, maxInFlight: 10, ...fields });
        const published = await burst(hosts, random, (version) => version < 60);
        await untilIdle(hosts[0]!.app);
        expectNewestOnly(taken, published);
        const rows = await hosts[0]!.dataSource.manager.find(WebhookDelivery);
        expect(rows).toHaveLength(RESOURCES.length * 60);
        const succeeded = new Set(
          rows.filter(({ status }) => status === 'succeeded').map(({ eventId }) => eventId),
        );
        for (const { status, supersededBy } of rows)
          expect(['succeeded', 'superseded']).toContain(
            status === 'superseded' && !supersededBy ? '' : status,
          );
        expect(succeeded.size).toBe(new Set(taken.map(({ headers }) => headers['webhook-id'])).size);
      } finally {
        for (const { app } of hosts) await app.close();
      }
    },
    120_000,
  );

  it('workers that are killed in the middle of a burst neither lose its newest state nor send an older one after it', async () => {
    const workers = new WorkerProcesses();
    const taken: ReceivedRequest[] = [];
    receiver.answer(async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      taken.push(request);
      return { status: 204 };
    });
    await workers.build();
    const api = await Host.start({ shared, worker: false });
    let killed = 0;
    try {
      // A dead worker's lease ends after a slice, a deadline and two seconds.
      const options = { deadlineMs: 500, sliceMs: 200, sweepIntervalMs: 200 };
      const kills = [await workers.start(shared, options), await workers.start(shared, options)];
      const { id } = await api.subscribe(receiver.url, { coalesceMs: 100, maxInFlight: 10 });
      const bursting = burst([api], randomOf(5), (version) => version < 60 || killed < kills.length);
      for (const kill of kills) {
        const arrived = receiver.requests.length;
        await until('requests arrive', () => receiver.requests.length > arrived, 60_000);
        const replacement = workers.start(shared, options);
        kill();
        await replacement;
        killed += 1;
      }
      const published = await bursting;
      await untilIdle(api.app, { timeoutMs: 60_000 });
      expectNewestOnly(taken, published);
      expect(await api.registry.get(ALL_CONTRACTS, id)).toMatchObject({ status: 'active' });
    } finally {
      killed = Infinity;
      workers.killAll();
      workers.remove();
      await api.app.close();
    }
  }, 180_000);
});
