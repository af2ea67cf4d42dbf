import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LifecycleEvent } from 'nestjs-booking-webhooks';
import {
  ALL_CONTRACTS,
  availabilityUpdated,
  DeliveryLog,
  DeliveryStatistics,
  EventFeed,
  Redelivery,
  Retention,
  Webhook,
  WebhookAttempt,
  WebhookDelivery,
  WebhookEvent,
  WebhookExport,
  webhookEntities,
  WebhookLifecycle,
  webhookMigrations,
} from 'nestjs-booking-webhooks';
import type { ReceivedRequest } from 'nestjs-booking-webhooks/testing';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { text } from 'node:stream/consumers';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import type { DatabaseKind } from './setup/database.js';
import { freshDatabase, mariadbOfThisFile } from './setup/database.js';
import type { HostOptions, SharedServices } from './setup/host.js';
import { cancelled, Host, sharedServices } from './setup/host.js';
import { RestHost } from './setup/rest-host.js';
import { until } from './setup/until.js';

const DAY_MS = 86_400_000;

const mariadb = mariadbOfThisFile();

const ids = (requests: readonly ReceivedRequest[]) =>
  requests.map(({ headers }) => String(headers['webhook-id']));
const bodies = (requests: readonly ReceivedRequest[]) => requests.map(({ body }) => body.toString());

const DATABASES: { database: DatabaseKind; scheduler: 'bull' | 'in-process' }[] = [
  { database: 'postgres', scheduler: 'bull' },
  { database: 'mariadb', scheduler: 'bull' },
  { database: 'mysql', scheduler: 'in-process' },
  { database: 'sqljs', scheduler: 'in-process' },
];

/** `mysql` is MariaDB by TypeORM's other type for it. */
const isThere = (database: DatabaseKind) =>
  mariadb.isThere || (database !== 'mariadb' && database !== 'mysql');

for (const { database, scheduler } of DATABASES) {
  (isThere(database) ? describe : describe.skip)(`on ${database}`, () => onDatabase(database, scheduler));
}

/** Statements that record what has come of attempts, those of the transaction included. */
const RECORDING: Partial<Record<DatabaseKind, number>> = { postgres: 1, mariadb: 6, mysql: 6, sqljs: 5 };

/** Tables that TypeORM's schema builder would change, because an entity cannot say it for one database alone. */
const DIFFERING: Partial<Record<DatabaseKind, string[]>> = {
  postgres: [],
  mariadb: ['webhook_event'],
  sqljs: ['webhook_event'],
};

