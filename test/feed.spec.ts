import type { FedEvent, FeedPage } from 'nestjs-booking-webhooks';
import {
  ALL_CONTRACTS,
  bookingUpdated,
  EventFeed,
  FeedCursorExpiredError,
  Redelivery,
  Retention,
  Webhook,
} from 'nestjs-booking-webhooks';
import { verifyStandard } from 'nestjs-booking-webhooks/receiver';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import type { QueryRunner } from 'typeorm';

import type { SharedServices } from './setup/host.js';
import { cancelled, Host, sharedServices } from './setup/host.js';
import { until } from './setup/until.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

let host: Host;
let receiver: TestReceiver | undefined;
let open: QueryRunner | undefined;
/** Of processes that come one after the other. */
let shared: SharedServices | undefined;

beforeEach(async () => {
  host = await Host.start({
    scheduler: 'in-process',
    retentionIntervalMs: 3_600_000,
    sweepIntervalMs: 3_600_000,
  });
});

afterEach(async () => {
  await open?.release();
  await receiver?.stop();
  await host.stop();
  await shared?.database.drop();
  open = receiver = shared = undefined;
});

const feed = (id: string, query: { after?: string; limit?: number } = {}): Promise<FeedPage> =>
  host.app.get(EventFeed).read(ALL_CONTRACTS, id, query);
const ids = ({ data }: { data: FedEvent[] }) => data.map(({ id }) => id);

async function pulled(fields: Record<string, unknown> = {}): Promise<string> {
  const { id } = await host.registry.create(ALL_CONTRACTS, {
    contractId: 'C-1',
    eventTypes: ['*'],
    transport: 'pull',
    ...fields,
  });
  return id;
}

async function publish(...bookings: string[]): Promise<string[]> {
  const published = await host.webhooks.publish(bookings.map((booking) => cancelled(booking)));
  await untilIdle(host.app);
  return published.map(({ id }) => id);
}

it('a webhook without a URL gets its events from its feed, page by page, and nothing is sent', async () => {
  const id = await pulled();
  const published = await publish('B-1', 'B-2', 'B-3');

  const first = await feed(id, { limit: 2 });
  expect(ids(first)).toEqual(published.slice(0, 2));
  expect(first.hasMore).toBe(true);
  const second = await feed(id, { after: first.nextCursor, limit: 2 });
  expect(ids(second)).toEqual(published.slice(2));
  expect(second.hasMore).toBe(false);

  const nothing = await feed(id, { after: second.nextCursor });
  expect(nothing).toEqual({ data: [], nextCursor: second.nextCursor, hasMore: false });
  expect(ids(await feed(id))).toEqual(published);
  const rows = await host.dataSource.query('SELECT status, due_at, attempt_count FROM webhook_delivery');
  expect(rows).toEqual(Array(3).fill({ status: 'offered', due_at: null, attempt_count: 0 }));
});

it('an empty feed gives a cursor that what follows is found by', async () => {
  const id = await pulled();
  const { nextCursor, ...empty } = await feed(id);
  expect(empty).toEqual({ data: [], hasMore: false });
  const published = await publish('B-1');
  expect(ids(await feed(id, { after: nextCursor }))).toEqual(published);
});

it('an event that commits late comes after those that have been read, and is never passed by', async () => {
  const id = await pulled();
  open = host.dataSource.createQueryRunner();
  await open.startTransaction();
  const [late] = await host.webhooks.publish([cancelled('B-late')], { manager: open.manager });
  const [early] = await publish('B-early');
  // Whoever goes on behind the greatest id never sees it.
  expect(late!.id < early!).toBe(true);

  const before = await feed(id);
  expect(ids(before)).toEqual([early]);
  await open.commitTransaction();
  await untilIdle(host.app);

  const after = await feed(id, { after: before.nextCursor });
  expect(ids(after)).toEqual([late!.id]);
});

it('what a relay commits late is not passed by either', async () => {
  const id = await pulled();
  const [first] = await publish('B-1');
  // What another process's fan-out has written and not committed.
  await host.dataSource.query('DELETE FROM webhook_feed_entry');
  open = host.dataSource.createQueryRunner();
  await open.startTransaction();
  await open.query('INSERT INTO webhook_feed_entry (event_id, webhook_id) VALUES ($1, $2)', [first, id]);
  const [second] = await publish('B-2');

  const before = await feed(id);
  expect(ids(before)).toEqual([second]);
  await open.commitTransaction();
  expect(ids(await feed(id, { after: before.nextCursor }))).toEqual([first]);
});

