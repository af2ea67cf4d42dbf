import type { FedEvent, FeedPage } from 'nestjs-booking-webhooks';
import {
  ALL_CONTRACTS,
  bookingUpdated,
  EventFeed,
  FeedCursorExpiredError,
  Redelivery,
  WebhookDelivery,
} from 'nestjs-booking-webhooks';
import { verifyStandard } from 'nestjs-booking-webhooks/receiver';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { cancelled, Host } from './setup/host.js';
import { until } from './setup/until.js';

let host: Host;
let receiver: TestReceiver;

beforeEach(async () => {
  host = await Host.start({ scheduler: 'in-process', secretOverlapMs: 60_000 });
  receiver = await TestReceiver.start();
});

afterEach(async () => {
  await receiver.stop();
  await host.stop();
});

const feed = (id: string, query: { after?: string; limit?: number } = {}): Promise<FeedPage> =>
  host.app.get(EventFeed).read(ALL_CONTRACTS, id, query);
const ids = ({ data }: { data: FedEvent[] }) => data.map(({ id }) => id);
const sent = () => receiver.requests.map(({ headers }) => String(headers['webhook-id']));

async function publish(...bookings: string[]): Promise<string[]> {
  const published = await host.webhooks.publish(bookings.map((booking) => cancelled(booking)));
  await untilIdle(host.app);
  return published.map(({ id }) => id);
}

describe('a webhook whose transport changes', () => {
  const become = (id: string, transport: 'push' | 'pull' | 'both') =>
    host.registry.update(ALL_CONTRACTS, id, { transport });

  it('loses nothing and doubles nothing from push to pull to push', async () => {
    const { id } = await host.subscribe(receiver.url);
    const first = await publish('B-1', 'B-2');
    await become(id, 'pull');
    const second = await publish('B-3', 'B-4', 'B-5');
    await become(id, 'push');
    const third = await publish('B-6');

    expect(sent().sort()).toEqual([...first, ...third].sort());
    // What was put into the feed meanwhile can be fetched to its end.
    const page = await feed(id, { limit: 2 });
    expect(ids(page)).toEqual(second.slice(0, 2));
    const rest = await feed(id, { after: page.nextCursor });
    expect([ids(rest), rest.hasMore]).toEqual([second.slice(2), false]);
    // And who would ask for ever is told that nothing follows.
    await expect(feed(id, { after: rest.nextCursor })).rejects.toMatchObject({ code: 'NO_FEED' });

    await become(id, 'both');
    const fourth = await publish('B-7');
    expect(ids(await feed(id, { after: rest.nextCursor }))).toEqual(fourth);
    expect(sent().slice(-1)).toEqual(fourth);
    expect(sent()).toHaveLength(4);
  });

  it('has each event that is published meanwhile sent, or in its feed, and none both ways', async () => {
    const { id } = await host.subscribe(receiver.url);
    const published: string[] = [];
    let changing = true;
    const publishing = (async () => {
      while (changing) {
        const events = await host.webhooks.publish([cancelled('B-1'), cancelled('B-2')]);
        published.push(...events.map((event) => event.id));
      }
    })();
    const longer = async () => {
      const length = published.length;
      await until('more was published', () => published.length > length + 6);
    };
    for (const transport of ['pull', 'push', 'pull', 'push'] as const) {
      await longer();
      await become(id, transport);
    }
    await longer();
    changing = false;
    await publishing;
    await untilIdle(host.app);

    const fed: string[] = [];
    for (let after: string | undefined; ;) {
      const page: FeedPage = await feed(id, { after, limit: 200 });
      fed.push(...ids(page));
      after = page.nextCursor;
      if (!page.hasMore) break;
    }
    expect(fed.length).toBeGreaterThan(0);
    expect(sent().length).toBeGreaterThan(0);
    expect([...fed, ...sent()].sort()).toEqual([...published].sort());
  });

  it('finds in its feed, by a recovery, what its receiver did not take', async () => {
    await host.stop();
    host = await Host.start({ scheduler: 'in-process', retryDelaysMs: [], maxInFlight: 1 });
    receiver.answer((_, index) => ({ status: index === 0 ? 204 : 410 }));
    const { id } = await host.subscribe(receiver.url, { ordering: 'resource' });
    const about = (booking: string) => cancelled(booking, { resourceKey: 'booking:B-1' });
    const published = await host.webhooks.publish(['B-1', 'B-2', 'B-3', 'B-4'].map(about));
    await until('it is disabled', async () => {
      return (await host.registry.get(ALL_CONTRACTS, id)).status === 'disabled';
    });
    await untilIdle(host.app);
    const requests = receiver.requests.length;
    await become(id, 'pull');
    await host.registry.activate(ALL_CONTRACTS, id);

    const redelivery = host.app.get(Redelivery);
    const since = new Date(Date.now() - 60_000);
    expect(await redelivery.previewRecovery(ALL_CONTRACTS, id, since)).toMatchObject({
      deliveries: 3,
      failed: 3,
    });
    expect(await redelivery.recover(ALL_CONTRACTS, id, since)).toEqual({ recovered: 3 });
    expect(await redelivery.recover(ALL_CONTRACTS, id, since)).toEqual({ recovered: 0 });
    await untilIdle(host.app);

    expect(ids(await feed(id))).toEqual(published.slice(1).map((event) => event.id));
    expect(receiver.requests).toHaveLength(requests);
    const rows = await host.dataSource.manager.find(WebhookDelivery, { order: { eventId: 'ASC' } });
    expect(rows.map(({ status }) => status)).toEqual(['succeeded', 'offered', 'offered', 'offered']);
    for (const row of rows.slice(1)) expect(row).toMatchObject({ dueAt: null, completedAt: null });
  });
});