function onDatabase(database: DatabaseKind, scheduler: 'bull' | 'in-process'): void {
  let host: Host;
  let receiver: TestReceiver;

  const start = async (options: HostOptions = {}) => {
    host = await Host.start({ database, scheduler, ...options });
    return host;
  };
  const manager = () => host.dataSource.manager;
  const status = async (id: string) => (await manager().findOneByOrFail(Webhook, { id })).status;

  beforeEach(async () => {
    receiver = await TestReceiver.start();
  });

  afterEach(async () => {
    await receiver.stop();
    await host.stop();
  });

  it('410 disables the webhook and holds what is pending; a recovery sends what its preview told', async () => {
    await start();
    const told: LifecycleEvent[] = [];
    host.app.get(WebhookLifecycle).subscribe((event) => void told.push(event));
    const other = await host.subscribe(`${receiver.url}/news`, { eventTypes: ['webhook.disabled'] });
    const { id } = await host.subscribe(receiver.url, { eventTypes: ['booking.*'], maxInFlight: 1 });
    receiver.answer(({ path }) => ({ status: path === '/news' ? 200 : 410 }));
    await host.webhooks.publish([cancelled('B-1'), cancelled('B-2'), cancelled('B-3')]);
    await until('it is disabled', async () => (await status(id)) === 'disabled');
    await untilIdle(host.app);
    await host.webhooks.publish(cancelled('B-4'));
    await untilIdle(host.app);

    expect(receiver.requests.filter(({ path }) => path === '/news')).toHaveLength(1);
    expect(await status(other.id)).toBe('active');
    expect(told.find(({ type }) => type === 'webhook.disabled')).toMatchObject({ held: 2, by: 'system' });

    const redelivery = host.app.get(Redelivery);
    const since = new Date(Date.now() - 60_000);
    const preview = await redelivery.previewRecovery('C-1', id, since);
    expect(preview).toEqual({ deliveries: 4, failed: 3, missed: 1, olderThanWebhook: 0 });
    receiver.answer(() => ({ status: 204 }));
    receiver.requests.length = 0;
    await host.registry.activate('C-1', id, { by: 'ann' });
    expect(await redelivery.recover('C-1', id, since, { by: 'ann' })).toEqual({ recovered: 4 });
    await untilIdle(host.app);
    expect(new Set(ids(receiver.requests)).size).toBe(4);
    expect(await redelivery.recover('C-1', id, since)).toEqual({ recovered: 0 });
    expect(told.map(({ type, by }) => [type, by])).toContainEqual(['webhook.recovered', 'ann']);
  });

  it('a redelivery starts a new budget, and keeps its place where order is wanted', async () => {
    await start({ retryDelaysMs: [] });
    const { id } = await host.subscribe(receiver.url, { ordering: 'resource', retryOnError: false });
    receiver.answer(() => ({ status: 500 }));
    await host.webhooks.publish(cancelled('B-1', { resourceKey: 'booking:B-1' }));
    await untilIdle(host.app);
    const [exhausted] = await manager().find(WebhookDelivery);
    expect(exhausted).toMatchObject({ status: 'exhausted', attemptCount: 1 });
    receiver.answer(() => ({ status: 200 }));
    if ((await status(id)) !== 'active') await host.registry.activate('C-1', id);
    await host.app.get(Redelivery).redeliver('C-1', exhausted?.id ?? '');
    await untilIdle(host.app);
    expect(await manager().find(WebhookDelivery)).toEqual([
      expect.objectContaining({
        status: 'succeeded',
        attemptCount: 2,
        attemptsBeforeBudget: 1,
        orderKey: 'booking:B-1',
        sequence: exhausted?.sequence,
      }),
    ]);
    expect(exhausted?.sequence).toEqual(expect.any(Number));
  });

  it('the migrations make the tables that the entities describe, and take them away again', async () => {
    await start({ worker: false });
    const own = await freshDatabase(database);
    const dataSource = new DataSource({
      ...own.options,
      entities: webhookEntities,
      migrations: webhookMigrations,
    });
    await dataSource.initialize();
    const runner = dataSource.createQueryRunner();
    const names = dataSource.entityMetadatas.map(({ tableName }) => tableName);
    const tables = () => runner.getTables(names);
    await dataSource.runMigrations();
    for (const { tableName, columns, indices } of dataSource.entityMetadatas) {
      const table = (await tables()).find(({ name }) => name.endsWith(tableName));
      const shape = (all: { name: string; isNullable: boolean }[]) =>
        all.map(({ name, isNullable }) => `${name} ${isNullable}`).sort();
      expect(shape(table?.columns ?? [])).toEqual(
        shape(columns.map(({ databaseName: name, isNullable }) => ({ name, isNullable }))),
      );
      const made = table?.indices.map(({ name }) => name);
      for (const { name, synchronize } of indices) if (synchronize) expect(made).toContain(name);
    }
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    const altered = upQueries.map(({ query }) => /^(?:ALTER|DROP) TABLE \W(webhook\w*)/.exec(query)?.[1]);
    const differing = new Set(altered.filter((name) => name !== undefined));
    // Of a MariaDB that is connected to as MySQL, TypeORM misreads the widths of numbers.
    if (database !== 'mysql') expect([...differing]).toEqual(DIFFERING[database]);

    while ((await dataSource.query<unknown[]>('SELECT id FROM migrations')).length > 0)
      await dataSource.undoLastMigration();
    expect(await tables()).toEqual([]);
    await dataSource.runMigrations();
    expect(await tables()).toHaveLength(names.length);
    await runner.release();
    await dataSource.destroy();
    await own.drop();
  });

  // By TypeORM's other name for it: its own statements are what may differ.
  if (database === 'mysql') return;

  it('an event that commits with the booking reaches the webhook, signed; one that is rolled back does not', async () => {
    await start();
    const { secret } = await host.subscribe(receiver.url);
    await host.dataSource.query('CREATE TABLE booking (id int)');
    const rollback = host.dataSource.transaction(async (own) => {
      await own.query('INSERT INTO booking VALUES (1)');
      await host.webhooks.publish(cancelled('undone'), { manager: own });
      throw new Error('the booking fails');
    });
    await expect(rollback).rejects.toThrow('the booking fails');
    const [published] = await host.dataSource.transaction(async (own) => {
      await own.query('INSERT INTO booking VALUES (2)');
      return host.webhooks.publish(cancelled('B-1'), { manager: own });
    });
    await untilIdle(host.app);

    expect(ids(receiver.requests)).toEqual([published?.id]);
    const [request] = receiver.requests;
    const headers = request?.headers as Record<string, string>;
    expect(new StandardWebhook(secret).verify(request?.body ?? '', headers)).toMatchObject({
      data: { booking: { id: 'B-1' } },
    });
    expect(await host.dataSource.query('SELECT id FROM booking')).toEqual([{ id: 2 }]);
    await host.dataSource.query('DROP TABLE booking');
  });

  it('nothing is sent while the transaction that published it is open', async () => {
    await start({ sweepIntervalMs: 20 });
    await host.subscribe(receiver.url);
    await host.webhooks.publish(cancelled('before'));
    await untilIdle(host.app);
    await host.dataSource.transaction(async (own) => {
      await host.webhooks.publish(cancelled('within'), { manager: own });
      // Many sweeps long.
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(receiver.requests).toHaveLength(1);
    });
    await untilIdle(host.app);
    expect(receiver.requests).toHaveLength(2);
  });

  it('what lanes record while a transaction of the host is open outlives its rollback', async () => {
    await start();
    let answer: () => void = () => undefined;
    const answering = new Promise<void>((resolve) => (answer = resolve));
    receiver.answer(async () => {
      await answering;
      return { status: 200 };
    });
    await host.subscribe(receiver.url);
    await host.webhooks.publish(cancelled('B-1'));
    await until('the request is under way', () => receiver.requests.length === 1);
    const rollback = host.dataSource.transaction(async (own) => {
      await host.webhooks.publish(cancelled('undone'), { manager: own });
      answer();
      await new Promise((resolve) => setTimeout(resolve, 300));
      throw new Error('the booking fails');
    });
    await expect(rollback).rejects.toThrow('the booking fails');
    await untilIdle(host.app);

    expect(receiver.requests).toHaveLength(1);
    expect(await manager().find(WebhookDelivery)).toEqual([
      expect.objectContaining({ status: 'succeeded', attemptCount: 1, lastStatusCode: 200 }),
    ]);
    expect(await manager().count(WebhookAttempt)).toBe(1);
  });

  it('the same key published twice for a contract is one event, also in one call', async () => {
    await start({ worker: false });
    const [first, again, capital] = await host.webhooks.publish([
      cancelled('B-1', { eventKey: 'k' }),
      cancelled('B-1', { eventKey: 'k' }),
      cancelled('B-1', { eventKey: 'K' }),
    ]);
    expect(again).toEqual({ id: first?.id, duplicate: true });
    expect(capital?.duplicate).toBe(false);
    const [later] = await host.dataSource.transaction((own) =>
      host.webhooks.publish(cancelled('B-1', { eventKey: 'k' }), { manager: own }),
    );
    expect(later).toEqual({ id: first?.id, duplicate: true });
    const [elsewhere] = await host.webhooks.publish(cancelled('B-1', { eventKey: 'k', contractId: 'c-1' }));
    expect(elsewhere?.duplicate).toBe(false);
    expect(await manager().count(WebhookEvent)).toBe(3);
  });

  it('a large body in any script arrives as it was published', async () => {
    await start();
    await host.subscribe(receiver.url);
    const note = `${'x'.repeat(100_000)} Füße, 東京, 😀, "quoted" \\ 'single' \u0001 {} :id $1 ?`;
    await host.webhooks.publish(cancelled('B-1', { data: { booking: { id: 'B-1', note } } } as object));
    await untilIdle(host.app);
    const body = JSON.parse(bodies(receiver.requests)[0] ?? '') as { data: { booking: { note: string } } };
    expect(body.data.booking.note).toBe(note);
  });

  it('a failed attempt is tried again until it succeeds, and the log tells of each', async () => {
    await start();
    const { id } = await host.subscribe(receiver.url);
    receiver.answer((_, index) => ({ status: index < 2 ? 500 : 200, body: `answer ${index} 😀` }));
    await host.webhooks.publish(cancelled('B-1'));
    await untilIdle(host.app);

    expect(new Set(ids(receiver.requests)).size).toBe(1);
    const log = host.app.get(DeliveryLog);
    const { data } = await log.list('C-1', id);
    expect(data).toEqual([
      expect.objectContaining({ status: 'succeeded', attemptCount: 3, lastStatusCode: 200, lastError: null }),
    ]);
    const { attempts } = await log.get('C-1', data[0]?.id ?? '');
    expect(attempts.map(({ statusCode, responseBody }) => [statusCode, responseBody])).toEqual([
      [500, 'answer 0 😀'],
      [500, 'answer 1 😀'],
      [200, 'answer 2 😀'],
    ]);
  });

  it('many events for many webhooks arrive once each, and one worker at a time works a lane', async () => {
    // A request that a busy machine is late with would be sent again.
    await start({ deadlineMs: 60_000 });
    const webhooks = await Promise.all(
      Array.from({ length: 12 }, (_, index) => host.subscribe(`${receiver.url}/${index}`)),
    );
    const published = await host.webhooks.publish(
      Array.from({ length: 60 }, (_, number) => cancelled(`B-${number}`)),
    );
    await untilIdle(host.app);
    for (const [index] of webhooks.entries()) {
      const arrived = receiver.requests.filter(({ path }) => path === `/${index}`);
      expect(ids(arrived).sort()).toEqual(published.map(({ id }) => id).sort());
    }
    expect(await manager().countBy(WebhookDelivery, { status: 'succeeded' })).toBe(12 * 60);
    expect(await manager().count(WebhookAttempt)).toBe(12 * 60);
  });

  it('events that a filter by their data leaves out are recovered by it as well', async () => {
    await start();
    const confirmed = { data: { booking: { id: 'B-2', status: 'CONFIRMED' } } } as object;
    await host.webhooks.publish([cancelled('B-1'), cancelled('B-2', confirmed), cancelled('B-3')]);
    await untilIdle(host.app);
    const { id } = await host.subscribe(receiver.url, { filters: { statuses: ['CONFIRMED'] } });
    const since = new Date(Date.now() - 60_000);
    const { missed, olderThanWebhook } = await host.app.get(Redelivery).previewRecovery('C-1', id, since);
    expect([missed, olderThanWebhook]).toEqual([1, 1]);
  });

  it('deliveries about one resource go in their order, others beside them', async () => {
    await start({ retryDelaysMs: Array.from({ length: 20 }, () => 20), pauseAfterFailures: 10_000 });
    await host.subscribe(receiver.url, { ordering: 'resource', maxInFlight: 5 });
    receiver.answer((_, index) => ({ status: index % 3 === 0 ? 500 : 200 }));
    const change = (booking: string, number: number) =>
      cancelled(booking, {
        data: { booking: { id: booking, number } },
        resourceKey: `booking:${booking}`,
      } as object);
    for (let number = 0; number < 8; number += 1) {
      await host.webhooks.publish(['B-1', 'B-2', 'B-3'].map((booking) => change(booking, number)));
    }
    await untilIdle(host.app);

    const arrived: Record<string, number[]> = {};
    for (const body of bodies(receiver.requests)) {
      const { booking } = (JSON.parse(body) as { data: { booking: { id: string; number: number } } }).data;
      (arrived[booking.id] ??= []).push(booking.number);
    }
    for (const numbers of Object.values(arrived)) {
      expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
      expect([...new Set(numbers)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    }
    expect(Object.keys(arrived)).toHaveLength(3);
  });

  it('a webhook that is switched off gets nothing more, and what was pending is cancelled', async () => {
    await start({ retryDelaysMs: [60_000], pauseAfterFailures: 10_000 });
    const { id } = await host.subscribe(receiver.url);
    receiver.answer(() => ({ status: 500 }));
    await host.webhooks.publish([cancelled('B-1'), cancelled('B-2')]);
    await until('both have failed', async () => {
      const rows = await manager().find(WebhookDelivery);
      return rows.length === 2 && rows.every(({ attemptCount }) => attemptCount === 1);
    });
    await host.registry.deactivate('C-1', id);
    await until('all are cancelled', async () =>
      (await manager().find(WebhookDelivery)).every((one) => one.status === 'cancelled'),
    );
    await untilIdle(host.app);
  });

  it('statistics, lists and the export tell the same', async () => {
    await start();
    for (let index = 0; index < 7; index += 1)
      await host.subscribe(`${receiver.url}/${index}`, {
        eventTypes: index % 2 === 0 ? ['booking.*'] : ['Product Added'],
        ...(index === 3
          ? { profile: 'octo', capabilities: ['octo/pricing'], eventTypes: ['booking_update'] }
          : {}),
      });
    receiver.answer(({ path }) => ({ status: path === '/0' ? 200 : 500 }));
    await host.webhooks.publish([cancelled('B-1'), cancelled('B-2')]);
    await untilIdle(host.app);

    const all: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await host.registry.list(ALL_CONTRACTS, { sort: 'url', limit: 3, cursor });
      all.push(...page.data.map(({ url }) => url ?? ''));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(all).toEqual(Array.from({ length: 7 }, (_, index) => `${receiver.url}/${index}`));

    const found = async (query: object) =>
      (await host.registry.list('C-1', { sort: 'url', ...query })).data.map(({ url }) => url?.at(-1));
    expect(await found({ eventType: 'booking.*' })).toEqual(['0', '2', '4', '6']);
    expect(await found({ eventType: 'Product Added' })).toEqual(['1', '5']);
    expect(await found({ url: '/5' })).toEqual(['5']);
    expect(await found({ url: '_' })).toEqual([]);
    expect(await found({ capability: 'octo/pricing' })).toEqual(['3']);
    expect(await found({ useContactLanguage: true, failing: false, status: 'active' })).toEqual(
      expect.arrayContaining(['0', '1', '5']),
    );
    expect(await host.registry.list('c-1')).toEqual({ data: [], nextCursor: null });

    const first = (await host.registry.list('C-1', { url: '/0' })).data[0]?.id ?? '';
    const second = (await host.registry.list('C-1', { url: '/2' })).data[0]?.id ?? '';
    const [good, bad] = await host.app.get(DeliveryStatistics).of('C-1', [first, second]);
    expect([good?.succeeded, good?.failed]).toEqual([2, 0]);
    expect([bad?.succeeded, bad?.failed]).toEqual([0, 2]);
    expect(good?.hours.at(-1)).toMatchObject({ succeeded: 2 });

    const { content } = await host.app.get(WebhookExport).file('C-1', 'csv', { sort: 'url' });
    expect((await text(content)).trimEnd().split('\r\n')).toHaveLength(8);
  });

  it('a feed has what happened in its order, each event once, and a cursor goes on behind it', async () => {
    await start();
    const { id } = await host.subscribe('', { url: undefined, transport: 'pull', ordering: 'resource' });
    const published: string[] = [];
    for (let number = 0; number < 5; number += 1) {
      const [event] = await host.webhooks.publish(cancelled('B-1', { resourceKey: 'booking:B-1' }));
      published.push(event?.id ?? '');
    }
    await untilIdle(host.app);
    const feed = host.app.get(EventFeed);
    const first = await feed.read('C-1', id, { limit: 3 });
    const rest = await feed.read('C-1', id, { after: first.nextCursor });
    expect([...first.data, ...rest.data].map((event) => event.id)).toEqual(published);
    expect([first.hasMore, rest.hasMore]).toEqual([true, false]);
    expect(receiver.requests).toEqual([]);
  });

  it('of a burst about a resource its newest state is sent, and the others are superseded by it', async () => {
    await start({ sliceSize: 5 });
    await host.subscribe(receiver.url, { coalesceMs: 300, maxInFlight: 10 });
    const state = (resource: string, vacancies: number) =>
      availabilityUpdated({
        contractId: 'C-1',
        resourceKey: resource,
        data: { availability: { id: resource, vacancies } },
      });
    const lane = (set: string) => host.dataSource.query(`UPDATE webhook_lane SET ${set}`);
    await lane(`lease_token = 'elsewhere', lease_until = ${Date.now() + 3_600_000}`);
    for (const resource of ['P-1', 'P-2'])
      await host.webhooks.publish(Array.from({ length: 12 }, (_, count) => state(resource, count)));
    await until('all are due', async () => {
      const rows = await manager().find(WebhookDelivery);
      return rows.length === 24 && rows.every(({ dueAt }) => (dueAt ?? Infinity) < Date.now());
    });
    await lane('lease_token = NULL, lease_until = NULL');
    await untilIdle(host.app);

    const sent = bodies(receiver.requests).map((body) => JSON.parse(body).data.availability);
    expect(sent.sort((one, other) => one.id.localeCompare(other.id))).toEqual([
      { id: 'P-1', vacancies: 11 },
      { id: 'P-2', vacancies: 11 },
    ]);
    const succeeded = new Set(ids(receiver.requests));
    for (const row of await manager().find(WebhookDelivery))
      if (succeeded.has(row.eventId)) expect(row).toMatchObject({ status: 'succeeded', supersededBy: null });
      else {
        expect(row).toMatchObject({ status: 'superseded', dueAt: null, attemptCount: 0 });
        expect(succeeded).toContain(row.supersededBy);
      }
  });

  it('a state that failed is not tried again once a newer one is known, and is sent when somebody asks for it', async () => {
    await start();
    let answer: (status: number) => void = () => undefined;
    const first = new Promise<number>((resolve) => (answer = resolve));
    receiver.answer(async (_, index) => ({ status: index === 0 ? await first : 204 }));
    await host.subscribe(receiver.url, { coalesceMs: 100 });
    const state = (vacancies: number) =>
      availabilityUpdated({
        contractId: 'C-1',
        resourceKey: 'P-1',
        data: { availability: { id: 'P-1', vacancies } },
      });
    const vacancies = () =>
      bodies(receiver.requests).map((body) => JSON.parse(body).data.availability.vacancies);
    await host.webhooks.publish(state(1));
    await until('the first is under way', () => receiver.requests.length === 1);
    await host.webhooks.publish(state(2));
    await until('the second is due', async () => {
      const rows = await manager().find(WebhookDelivery, { order: { eventId: 'ASC' } });
      return rows.length === 2 && (rows[1]?.dueAt ?? Infinity) <= Date.now();
    });
    answer(503);
    await untilIdle(host.app);
    expect(vacancies()).toEqual([1, 2]);
    const [one, two] = await manager().find(WebhookDelivery, { order: { eventId: 'ASC' } });
    expect(one).toMatchObject({ status: 'superseded', attemptCount: 1, supersededBy: two?.eventId });

    await host.app.get(Redelivery).redeliver('C-1', one?.id ?? '');
    await untilIdle(host.app);
    expect(vacancies()).toEqual([1, 2, 1]);
    expect(await manager().findOneBy(WebhookDelivery, { id: one?.id })).toMatchObject({
      status: 'succeeded',
      supersededBy: null,
    });
  });

  it('a state that is fanned out late is superseded by the newer one that was sent', async () => {
    await start();
    await host.subscribe(receiver.url, { coalesceMs: 100 });
    const state = (resourceKey: string) =>
      availabilityUpdated({ contractId: 'C-1', resourceKey, data: { availability: { id: resourceKey } } });
    const [older, newer] = await host.webhooks.publish([state('P-1'), state('P-1')]);
    await untilIdle(host.app);
    // As if the relay that had it in hand had been stopped until now.
    await host.dataSource.query(`DELETE FROM webhook_delivery WHERE event_id = '${older?.id}'`);
    await host.dataSource.query(`UPDATE webhook_event SET fanned_out_at = NULL WHERE id = '${older?.id}'`);
    await host.webhooks.publish(state('P-9'));
    await untilIdle(host.app);
    expect(ids(receiver.requests)).not.toContain(older?.id);
    const [late] = await manager().findBy(WebhookDelivery, { eventId: older?.id });
    expect(late).toMatchObject({ status: 'superseded', supersededBy: newer?.id, attemptCount: 0 });
  });

  it('what has come of an attempt is recorded in few statements, and waits for nobody who holds its lane', async () => {
    await start({ sweepIntervalMs: 3_600_000, deadlineMs: 60_000 });
    await host.subscribe(receiver.url);
    const elsewhere = host.dataSource.createQueryRunner();
    // On SQLite there is one connection, and nobody else to hold anything.
    const others = database !== 'sqljs';
    receiver.answer(async () => {
      if (others) {
        await elsewhere.startTransaction();
        await elsewhere.query('UPDATE webhook_lane SET pause_count = pause_count');
      }
      host.statements.clear();
      return { status: 200 };
    });
    await host.webhooks.publish(cancelled('B-1'));
    try {
      await until('it is recorded', async () => (await manager().count(WebhookAttempt)) === 1);
    } finally {
      if (others) await elsewhere.rollbackTransaction();
      await elsewhere.release();
    }
    const statements = [...host.statements.statements];
    const inserted = statements.findIndex((sql) => /INSERT INTO .?webhook_attempt/.test(sql));
    await untilIdle(host.app);

    const last = statements.findIndex((sql, index) => index >= inserted && sql === 'COMMIT');
    const recording = statements
      .slice(0, database === 'postgres' ? inserted + 1 : last + 1)
      .filter((sql) => !sql.startsWith('SELECT COUNT'));
    expect(recording).toHaveLength(RECORDING[database] ?? NaN);
  });

  it('what a receiver did not take is in the feed after a recovery, once its webhook pulls', async () => {
    await start({ retryDelaysMs: [] });
    receiver.answer(() => ({ status: 500 }));
    const { id } = await host.subscribe(receiver.url, { retryOnError: false });
    const published = await host.webhooks.publish([cancelled('B-1'), cancelled('B-2'), cancelled('B-3')]);
    await untilIdle(host.app);
    await host.registry.update('C-1', id, { transport: 'pull' });
    await host.registry.activate('C-1', id);
    const since = new Date(Date.now() - 60_000);
    expect(await host.app.get(Redelivery).recover('C-1', id, since)).toEqual({ recovered: 3 });
    const { data } = await host.app.get(EventFeed).read('C-1', id);
    expect(data.map((event) => event.id)).toEqual(published.map((event) => event.id));
    const rows = await manager().find(WebhookDelivery);
    expect(rows.map(({ status }) => status)).toEqual(['offered', 'offered', 'offered']);
  });

  it('retention removes what is old, children first, and keeps what is pending', async () => {
    await start({ worker: false, retentionDays: 30 });
    const { id: webhookId } = await host.subscribe(receiver.url);
    const store = async (pending: boolean, sequence: number) => {
      const old = Date.now() - 31 * DAY_MS + sequence;
      const [eventId, deliveryId, attemptId] = [0, 1, 2].map(() => uuidv7({ msecs: old })) as [
        string,
        string,
        string,
      ];
      const event = { type: 'booking.updated', contractId: 'C-1', data: '{}' };
      const times = { occurredAt: old, createdAt: old, fannedOutAt: old };
      await manager().insert(WebhookEvent, {
        id: eventId,
        ...event,
        ...times,
        ...(database === 'sqljs' ? { sequence } : {}),
      });
      await manager().insert(WebhookDelivery, {
        id: deliveryId,
        eventId,
        webhookId,
        contractId: 'C-1',
        eventType: 'booking.updated',
        status: pending ? 'pending' : 'succeeded',
        trigger: 'scheduled',
        attemptCount: 1,
        attemptsBeforeBudget: 0,
        dueAt: pending ? Date.now() + DAY_MS : null,
        createdAt: old,
      });
      await manager().insert(WebhookAttempt, {
        id: attemptId,
        deliveryId,
        number: 1,
        kind: 'scheduled',
        startedAt: old,
        durationMs: 5,
        bodySha256: '',
      });
      return eventId;
    };
    const before = await store(false, 1);
    const kept = await store(true, 2);
    await store(false, 3);
    await host.webhooks.publish(cancelled('young'));

    // What is younger than the oldest event that is needed stays for another run.
    expect(await host.app.get(Retention).prune()).toEqual({
      attempts: 3,
      deliveries: 2,
      events: 1,
      webhooks: 0,
    });
    const left = (await manager().find(WebhookEvent)).map(({ id }) => id);
    expect(left).toContain(kept);
    expect(left).not.toContain(before);
    expect(await manager().find(WebhookDelivery)).toHaveLength(1);
  });

  it('a worker that lost its lane records nothing, and a dead one’s lease ends by itself', async () => {
    await start({ sliceMs: 1, deadlineMs: 500 });
    const lane = (set: string) => host.dataSource.query(`UPDATE webhook_lane SET ${set}`);
    const { id } = await host.subscribe(receiver.url);
    receiver.answer(async () => {
      if (receiver.requests.length === 1)
        await lane(`lease_token = 'another worker', lease_until = ${Date.now() + 1_500}`);
      return { status: 200 };
    });
    await host.webhooks.publish(cancelled('B-1'));
    await untilIdle(host.app);

    expect(receiver.requests).toHaveLength(2);
    const waited = (receiver.requests[1]?.receivedAt ?? 0) - (receiver.requests[0]?.receivedAt ?? 0);
    expect(waited).toBeGreaterThan(1_000);
    expect(await manager().count(WebhookAttempt)).toBe(1);
    expect(await manager().findOneBy(WebhookDelivery, { webhookId: id })).toMatchObject({
      status: 'succeeded',
      attemptCount: 1,
    });
  });

  it('the application ends when what is in flight is recorded', async () => {
    await start({ deadlineMs: 60_000 });
    let answer: () => void = () => undefined;
    const answering = new Promise<void>((resolve) => (answer = resolve));
    receiver.answer(async () => {
      await answering;
      return { status: 200 };
    });
    await host.subscribe(receiver.url, { maxInFlight: 2 });
    const statements: string[] = [];
    host.statements.onStatement = (statement) => statements.push(statement);
    await host.webhooks.publish([cancelled('B-1'), cancelled('B-2'), cancelled('B-3')]);
    await until('two are in flight', () => receiver.requests.length === 2);
    const closed = host.app.close();
    answer();
    await closed;
    expect(receiver.requests.length).toBeLessThanOrEqual(3);
    expect(statements.some((statement) => statement.includes('webhook_attempt'))).toBe(true);
    expect(host.statements.errors).toEqual([]);
  });

  it('an OCTO subscription is made, shown, delivered to and deleted', async () => {
    const rest = await RestHost.start({ platform: 'express', database });
    try {
      const api = rest.as('C-1');
      const call = (method: 'get' | 'post' | 'delete', path = '') => {
        const request = api[method](`/octo/notifications/subscriptions${path}`);
        return request.set('Octo-Capabilities', 'octo/notifications');
      };
      const subscription = (
        await call('post')
          .send({ url: receiver.url, notificationTypes: ['BOOKING_UPDATE'] })
          .expect(200)
      ).body as { id: string };
      expect((await call('get').expect(200)).body).toEqual([subscription]);
      const { body: tested } = await rest
        .as('C-1')
        .post(`/webhooks/${subscription.id}/test`)
        .send({})
        .expect(200);
      expect(tested).toMatchObject({ status: 'succeeded', attempts: [{ kind: 'test' }] });
      expect(receiver.requests).toHaveLength(1);
      await call('delete', `/${subscription.id}`).expect(200);
      expect((await call('get').expect(200)).body).toEqual([]);
    } finally {
      await rest.stop();
    }
    host = await Host.start({ database, scheduler, worker: false });
  });
}

it('a SQLite that saves itself to a file is what the next process begins with', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'booking-webhooks-spec-'));
  const options = { type: 'sqljs' as const, location: join(folder, 'file.sqlite'), autoSave: true };
  const shared = {
    database: { url: '', options, drop: () => rm(folder, { recursive: true }) },
    redis: { url: '', prefix: '' },
  };
  const receiver = await TestReceiver.start();
  const publisher = await Host.start({ shared, scheduler: 'in-process', worker: false });
  await publisher.subscribe(receiver.url);
  const published = await publisher.dataSource.transaction((manager) =>
    publisher.webhooks.publish([cancelled('B-1'), cancelled('B-2')], { manager }),
  );
  await publisher.stop();
  const worker = await Host.start({ shared, scheduler: 'in-process' });
  await untilIdle(worker.app);
  await worker.stop();

  expect(ids(receiver.requests).sort()).toEqual(published.map(({ id }) => id).sort());
  await receiver.stop();
  await shared.database.drop();
});