it('readers at once see one order, in which every event is once', async () => {
  const id = await pulled();
  const published = await publish(...Array.from({ length: 60 }, (_, number) => `B-${number}`));
  const read = async () => {
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page: FeedPage = await feed(id, { after, limit: 7 });
      seen.push(...ids(page));
      after = page.nextCursor;
      if (!page.hasMore) return seen;
    }
  };
  for (const seen of await Promise.all([read(), read(), read()])) expect(seen).toEqual(published);
});

it('what another reader has numbered stays where that one was told it is', async () => {
  const id = await pulled();
  const { nextCursor } = await feed(id);
  const [first] = await publish('B-0');
  const start = (await feed(id)).nextCursor;
  const [older, younger] = await publish('B-1', 'B-2');
  // Another process saw the younger one only, and has not committed the place that it gave it.
  open = host.dataSource.createQueryRunner();
  await open.startTransaction();
  await open.query('SELECT 1 FROM webhook_feed WHERE webhook_id = $1 FOR UPDATE', [id]);
  await open.query('UPDATE webhook_feed_entry SET position = 2 WHERE event_id = $1', [younger]);
  const reading = feed(id, { after: start });
  await until('it waits', async () => {
    const [{ waiting } = { waiting: 0 }] = await host.dataSource.query<{ waiting: number }[]>(
      `SELECT COUNT(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return waiting > 0;
  });
  await open.query('UPDATE webhook_feed SET last_position = 2');
  await open.commitTransaction();
  expect(ids(await reading)).toEqual([younger, older]);
  expect(ids(await feed(id, { after: nextCursor }))).toEqual([first, younger, older]);
});

it('what is numbered together stands in the order in which the database got it, whatever the ids say', async () => {
  const id = await pulled();
  const [first, second] = await publish('B-1', 'B-2');
  // As made by a process whose clock is ahead.
  const ahead = `f${first!.slice(1)}`;
  await host.dataSource.query('UPDATE webhook_event SET id = $2 WHERE id = $1', [first, ahead]);
  await host.dataSource.query('UPDATE webhook_feed_entry SET event_id = $2 WHERE event_id = $1', [
    first,
    ahead,
  ]);
  expect(ids(await feed(id))).toEqual([ahead, second]);
});

it('its bodies and headers are those that a request has, and verify with the webhook’s secret', async () => {
  receiver = await TestReceiver.start();
  const { id, secret } = await host.subscribe(receiver.url, {
    transport: 'both',
    profile: 'octo',
    locale: 'de',
    headers: { authorization: 'Bearer of-the-receiver' },
  });
  await publish('B-1');
  const { data } = await feed(id);
  const [sent] = receiver.requests;
  expect(receiver.requests).toHaveLength(1);
  expect(data).toHaveLength(1);
  const [fed] = data;
  expect(fed!.body).toBe(sent!.body.toString('utf8'));
  expect(fed!.id).toBe(sent!.headers['webhook-id']);
  for (const name of ['webhook-id', 'content-type', 'content-language', 'x-webhook-event'])
    expect([name, fed!.headers[name]]).toEqual([name, sent!.headers[name]]);
  expect(JSON.stringify(data)).not.toContain('of-the-receiver');
  expect(Object.keys(fed!.headers)).not.toContain('user-agent');

  expect(verifyStandard(secret, fed!.headers, fed!.body)).toMatchObject({ ok: true });
});

it.each(['json', 'xml', 'form'])('a body in %s is in the feed as it is sent', async (format) => {
  receiver = await TestReceiver.start();
  const { id } = await host.subscribe(receiver.url, { transport: 'both', profile: 'checkfront', format });
  await host.webhooks.publish([
    bookingUpdated({ contractId: 'C-1', data: { booking: { id: 'B-1', title: 'Ärger & <mehr>' } } }),
  ]);
  await untilIdle(host.app);
  const { data } = await feed(id);
  expect(data.map(({ body }) => body)).toEqual(receiver.requests.map(({ body }) => body.toString('utf8')));
  expect(data).toHaveLength(1);
});

it('a webhook that is sent to has no feed, until it is asked for one', async () => {
  receiver = await TestReceiver.start();
  const { id } = await host.subscribe(receiver.url);
  await publish('B-1');
  await expect(feed(id)).rejects.toMatchObject({
    code: 'NO_FEED',
    message: expect.stringContaining("'both'"),
  });

  await host.registry.update(ALL_CONTRACTS, id, { transport: 'both' });
  const [second] = await publish('B-2');
  expect(ids(await feed(id))).toEqual([second]);
  expect(receiver.requests).toHaveLength(2);
});

it('what is pending when a webhook becomes one that pulls is still sent, and what follows is not', async () => {
  receiver = await TestReceiver.start((_, index) => ({ status: index === 0 ? 503 : 204 }));
  const { id } = await host.subscribe(receiver.url, {});
  await host.webhooks.publish([cancelled('B-1')]);
  await until('a request has come', () => receiver!.requests.length > 0);
  await host.registry.update(ALL_CONTRACTS, id, { transport: 'pull' });
  await untilIdle(host.app);
  expect(receiver.requests).toHaveLength(2);

  const [second] = await publish('B-2');
  expect(receiver.requests).toHaveLength(2);
  expect(ids(await feed(id))).toEqual([second]);
  const view = await host.registry.get(ALL_CONTRACTS, id);
  expect(view).toMatchObject({ url: receiver.url, transport: 'pull' });
});

it('a URL is needed to be sent to', async () => {
  const id = await pulled();
  const missing = { errors: [expect.objectContaining({ field: 'url' })] };
  await expect(host.registry.update(ALL_CONTRACTS, id, { transport: 'push' })).rejects.toMatchObject(missing);
  await expect(pulled({ transport: 'both' })).rejects.toMatchObject(missing);
  expect(await host.registry.get(ALL_CONTRACTS, id)).toMatchObject({ url: null, transport: 'pull' });

  const url = 'http://127.0.0.1:9/';
  await host.registry.update(ALL_CONTRACTS, id, { transport: 'both', url });
  expect(await host.registry.get(ALL_CONTRACTS, id)).toMatchObject({ url, transport: 'both' });
});

it('a recovery puts what passed a webhook by into its feed, and nothing can be sent to one without a push', async () => {
  await publish('B-0');
  const id = await pulled();
  const since = new Date(Date.now() - 60_000);
  const redelivery = host.app.get(Redelivery);
  expect(await redelivery.previewRecovery(ALL_CONTRACTS, id, since)).toMatchObject({
    deliveries: 1,
    missed: 1,
  });
  expect(await redelivery.recover(ALL_CONTRACTS, id, since)).toEqual({ recovered: 1 });
  expect(await redelivery.recover(ALL_CONTRACTS, id, since)).toEqual({ recovered: 0 });
  await untilIdle(host.app);

  const page = await feed(id);
  expect(page.data).toHaveLength(1);
  const [delivery] = await host.dataSource.query<{ id: string }[]>('SELECT id FROM webhook_delivery');
  await expect(redelivery.redeliver(ALL_CONTRACTS, delivery!.id)).rejects.toMatchObject({ code: 'NO_PUSH' });
});

describe('where an order is asked for', () => {
  const about = (booking: string) => cancelled(booking, { resourceKey: 'booking:B-1' });
  const start = (worker: boolean) =>
    Host.start({ shared, scheduler: 'in-process', worker, retentionIntervalMs: 3_600_000 });

  beforeEach(async () => {
    await host.stop();
    shared = await sharedServices();
    host = await start(true);
  });

  /** An event as it is while another process's relay has it in hand: none runs here, for it would take it. */
  async function inHand(eventId: string): Promise<void> {
    await host.app.close();
    host = await start(false);
    await host.dataSource.query('DELETE FROM webhook_feed_entry WHERE event_id = $1', [eventId]);
    await host.dataSource.query('UPDATE webhook_event SET fanned_out_at = NULL WHERE id = $1', [eventId]);
  }

  async function relay(): Promise<void> {
    await host.app.close();
    host = await start(true);
    await untilIdle(host.app);
  }

  it('an event waits for an earlier one of its resource that is still to be fanned out', async () => {
    const id = await pulled({ ordering: 'resource' });
    const [first, second] = await host.webhooks.publish([about('B-1'), about('B-2')]);
    const [other] = await publish('B-other');
    await inHand(first!.id);

    const before = await feed(id);
    expect(ids(before)).toEqual([other]);
    await relay();
    expect(ids(await feed(id, { after: before.nextCursor }))).toEqual([first!.id, second!.id]);
  });

  it('retention gives no places to what is younger, which may have to wait for an earlier one', async () => {
    const id = await pulled({ ordering: 'resource' });
    const [old] = await publish('B-old');
    const [first, second] = await host.webhooks.publish([about('B-1'), about('B-2')]);
    await untilIdle(host.app);
    await inHand(first!.id);
    await host.dataSource.query(
      `UPDATE webhook_feed_entry SET event_id = '00000000' || substr(event_id, 9) WHERE event_id = $1`,
      [old],
    );
    await host.app.get(Retention).prune();
    const left = await host.dataSource.query('SELECT event_id, position FROM webhook_feed_entry');
    expect(left).toEqual([{ event_id: second!.id, position: null }]);
    await relay();
    expect(ids(await feed(id))).toEqual([first!.id, second!.id]);
  });
});

describe('what is older than the retention', () => {
  /** As if the events had been published so long ago. */
  async function age(eventIds: string[], days: number): Promise<string[]> {
    const aged = eventIds.map((eventId) => {
      const at = (Date.now() - days * DAY_MS).toString(16).padStart(12, '0');
      return [eventId, `${at.slice(0, 8)}-${at.slice(8)}${eventId.slice(13)}`] as const;
    });
    for (const [eventId, to] of aged) {
      await host.dataSource.query('UPDATE webhook_event SET id = $2 WHERE id = $1', [eventId, to]);
      await host.dataSource.query('UPDATE webhook_feed_entry SET event_id = $2 WHERE event_id = $1', [
        eventId,
        to,
      ]);
    }
    return aged.map(([, to]) => to);
  }
  const expired = (reading: Promise<FeedPage>): Promise<FeedCursorExpiredError> =>
    reading.then(
      () => Promise.reject(new Error('The cursor was taken.')),
      (error: unknown) => {
        if (error instanceof FeedCursorExpiredError) return error;
        throw error;
      },
    );

  it.each([
    ['read by somebody before', true],
    ['read by nobody', false],
  ])('is told of by 410 with a cursor behind it, where it was %s', async (_, wasRead) => {
    const id = await pulled();
    const { nextCursor: start } = await feed(id);
    const old = await publish('B-1', 'B-2');
    if (wasRead) await feed(id);
    await age(old, 40);
    const kept = await publish('B-3');
    await host.app.get(Retention).prune();

    const error = await expired(feed(id, { after: start }));
    expect(error.getStatus()).toBe(410);
    expect(error.getResponse()).toMatchObject({ code: 'CURSOR_EXPIRED', resumeAfter: error.resumeAfter });
    expect(ids(await feed(id, { after: error.resumeAfter }))).toEqual(kept);
    expect(ids(await feed(id))).toEqual(kept);
  });

  it('is told of when nothing is left at all', async () => {
    const id = await pulled();
    const { nextCursor: start } = await feed(id);
    await age(await publish('B-1'), 40);
    await host.app.get(Retention).prune();
    const { resumeAfter } = await expired(feed(id, { after: start }));
    expect(await feed(id, { after: resumeAfter })).toEqual({
      data: [],
      nextCursor: resumeAfter,
      hasMore: false,
    });
    const kept = await publish('B-2');
    expect(ids(await feed(id, { after: resumeAfter }))).toEqual(kept);
  });

  it('between events that are kept, it ends a page and is told of before the next', async () => {
    const id = await pulled();
    const published = await publish('B-1', 'B-2', 'B-3');
    await feed(id);
    await age([published[1]!], 40);
    await host.app.get(Retention).prune();

    const page = await feed(id);
    expect(ids(page)).toEqual([published[0]]);
    expect(page.hasMore).toBe(true);
    const { resumeAfter } = await expired(feed(id, { after: page.nextCursor }));
    expect(ids(await feed(id, { after: resumeAfter }))).toEqual([published[2]]);
  });

  it('a cursor of a reader who is up to date stays good however old it is', async () => {
    const id = await pulled();
    const published = await publish('B-1');
    const { nextCursor } = await feed(id);
    await age(published, 40);
    await host.app.get(Retention).prune();
    expect(await feed(id, { after: nextCursor })).toEqual({ data: [], nextCursor, hasMore: false });
  });

  it('a cursor of a future that a restored database does not have is refused like one of the past', async () => {
    const id = await pulled();
    await publish('B-1', 'B-2', 'B-3');
    const { nextCursor } = await feed(id);
    await host.dataSource.query('UPDATE webhook_feed SET last_position = 1');
    await host.dataSource.query('UPDATE webhook_feed_entry SET position = NULL WHERE position > 1');
    const { resumeAfter } = await expired(feed(id, { after: nextCursor }));
    expect((await feed(id, { after: resumeAfter })).data).toHaveLength(3);
  });

  it('goes with the rows of a webhook that was deleted', async () => {
    const id = await pulled();
    await age(await publish('B-1'), 40);
    await feed(id);
    await host.registry.delete(ALL_CONTRACTS, id);
    const long = Date.now() - 40 * DAY_MS;
    await host.dataSource.getRepository(Webhook).update({ id }, { updatedAt: long });
    await host.dataSource.query('DELETE FROM webhook_delivery');
    await host.app.get(Retention).prune();
    await host.app.get(Retention).prune();
    const left = await host.dataSource.query(
      'SELECT webhook_id FROM webhook_feed UNION ALL SELECT webhook_id FROM webhook_feed_entry',
    );
    expect(left).toEqual([]);
  });
});
