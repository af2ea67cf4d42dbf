import {
  ALL_CONTRACTS,
  availabilityUpdated,
  bookingUpdated,
  EventFeed,
  Redelivery,
  WebhookDelivery,
  WebhookRegistry,
  WebhooksService,
} from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { Host, sharedServices } from './setup/host.js';
import { RestHost } from './setup/rest-host.js';
import { rowsOf } from './setup/rows.js';
import { until } from './setup/until.js';

let host: Host;
let receiver: TestReceiver;

beforeEach(async () => {
  host = await Host.start({ scheduler: 'in-process', deadlineMs: 20_000 });
  receiver = await TestReceiver.start();
});

afterEach(async () => {
  await receiver.stop();
  await host.stop();
});

function vacancies(count: number, resource = 'availability:P-1', fields = {}) {
  const availability = { id: resource, vacancies: count };
  return availabilityUpdated({ contractId: 'C-1', resourceKey: resource, data: { availability }, ...fields });
}

const deliveries = () => host.dataSource.manager.find(WebhookDelivery, { order: { eventId: 'ASC' } });
const statuses = async () => (await deliveries()).map(({ status }) => status);
const sent = () =>
  receiver.requests.map(({ body }) => {
    const { data } = JSON.parse(body.toString('utf8')) as {
      data: { availability: { id: string; vacancies: number } };
    };
    return data.availability;
  });
const sentOf = (resource: string) =>
  sent().flatMap(({ id, vacancies: count }) => (id === resource ? [count] : []));

it('of a burst of 500 the last state arrives, by a few requests, and the log shows what it stands for', async () => {
  const { id } = await host.subscribe(receiver.url, { coalesceMs: 1_000 });
  await host.webhooks.publish(Array.from({ length: 500 }, (_, index) => vacancies(index)));
  await untilIdle(host.app);

  expect(receiver.requests.length).toBeLessThanOrEqual(5);
  expect(sent().at(-1)).toEqual({ id: 'availability:P-1', vacancies: 499 });
  const rows = await deliveries();
  expect(rows).toHaveLength(500);
  const succeeded = rows.filter(({ status }) => status === 'succeeded');
  expect(succeeded).toHaveLength(receiver.requests.length);
  for (const row of rows.filter(({ status }) => status !== 'succeeded')) {
    expect(row).toMatchObject({ status: 'superseded', dueAt: null, attemptCount: 0, webhookId: id });
    // Each by one that came later and was delivered.
    expect(succeeded.map(({ eventId }) => eventId)).toContain(row.supersededBy);
    expect(row.supersededBy! > row.eventId).toBe(true);
  }
});

it('each resource and each type has its own newest, and nothing stands for a booking', async () => {
  await host.subscribe(receiver.url, { coalesceMs: 200 });
  const booking = (status: string) =>
    bookingUpdated({ contractId: 'C-1', resourceKey: 'availability:P-1', data: { booking: { status } } });
  await host.webhooks.publish([
    vacancies(1),
    vacancies(1, 'availability:P-2'),
    booking('ON_HOLD'),
    booking('CONFIRMED'),
    vacancies(2),
    vacancies(2, 'availability:P-2'),
    vacancies(7, 'none', { resourceKey: undefined }),
    vacancies(8, 'none', { resourceKey: undefined }),
  ]);
  await untilIdle(host.app);
  const bodies = receiver.requests.map(({ body }) => JSON.parse(body.toString('utf8')));
  expect(bodies.filter(({ type }) => type === 'booking.updated')).toHaveLength(2);
  const states = bodies.flatMap(({ data }) => data.availability ?? []);
  const of = (resource: string) => states.filter(({ id }) => id === resource).map(({ vacancies: v }) => v);
  expect(of('availability:P-1')).toEqual([2]);
  expect(of('availability:P-2')).toEqual([2]);
  // What says of no resource that it is about it stands by itself.
  expect(of('none').sort()).toEqual([7, 8]);
});