mariadb.describe('several processes on one MariaDB', () => {
  let shared: SharedServices;
  let receiver: TestReceiver;

  beforeEach(async () => {
    shared = await sharedServices('mariadb');
    receiver = await TestReceiver.start();
  });
  afterEach(async () => {
    await receiver.stop();
    await shared.database.drop();
  });

  it('deliver each event once, and lock each other out nowhere', async () => {
    const hosts = [];
    // They know nothing of each other, and sweep all the time.
    for (let process = 0; process < 3; process += 1)
      hosts.push(await Host.start({ shared, scheduler: 'in-process', sweepIntervalMs: 10 }));
    const [first] = hosts as [Host, ...Host[]];
    for (let index = 0; index < 5; index += 1) await first.subscribe(`${receiver.url}/${index}`);
    const publishing = hosts.map(async (host, process) => {
      for (let round = 0; round < 10; round += 1)
        await host.webhooks.publish([cancelled(`B-${process}-${round}`), cancelled(`C-${process}-${round}`)]);
    });
    await Promise.all(publishing);
    for (const host of hosts) await untilIdle(host.app);
    const errors = hosts.flatMap(({ statements }) => statements.errors);
    for (const host of hosts) await host.stop();

    expect(errors).toEqual([]);
    expect(receiver.requests).toHaveLength(5 * 60);
    expect(
      new Set(receiver.requests.map(({ path, headers }) => `${path} ${String(headers['webhook-id'])}`)).size,
    ).toBe(300);
  });
});
