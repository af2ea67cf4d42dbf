import type { DomainEvent } from 'nestjs-booking-webhooks';
import { PublishError, WebhookEvent } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { cancelled, Host, sharedServices } from './setup/host.js';

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

const throwing = {
  toJSON() {
    throw new Error('guest@example.com');
  },
};

/** What publish refused, and why. */
async function refusal(publishing: Promise<unknown>): Promise<PublishError> {
  const error = await publishing.then(
    () => new Error('It was published.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PublishError);
  return error as PublishError;
}

describe('what is stored', () => {
  let host: Host;

  beforeAll(async () => {
    host = await Host.start({ scheduler: 'in-process', worker: false });
  });

  beforeEach(async () => {
    await host.dataSource.query('DELETE FROM webhook_event');
    host.statements.clear();
  });

  afterAll(() => host.stop());

  const count = () => host.dataSource.manager.count(WebhookEvent);

  it.each<[field: string, what: string, event: object]>([
    ['contractId', 'missing', { contractId: undefined }],
    ['contractId', 'a number', { contractId: 7 }],
    ['contractId', 'empty', { contractId: '' }],
    ['contractId', 'longer than 64', { contractId: 'x'.repeat(65) }],
    ['contractId', 'holding NUL', { contractId: 'C\u00001' }],
    ['contractId', 'half a surrogate pair', { contractId: 'C-\ud83d' }],
    ['eventKey', 'empty', { eventKey: '' }],
    ['eventKey', 'null', { eventKey: null }],
    ['eventKey', 'longer than 191', { eventKey: 'x'.repeat(192) }],
    ['eventKey', 'holding NUL', { eventKey: '\u0000' }],
    ['resourceKey', 'a number', { resourceKey: 7 }],
    ['resourceKey', 'longer than 191', { resourceKey: 'x'.repeat(192) }],
    ['occurredAt', 'a text', { occurredAt: '2030-01-15' }],
    ['occurredAt', 'an invalid date', { occurredAt: new Date('never') }],
    ['contactLocales', 'a text', { contactLocales: 'en' }],
    ['contactLocales', 'a list of numbers', { contactLocales: [1] }],
    ['data', 'missing', { data: undefined }],
    ['data', 'null', { data: null }],
    ['data', 'a text', { data: 'B-1' }],
    ['data', 'a list', { data: [] }],
    ['data', 'a cycle', { data: cyclic }],
    ['data', 'a bigint', { data: { amount: 1n } }],
    ['data', 'an object that throws', { data: throwing }],
    ['data', 'an object that becomes a text', { data: new Date(0) }],
    ['previous', 'null', { previous: null }],
    ['originator', 'a text', { originator: 'the owner' }],
    ['originator', 'null', { originator: null }],
    ['originator', 'a list', { originator: ['the owner'] }],
    ['accountContext', 'a list', { accountContext: [] }],
  ])('an event whose %s is %s is refused by that name, and nothing is stored', async (field, _, fields) => {
    const event = { ...cancelled('B-1'), ...fields } as DomainEvent;
    const error = await refusal(host.webhooks.publish([cancelled('before'), event]));

    expect(error.code).toBe('INVALID_EVENT');
    expect(error.errors.map((found) => found.field)).toEqual([field]);
    expect(error.message).toContain(`${field} ${error.errors[0]?.reason}: ${error.errors[0]?.expected}`);
    expect(error.message).not.toContain('guest@example.com');
    expect(await count()).toBe(0);
  });

  it('every bad field is named at once', async () => {
    const event = { ...cancelled('B-1'), contractId: '', eventKey: '', occurredAt: 'today' };
    const { errors } = await refusal(host.webhooks.publish(event as never));
    expect(errors.map(({ field }) => field)).toEqual(['contractId', 'eventKey', 'occurredAt']);
  });

  it('an unknown event type is refused with the nearest known ones', async () => {
    const event = { ...cancelled('B-1'), type: 'booking.canceled' } as never;
    const error = await refusal(host.webhooks.publish(event));
    expect(error.code).toBe('UNKNOWN_EVENT_TYPE');
    expect(error.message).toContain('"booking.canceled"');
    expect(error.message).toMatch(/nearest known ones are booking\.cancelled,/);
    expect(await count()).toBe(0);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a text', 'booking.cancelled'],
    ['an object without a type', { contractId: 'C-1', data: {} }],
    ['an object with a number as its type', { ...cancelled('B-1'), type: 7 }],
    ['an object with a bigint as its type', { ...cancelled('B-1'), type: 7n }],
    ['an object with a cycle as its type', { ...cancelled('B-1'), type: cyclic }],
    ['an object with the name of a prototype as its type', { ...cancelled('B-1'), type: '__proto__' }],
  ])('%s is refused as an event', async (_, event) => {
    const error = await refusal(host.webhooks.publish([event as never]));
    expect(error.code).toBe('UNKNOWN_EVENT_TYPE');
    expect(await count()).toBe(0);
  });

  it('no events are no statement', async () => {
    expect(await host.webhooks.publish([])).toEqual([]);
    expect(host.statements.statements).toEqual([]);
  });

  it('a manager outside a transaction is refused', async () => {
    const { manager } = host.dataSource;
    const error = await refusal(host.webhooks.publish(cancelled('B-1'), { manager }));
    expect(error.code).toBe('NO_ACTIVE_TRANSACTION');
    expect(error.message).toContain('dataSource.transaction()');
    expect(await count()).toBe(0);
  });

  it('a manager whose transaction has ended is refused', async () => {
    const manager = await host.dataSource.transaction((own) => Promise.resolve(own));
    const error = await refusal(host.webhooks.publish(cancelled('B-1'), { manager }));
    expect(error.code).toBe('NO_ACTIVE_TRANSACTION');
    expect(await count()).toBe(0);
  });

  it("a refused event leaves the caller's transaction usable", async () => {
    await host.dataSource.transaction(async (manager) => {
      await refusal(host.webhooks.publish(cancelled('B-1', { contractId: '' }), { manager }));
      await host.webhooks.publish(cancelled('B-2'), { manager });
    });
    expect(await count()).toBe(1);
  });

  it('the answer has one entry for each event, in the order given, duplicates pointing at the first', async () => {
    const [earlier] = await host.webhooks.publish(cancelled('B-0', { eventKey: 'earlier' }));
    const published = await host.webhooks.publish([
      cancelled('B-1'),
      cancelled('B-0', { eventKey: 'earlier' }),
      cancelled('B-2', { eventKey: 'twice' }),
      cancelled('B-3', { eventKey: 'twice', contractId: 'C-2' }),
      cancelled('B-2', { eventKey: 'twice' }),
      cancelled('B-4'),
    ]);

    expect(published.map(({ duplicate }) => duplicate)).toEqual([false, true, false, false, true, false]);
    expect(published[1]?.id).toBe(earlier?.id);
    expect(published[4]?.id).toBe(published[2]?.id);
    expect(published[3]?.id).not.toBe(published[2]?.id);
    const rows = await host.dataSource.manager.find(WebhookEvent, { order: { id: 'ASC' } });
    expect(rows.map(({ id }) => id)).toEqual([earlier?.id, ...[0, 2, 3, 5].map((at) => published[at]?.id)]);
  });

  it('two transactions that publish the same event key at once store one event', async () => {
    const publish = () =>
      host.dataSource.transaction((manager) =>
        host.webhooks.publish(cancelled('B-1', { eventKey: 'k' }), { manager }),
      );
    const both = (await Promise.all([publish(), publish()])).flat();
    expect(both.map(({ duplicate }) => duplicate).sort()).toEqual([false, true]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect(await count()).toBe(1);
  });

  it('2,500 events in one publish are stored in their order, in one transaction', async () => {
    const events = Array.from({ length: 2_500 }, (_, number) => cancelled(`B-${number}`));
    const published = await host.webhooks.publish(events);

    const rows = await host.dataSource.query<{ id: string; data: string; xmin: string }[]>(
      'SELECT id, data, xmin::text FROM webhook_event ORDER BY id',
    );
    expect(rows.map(({ id }) => id)).toEqual(published.map(({ id }) => id));
    expect(rows.map(({ data }) => data)).toEqual(events.map(({ data }) => JSON.stringify(data)));
    expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
  });

  it('2,500 events of which the database refuses the last are not stored at all', async () => {
    await host.dataSource.query(
      `ALTER TABLE webhook_event ADD CONSTRAINT specs_refusal CHECK (resource_key <> 'refused')`,
    );
    const events = Array.from({ length: 2_500 }, (_, number) => cancelled(`B-${number}`));
    const publishing = host.webhooks.publish([...events, cancelled('last', { resourceKey: 'refused' })]);
    await expect(publishing).rejects.toThrow('specs_refusal');
    expect(await count()).toBe(0);
    await host.dataSource.query('ALTER TABLE webhook_event DROP CONSTRAINT specs_refusal');
  });

  it("2,500 events in the host's transaction go when it rolls back", async () => {
    const rollback = host.dataSource.transaction(async (manager) => {
      const events = Array.from({ length: 2_500 }, (_, number) => cancelled(`B-${number}`));
      expect(await host.webhooks.publish(events, { manager })).toHaveLength(2_500);
      throw new Error('the bookings fail');
    });
    await expect(rollback).rejects.toThrow('the bookings fail');
    expect(await count()).toBe(0);
  });

  it('every field arrives in its column', async () => {
    const occurredAt = new Date('2030-01-15T09:00:00.123Z');
    const [published] = await host.webhooks.publish(
      cancelled('B-1', {
        eventKey: 'k'.repeat(191),
        resourceKey: 'booking:B-1',
        occurredAt,
        originator: { type: 'agent', id: 7, name: 'Ann' },
        accountContext: { account: 'A-1' },
        contactLocales: ['es-MX', 'es'],
      }),
    );
    const row = await host.dataSource.manager.findOneByOrFail(WebhookEvent, { id: published?.id ?? '' });
    expect(row).toMatchObject({
      type: 'booking.cancelled',
      contractId: 'C-1',
      eventKey: 'k'.repeat(191),
      resourceKey: 'booking:B-1',
      occurredAt: occurredAt.getTime(),
      previous: null,
      originator: '{"type":"agent","id":7,"name":"Ann"}',
      accountContext: '{"account":"A-1"}',
      contactLocales: '["es-MX","es"]',
      fannedOutAt: null,
    });
  });
});

it('data reaches the receiver byte for byte as JSON.stringify wrote it', async () => {
  const host = await Host.start({ scheduler: 'in-process' });
  const receiver = await TestReceiver.start();
  await host.subscribe(receiver.url);
  const booking = {
    zebra: 1,
    '10': 'ten',
    '2': 'two',
    alpha: { ключ: 'значение', __proto__: null, nested: [[], {}, null, true] },
    numbers: [Number.MAX_SAFE_INTEGER, 1e21, 1e-7, 0.1 + 0.2, -0, 123456789012345680000],
    text: 'NUL \u0000, half \ud83d, whole 🛫, \u2028 and \\ and " and </script> and %s $1 ?',
    when: new Date(0),
    absent: undefined,
  };
  const expected = JSON.stringify({ booking });
  expect(expected).toContain('\\u0000');

  const [published] = await host.webhooks.publish({ ...cancelled('B-1'), data: { booking } });
  await untilIdle(host.app);

  const row = await host.dataSource.manager.findOneByOrFail(WebhookEvent, { id: published?.id ?? '' });
  expect(row.data).toBe(expected);
  expect(receiver.requests).toHaveLength(1);
  expect(receiver.requests[0]?.body.toString('utf8')).toMatch(/^\{"type":"booking\.cancelled","timestamp":"/);
  expect(receiver.requests[0]?.body.toString('utf8').endsWith(`,"data":${expected}}`)).toBe(true);
  await receiver.stop();
  await host.stop();
});

it('while Redis is unreachable publishing neither waits nor fails, and another process delivers later', async () => {
  const shared = await sharedServices();
  const healthy = await Host.start({ shared, worker: false });
  const receiver = await TestReceiver.start();
  await healthy.subscribe(receiver.url);
  await healthy.stop();

  // Nothing listens on port 1.
  const cutOff = { ...shared, redis: { ...shared.redis, url: 'redis://127.0.0.1:1' } };
  const host = await Host.start({ shared: cutOff });
  await host.dataSource.transaction((manager) =>
    host.webhooks.publish([cancelled('B-1'), cancelled('B-2')], { manager }),
  );
  await host.webhooks.publish(cancelled('B-3'));
  expect(await host.dataSource.manager.count(WebhookEvent)).toBe(3);
  expect(receiver.requests).toEqual([]);
  await host.stop();

  const other = await Host.start({ shared });
  await untilIdle(other.app);
  expect(receiver.requests.map(({ body }) => /"B-\d"/.exec(body.toString())?.[0]).sort()).toEqual([
    '"B-1"',
    '"B-2"',
    '"B-3"',
  ]);
  await other.stop();
  await receiver.stop();
  await shared.database.drop();
});