it('what comes after the newest was sent begins a wait of its own', async () => {
  await host.subscribe(receiver.url, { coalesceMs: 100 });
  await host.webhooks.publish([vacancies(1), vacancies(2)]);
  await untilIdle(host.app);
  await host.webhooks.publish([vacancies(3)]);
  await untilIdle(host.app);
  expect(sentOf('availability:P-1')).toEqual([2, 3]);
  expect(await statuses()).toEqual(['superseded', 'succeeded', 'succeeded']);
});

it('an older state that is fanned out late is not sent after a newer one', async () => {
  await host.subscribe(receiver.url, { coalesceMs: 100 });
  const [older, newer] = await host.webhooks.publish([vacancies(1), vacancies(2)]);
  await untilIdle(host.app);
  // As if the relay that had the older one in hand had been stopped until now.
  await host.dataSource.query('DELETE FROM webhook_delivery WHERE event_id = $1', [older!.id]);
  await host.dataSource.query('UPDATE webhook_event SET fanned_out_at = NULL WHERE id = $1', [older!.id]);
  await host.webhooks.publish([vacancies(0, 'availability:P-9')]);
  await untilIdle(host.app);

  expect(sentOf('availability:P-1')).toEqual([2]);
  const [row] = await host.dataSource.manager.findBy(WebhookDelivery, { eventId: older!.id });
  expect(row).toMatchObject({ status: 'superseded', supersededBy: newer!.id });
});

it('a failed attempt is not repeated once a newer state is known, and one under way is not ended', async () => {
  let answer: (status: number) => void = () => undefined;
  const first = new Promise<number>((resolve) => (answer = resolve));
  receiver.answer(async (_, index) => ({ status: index === 0 ? await first : 204 }));
  await host.subscribe(receiver.url, { coalesceMs: 100 });
  await host.webhooks.publish([vacancies(1)]);
  await until('the first request is under way', () => receiver.requests.length === 1);
  await host.webhooks.publish([vacancies(2)]);
  await until('the second is due', async () => {
    const [, second] = await deliveries();
    return second !== undefined && (second.dueAt ?? Infinity) <= Date.now();
  });
  expect(await statuses()).toEqual(['pending', 'pending']);
  answer(503);
  await untilIdle(host.app);

  expect(sentOf('availability:P-1')).toEqual([1, 2]);
  const [one, two] = await deliveries();
  expect(one).toMatchObject({
    status: 'superseded',
    attemptCount: 1,
    lastStatusCode: 503,
    supersededBy: two!.eventId,
  });
  expect(two).toMatchObject({ status: 'succeeded', attemptCount: 1 });
});

it('a receiver that was away gets the newest state of each resource when it is back, and none from before', async () => {
  receiver.answer(() => ({ status: 503 }));
  await host.stop();
  host = await Host.start({ scheduler: 'in-process', retryDelaysMs: [400, 400, 400, 400, 400, 400, 400] });
  await host.subscribe(receiver.url, { coalesceMs: 100 });
  for (const round of [1, 2, 3]) {
    await host.webhooks.publish([vacancies(round), vacancies(round, 'availability:P-2')]);
    const requests = receiver.requests.length;
    await until('it has failed again', () => receiver.requests.length > requests);
  }
  receiver.answer(() => ({ status: 204 }));
  const failed = receiver.requests.length;
  await untilIdle(host.app);
  const arrived = sent().slice(failed);
  expect(arrived.map(({ id, vacancies: count }) => `${id} ${count}`).sort()).toEqual([
    'availability:P-1 3',
    'availability:P-2 3',
  ]);
  expect((await statuses()).filter((status) => status === 'superseded')).toHaveLength(4);
});

it('with an order the newest is sent in its place', async () => {
  await host.subscribe(receiver.url, { coalesceMs: 200, ordering: 'resource' });
  await host.webhooks.publish(Array.from({ length: 20 }, (_, index) => vacancies(index)));
  await untilIdle(host.app);
  expect(sentOf('availability:P-1')).toEqual([19]);
});

it('a limit of attempts a second holds back the newest, not those that it stands for', async () => {
  await host.subscribe(receiver.url, { coalesceMs: 100, maxPerSecond: 1 });
  const resources = ['availability:P-1', 'availability:P-2'];
  await host.webhooks.publish(
    [1, 2, 3].flatMap((count) => resources.map((resource) => vacancies(count, resource))),
  );
  await untilIdle(host.app);
  for (const resource of resources) expect(sentOf(resource)).toEqual([3]);
});