it('a feed is signed with the new secret and the old one while both are valid, and then with the new one', async () => {
  const { id, secret: old } = await host.subscribe('', { url: undefined, transport: 'pull' });
  await publish('B-1');
  const { secret = '' } = await host.registry.rotateSecret(ALL_CONTRACTS, id);
  const [fed] = (await feed(id)).data;
  for (const either of [old, secret])
    expect(verifyStandard(either, fed!.headers, fed!.body)).toMatchObject({ ok: true });

  await host.registry.rotateSecret(ALL_CONTRACTS, id);
  const [later] = (await feed(id)).data;
  expect(verifyStandard(secret, later!.headers, later!.body)).toMatchObject({ ok: true });
  expect(verifyStandard(old, fed!.headers, `${fed!.body} `)).toMatchObject({ ok: false });
});

it('an event that cannot be written keeps back itself and what follows, not what is before it', async () => {
  await host.stop();
  let broken = true;
  host = await Host.start({
    scheduler: 'in-process',
    catalog: {
      profiles: [
        {
          name: 'moody',
          formats: ['json'],
          personal: false,
          render: ({ id, dataText }) => {
            if (broken && dataText.includes('B-3')) throw new Error('There are no words for it.');
            return { root: 'moody', value: { id } };
          },
        },
      ],
    },
  });
  const { id } = await host.subscribe('', { url: undefined, transport: 'pull', profile: 'moody' });
  const published = await publish('B-1', 'B-2', 'B-3', 'B-4');

  const page = await feed(id);
  expect([ids(page), page.hasMore]).toEqual([published.slice(0, 2), true]);
  const next = feed(id, { after: page.nextCursor });
  await expect(next).rejects.toMatchObject({
    code: 'FEED_UNREADABLE',
    message: expect.stringContaining('no words'),
  });
  broken = false;
  expect(ids(await feed(id, { after: page.nextCursor }))).toEqual(published.slice(2));
});

it('large bodies make a page short, and one that is larger than a page comes by itself', async () => {
  const { id } = await host.subscribe('', { url: undefined, transport: 'pull' });
  const large = (booking: string, bytes: number) =>
    bookingUpdated({ contractId: 'C-1', data: { booking: { id: booking, notes: 'x'.repeat(bytes) } } });
  const published = await host.webhooks.publish([
    large('B-1', 2_500_000),
    large('B-2', 2_500_000),
    large('B-3', 5_000_000),
    large('B-4', 10),
  ]);
  await untilIdle(host.app);
  const seen: string[][] = [];
  for (let after: string | undefined; ;) {
    const page: FeedPage = await feed(id, { after });
    seen.push(ids(page));
    after = page.nextCursor;
    if (!page.hasMore) break;
  }
  const [first, second, third, fourth] = published.map((event) => event.id);
  expect(seen).toEqual([[first], [second], [third], [fourth]]);
});

describe('a database that was restored to an earlier time', () => {
  /** As a backup has it that was made when only the first event was numbered. */
  async function restore(id: string, kept: string): Promise<void> {
    await host.dataSource.query('DELETE FROM webhook_feed_entry WHERE webhook_id = $1 AND event_id <> $2', [
      id,
      kept,
    ]);
    await host.dataSource.query('UPDATE webhook_feed SET last_position = 1 WHERE webhook_id = $1', [id]);
  }

  it('refuses the cursor of a reader who was ahead, also when the feed has grown past it since', async () => {
    const { id } = await host.subscribe('', { url: undefined, transport: 'pull' });
    const [kept] = await publish('B-1', 'B-2', 'B-3');
    const { nextCursor } = await feed(id);
    await restore(id, kept!);
    const since = await publish('B-4', 'B-5', 'B-6', 'B-7');
    expect((await feed(id)).data).toHaveLength(5);

    const refused = await feed(id, { after: nextCursor }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(FeedCursorExpiredError);
    const { resumeAfter } = refused as FeedCursorExpiredError;
    expect(ids(await feed(id, { after: resumeAfter }))).toEqual([kept, ...since]);
  });

  it('takes the cursor of a reader who was not', async () => {
    const { id } = await host.subscribe('', { url: undefined, transport: 'pull' });
    const [kept] = await publish('B-1', 'B-2');
    const { nextCursor } = await feed(id, { limit: 1 });
    await restore(id, kept!);
    const since = await publish('B-3');
    expect(ids(await feed(id, { after: nextCursor }))).toEqual(since);
  });
});
