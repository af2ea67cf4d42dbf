import type { FedEvent, FeedPage } from 'nestjs-booking-webhooks';
import { ALL_CONTRACTS, EventFeed, WebhookEvent } from 'nestjs-booking-webhooks';
import { untilIdle } from 'nestjs-booking-webhooks/testing';
import type { QueryRunner } from 'typeorm';

import { randomOf } from './chaos/random.js';
import type { SharedServices } from './setup/host.js';
import { cancelled, Host, sharedServices } from './setup/host.js';
import { until } from './setup/until.js';

const TRANSACTIONS = 16;
/** Open at once, of the ten connections that each process has. */
const OPEN_AT_ONCE = 5;
const LATE = 'booking:late';

let shared: SharedServices;
/** Two processes of one platform: each publishes, relays and answers readers. */
let processes: [Host, Host];

beforeEach(async () => {
  shared = await sharedServices();
  const start = () => Host.start({ shared, scheduler: 'in-process', sweepIntervalMs: 100 });
  processes = [await start(), await start()];
});

afterEach(async () => {
  for (const { app } of processes) await app.close();
  await shared.database.drop();
});

/** A reader who goes on from its cursor, now at one process and now at the other. */
class Reader {
  readonly seen: FedEvent[] = [];
  readonly cursors: { cursor: string; behind: number }[] = [];
  polls = 0;
  private after: string | undefined;

  constructor(
    private readonly webhookId: string,
    private readonly random: () => number,
  ) {}

  async poll(): Promise<FeedPage> {
    const { app } = processes[Math.floor(this.random() * 2)]!;
    const limit = 1 + Math.floor(this.random() * 5);
    const page = await app.get(EventFeed).read(ALL_CONTRACTS, this.webhookId, { after: this.after, limit });
    this.seen.push(...page.data);
    this.after = page.nextCursor;
    this.cursors.push({ cursor: page.nextCursor, behind: this.seen.length });
    this.polls += 1;
    return page;
  }

  async toTheEnd(): Promise<void> {
    while ((await this.poll()).hasMore);
  }
}

/** Publishes in a transaction of random savepoints, each kept or rolled back, which is then committed or rolled back. */
async function play(
  { dataSource, webhooks }: Host,
  resourceKey: string,
  random: () => number,
  pause: () => Promise<void>,
): Promise<string[]> {
  const runner: QueryRunner = dataSource.createQueryRunner();
  let kept: string[] = [];
  const publish = async () => {
    const events = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      cancelled('B-1', { resourceKey }),
    );
    kept.push(...(await webhooks.publish(events, { manager: runner.manager })).map(({ id }) => id));
  };
  try {
    await runner.startTransaction();
    // As a host locks the row that it changes, so that the changes of one resource have an order.
    await runner.query('SELECT pg_advisory_xact_lock(hashtext($1))', [resourceKey]);
    for (let step = 0; step < 3; step += 1) {
      await publish();
      await pause();
      const before = [...kept];
      await runner.startTransaction();
      await publish();
      if (random() < 0.5) await runner.commitTransaction();
      else {
        await runner.rollbackTransaction();
        kept = before;
      }
    }
    await pause();
    if (random() < 0.8) await runner.commitTransaction();
    else {
      await runner.rollbackTransaction();
      kept = [];
    }
    return kept;
  } finally {
    await runner.release();
  }
}

describe.each(['none', 'resource'] as const)('with the ordering %p', (ordering) => {
  it.each([1, 20])(
    'a reader who goes on sees each committed event once and no other, whatever order two processes commit in (seed %i)',
    async (seed) => {
      const random = randomOf(seed);
      const [first, second] = processes;
      const { id } = await first.registry.create(ALL_CONTRACTS, {
        contractId: 'C-1',
        eventTypes: ['*'],
        transport: 'pull',
        ordering,
      });
      const reader = new Reader(id, randomOf(seed + 1));
      let writing = true;
      const reading = (async () => {
        while (writing) await reader.poll();
      })();
      /** Others commit, and the reader passes by, before it ends. */
      const pause = () => {
        const polls = reader.polls + Math.floor(random() * 4);
        return until('the reader has passed by', () => reader.polls >= polls);
      };

      let othersAreDone = false;
      const late = play(
        first,
        LATE,
        () => 0.4,
        () => until('all others have committed and were read', () => othersAreDone, 90_000),
      );
      const committed: string[] = [];
      let started = 0;
      const publisher = async () => {
        while (started < TRANSACTIONS) {
          started += 1;
          const host = random() < 0.5 ? first : second;
          const resource = `booking:${Math.floor(random() * 4)}`;
          committed.push(...(await play(host, resource, random, pause)));
        }
      };
      await Promise.all(Array.from({ length: OPEN_AT_ONCE }, publisher));
      const most = new Set(committed);
      await until('the reader has seen the others', () => {
        for (const event of reader.seen) most.delete(event.id);
        return most.size === 0;
      });
      othersAreDone = true;
      const last = await late;
      committed.push(...last);
      await untilIdle(first.app);
      writing = false;
      await reading;
      await reader.toTheEnd();

      const seen = reader.seen.map((event) => event.id);
      expect(last.length).toBeGreaterThan(3);
      expect(new Set(seen).size).toBe(seen.length);
      expect([...seen].sort()).toEqual([...committed].sort());
      // What was open all the while comes last, though ids that were read before are younger.
      expect(seen.slice(-last.length).sort()).toEqual([...last].sort());
      expect(seen.slice(0, -last.length).some((id) => id > last[0]!)).toBe(true);

      await goesOnAnywhere(id, reader, seen);
      if (ordering === 'resource') await isInOrder(seen);
    },
    120_000,
  );
});

/** A cursor of any time is followed by what it was followed by. */
async function goesOnAnywhere(id: string, reader: Reader, seen: string[]): Promise<void> {
  const feed = processes[1].app.get(EventFeed);
  const step = Math.ceil(reader.cursors.length / 10);
  for (const { cursor, behind } of reader.cursors.filter((_, index) => index % step === 0)) {
    const { data } = await feed.read(ALL_CONTRACTS, id, { after: cursor, limit: 200 });
    expect(data.map((event) => event.id)).toEqual(seen.slice(behind, behind + 200));
  }
}

/** By the database's numbers, which those who lock a resource get in the order of their changes. */
async function isInOrder(seen: string[]): Promise<void> {
  const events = await processes[0].dataSource.manager.find(WebhookEvent, { order: { sequence: 'ASC' } });
  const resources = new Set(events.map(({ resourceKey }) => resourceKey));
  expect(resources.size).toBeGreaterThan(3);
  for (const resource of resources) {
    const inOrder = events.filter(({ resourceKey }) => resourceKey === resource).map(({ id }) => id);
    expect(seen.filter((id) => inOrder.includes(id))).toEqual(inOrder);
  }
}