it('a person who sends a superseded one again gets it, whatever is newer', async () => {
  await host.subscribe(receiver.url, { coalesceMs: 100 });
  await host.webhooks.publish([vacancies(1), vacancies(2)]);
  await untilIdle(host.app);
  const [old] = await deliveries();
  await host.app.get(Redelivery).redeliver(ALL_CONTRACTS, old!.id);
  await untilIdle(host.app);
  expect(sentOf('availability:P-1')).toEqual([2, 1]);
  const [again] = await deliveries();
  expect(again).toMatchObject({ status: 'succeeded', supersededBy: null });
});

it('a recovery sends the newest state of what was missed, and leaves what was superseded', async () => {
  const { id } = await host.subscribe(receiver.url, { coalesceMs: 100 });
  await host.webhooks.publish([vacancies(1), vacancies(2)]);
  await untilIdle(host.app);
  await host.registry.deactivate(ALL_CONTRACTS, id);
  await host.webhooks.publish([vacancies(3), vacancies(4), vacancies(5)]);
  await untilIdle(host.app);
  await host.registry.activate(ALL_CONTRACTS, id);
  const since = new Date(Date.now() - 60_000);
  expect(await host.app.get(Redelivery).recover(ALL_CONTRACTS, id, since)).toEqual({ recovered: 3 });
  await untilIdle(host.app);
  expect(sentOf('availability:P-1')).toEqual([2, 5]);
  expect(await statuses()).toEqual(['superseded', 'succeeded', 'superseded', 'superseded', 'succeeded']);
});

it('a feed beside the requests holds every event, superseded or not', async () => {
  const { id } = await host.subscribe(receiver.url, { coalesceMs: 100, transport: 'both' });
  await host.webhooks.publish([vacancies(1), vacancies(2), vacancies(3)]);
  await untilIdle(host.app);
  expect((await host.app.get(EventFeed).read(ALL_CONTRACTS, id)).data).toHaveLength(3);
  expect(receiver.requests).toHaveLength(1);
});

it('what waits when a webhook stops to coalesce is sent when its time has come, each by itself', async () => {
  const { id } = await host.subscribe(receiver.url, { coalesceMs: 4_000 });
  await host.webhooks.publish([vacancies(1), vacancies(2)]);
  await host.registry.update(ALL_CONTRACTS, id, { coalesceMs: null });
  await untilIdle(host.app);
  expect(sentOf('availability:P-1').sort()).toEqual([1, 2]);
});

it('coalescing is refused where nothing would ever stand for anything', async () => {
  const refused = (expected: RegExp) => ({
    errors: [expect.objectContaining({ field: 'coalesceMs', expected: expect.stringMatching(expected) })],
  });
  const bookings = { eventTypes: ['booking.*', 'product.added'], coalesceMs: 5_000 };
  await expect(host.subscribe(receiver.url, bookings)).rejects.toMatchObject(
    refused(/'availability\.updated'/),
  );
  const { id } = await host.subscribe(receiver.url, { ...bookings, eventTypes: ['availability_update'] });
  await expect(host.registry.update(ALL_CONTRACTS, id, { eventTypes: ['booking.*'] })).rejects.toMatchObject(
    refused(/send null/),
  );
  await expect(host.registry.update(ALL_CONTRACTS, id, { transport: 'pull' })).rejects.toMatchObject(
    refused(/another transport/),
  );
  await host.registry.update(ALL_CONTRACTS, id, { eventTypes: ['booking.*'], coalesceMs: null });
});

describe('by a clock that is set', () => {
  it('the newest is sent when the first has waited for coalesceMs, not before and not later', async () => {
    let now = Date.UTC(2030, 0, 1);
    const timed = await RestHost.start({
      platform: 'express',
      sweepIntervalMs: 20,
      replaced: { clock: { now: () => now } },
    });
    try {
      const registry = timed.app.get(WebhookRegistry);
      const webhooks = timed.app.get(WebhooksService);
      const webhook = { contractId: 'C-1', url: receiver.url, eventTypes: ['*'], coalesceMs: 60_000 };
      await registry.create(ALL_CONTRACTS, webhook);
      const fannedOut = (count: number) =>
        until(`${count} deliveries are there`, async () => {
          return (await timed.dataSource.manager.count(WebhookDelivery)) === count;
        });
      /** Longer than several sweeps, each of which would wake a lane that has something due. */
      const sweeps = () => new Promise((resolve) => setTimeout(resolve, 200));

      await webhooks.publish([vacancies(1)]);
      await fannedOut(1);
      now += 59_000;
      await webhooks.publish([vacancies(2), vacancies(3)]);
      await fannedOut(3);
      now += 999;
      await sweeps();
      expect(receiver.requests).toHaveLength(0);
      now += 1;
      await until('it is sent', () => receiver.requests.length > 0);
      await untilIdle(timed.app);
      expect(sentOf('availability:P-1')).toEqual([3]);
    } finally {
      await timed.stop();
    }
  });
});

describe('a process that is killed', () => {
  /** The statement that supersedes goes through, and nothing of this process after it. */
  function dieAfterSuperseding({ dataSource }: Host): Promise<void> {
    const query = dataSource.query.bind(dataSource);
    return new Promise((died) => {
      const spied = jest.spyOn(dataSource, 'query');
      let dead = false;
      spied.mockImplementation(async (sql: string, ...others: unknown[]) => {
        if (dead) throw new Error('The process is gone.');
        const answer: unknown = await query(sql, ...(others as []));
        if (!sql.includes(`'superseded'`)) return answer;
        dead = true;
        died();
        throw new Error('The process is gone.');
      });
    });
  }

  it('after it has superseded, and before it has sent, leaves the newest to the next one, due at once', async () => {
    await host.stop();
    const shared = await sharedServices();
    const first = await Host.start({ shared, scheduler: 'in-process', deadlineMs: 500, sliceMs: 200 });
    await first.subscribe(receiver.url, { coalesceMs: 200 });
    const died = dieAfterSuperseding(first);
    await first.webhooks.publish([vacancies(1), vacancies(2), vacancies(3)]);
    await died;
    await first.app.close();
    jest.restoreAllMocks();
    expect(receiver.requests).toHaveLength(0);
    const rows = await rowsOf<{ status: string; due_at: string | null; created_at: string }>(
      shared.database.url,
      'SELECT status, due_at, created_at FROM webhook_delivery ORDER BY event_id',
    );
    expect(rows.map(({ status }) => status)).toEqual(['superseded', 'superseded', 'pending']);
    expect(Number(rows[2]!.due_at)).toBe(Number(rows[0]!.created_at) + 200);

    host = await Host.start({ shared, scheduler: 'in-process' });
    await untilIdle(host.app);
    expect(sentOf('availability:P-1')).toEqual([3]);
    await host.stop();
    await shared.database.drop();
    host = await Host.start({ scheduler: 'in-process' });
  });
});

it('a delivery that another worker has the lane of is not superseded', async () => {
  const { id } = await host.subscribe(receiver.url, { coalesceMs: 100 });
  await host.dataSource.query(
    `UPDATE webhook_lane SET lease_token = 'elsewhere', lease_until = $2 WHERE webhook_id = $1`,
    [id, Date.now() + 3_600_000],
  );
  await host.webhooks.publish([vacancies(1), vacancies(2)]);
  await until('both are due', async () => {
    const rows = await deliveries();
    return rows.length === 2 && rows.every(({ dueAt }) => (dueAt ?? Infinity) < Date.now());
  });
  expect(await statuses()).toEqual(['pending', 'pending']);
  await host.dataSource.query('UPDATE webhook_lane SET lease_token = NULL, lease_until = NULL');
  await untilIdle(host.app);
  expect(await statuses()).toEqual(['superseded', 'succeeded']);
});

it('a webhook that does not coalesce takes no statement for it', async () => {
  await host.subscribe(receiver.url);
  host.statements.clear();
  await host.webhooks.publish([vacancies(1), vacancies(2)]);
  await untilIdle(host.app);
  expect(receiver.requests).toHaveLength(2);
  expect(host.statements.statements.filter((sql) => sql.includes(`'superseded'`))).toEqual([]);
});
