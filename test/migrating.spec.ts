import { HttpModule } from '@nestjs/axios';
import { BullModule } from '@nestjs/bull';
import { Test } from '@nestjs/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ALL_CONTRACTS, webhookMigrations, WebhookRegistry, WebhooksModule } from 'nestjs-booking-webhooks';
import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';
import { verifyStandard } from 'nestjs-booking-webhooks/receiver';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DataSource } from 'typeorm';

import { BookingsService } from './migrating/bookings.service.js';
import { cutOver, importWebhooks, rollBack } from './migrating/move-webhooks.js';
import { MovedWebhook } from './migrating/moved-webhook.entity.js';
import { OldProcessor, OldSender, OldWebhook, QUEUE } from './migrating/old-sender.js';
import { freshDatabase } from './setup/database.js';
import { QUICK } from './setup/host.js';
import { freshRedis } from './setup/redis.js';
import { until } from './setup/until.js';

const SECRET = Buffer.alloc(32, 5).toString('base64');
const ROOT = resolve(__dirname, '..');

let database: Awaited<ReturnType<typeof freshDatabase>>;
let receiver: TestReceiver;
let app: INestApplicationContext;
let oldId: string;

beforeEach(async () => {
  database = await freshDatabase();
  receiver = await TestReceiver.start();
  const redis = freshRedis();
  const connection = { type: 'postgres' as const, url: database.url };
  // The tables of the platform as it was, then the module's.
  const before = new DataSource({ ...connection, entities: [OldWebhook, MovedWebhook], synchronize: true });
  await before.initialize();
  ({ id: oldId } = await before
    .getRepository(OldWebhook)
    .save({ contractId: 'C-1', url: receiver.url, secret: SECRET, active: true }));
  await before.destroy();
  const entities = [OldWebhook, MovedWebhook];
  const module = await Test.createTestingModule({
    imports: [
      TypeOrmModule.forRoot({
        ...connection,
        autoLoadEntities: true,
        migrations: webhookMigrations,
        migrationsRun: true,
      }),
      TypeOrmModule.forFeature(entities),
      BullModule.forRoot({ url: redis.url, prefix: redis.prefix }),
      BullModule.registerQueue({ name: QUEUE }),
      HttpModule,
      WebhooksModule.forRoot(QUICK as WebhooksModuleOptions),
    ],
    providers: [OldSender, OldProcessor, BookingsService],
  }).compile();
  app = await module.init();
});
afterEach(async () => {
  await app.close();
  await receiver.stop();
  await database.drop();
});

const cancel = async (...ids: string[]) => {
  for (const id of ids) await app.get(BookingsService).cancel('C-1', id);
};
/** The bookings that a receiver has seen, each webhook-id once, as receivers are asked to do it. */
const seen = () => {
  const bodies = new Map(
    receiver.requests.map(({ headers, body }) => [headers['webhook-id'], body.toString()]),
  );
  return [...bodies.values()].map(
    (body) => (JSON.parse(body) as { data: { booking: { id: string } } }).data.booking.id,
  );
};
const bySender = () =>
  receiver.requests.map(({ headers }) => ('x-webhook-event' in headers ? 'module' : 'old'));

it('moves a webhook over and back without a gap, under its own secret, and no event is two', async () => {
  const dataSource = app.get(DataSource);
  const registry = app.get(WebhookRegistry);
  await cancel('B-1');
  await until('the old sender has sent', () => receiver.requests.length === 1);

  expect(await importWebhooks(dataSource, registry)).toBe(1);
  expect(await importWebhooks(dataSource, registry)).toBe(0);
  await cancel('B-2');
  await until('the old sender has sent', () => receiver.requests.length === 2);
  await untilIdle(app);
  expect(bySender()).toEqual(['old', 'old']);

  // In the middle of the move both send.
  const { newId } = await dataSource.getRepository(MovedWebhook).findOneByOrFail({ oldId });
  await registry.activate(ALL_CONTRACTS, newId);
  await cancel('B-3');
  await until('both have sent', () => receiver.requests.length === 4);
  const [first, second] = receiver.requests.slice(2);
  expect(first?.headers['webhook-id']).toBe(second?.headers['webhook-id']);
  expect(bySender().slice(2).toSorted()).toEqual(['module', 'old']);

  await registry.deactivate(ALL_CONTRACTS, newId);
  await cutOver(dataSource, registry, oldId);
  await cancel('B-4');
  await until('the module has sent', () => receiver.requests.length === 5);
  expect(bySender().at(-1)).toBe('module');

  await rollBack(dataSource, registry, oldId, () => untilIdle(app));
  await cancel('B-5');
  await until('the old sender has sent', () => receiver.requests.length === 6);
  await untilIdle(app);
  expect(bySender().at(-1)).toBe('old');

  expect(seen().toSorted()).toEqual(['B-1', 'B-2', 'B-3', 'B-4', 'B-5']);
  for (const { headers, body } of receiver.requests)
    expect(verifyStandard(`whsec_${SECRET}`, headers, body)).toEqual({ ok: true });
});

it('takes no secret that is none for the scheme, and repeats it nowhere', async () => {
  const cases = [
    ['standard', SECRET, /'whsec_' and the base64 of 24 to 64 bytes/],
    ['standard', 'whsec_AAAA', /24 to 64 bytes/],
    ['ed25519', `whsec_${SECRET}`, /'whsk_'/],
    ['hmac', '', /1 to 255/],
    ['none', 'x-never-shown', /leave it out/],
  ] as const;
  const registry = app.get(WebhookRegistry);
  for (const [signing, secret, expected] of cases) {
    const input = { contractId: 'C-1', url: receiver.url, eventTypes: ['*'], signing };
    const refusal: unknown = await registry
      .create(ALL_CONTRACTS, input, {}, { secret })
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ field: 'secret', expected: expect.stringMatching(expected) }],
    });
    if (secret !== '') expect(JSON.stringify(refusal)).not.toContain(secret);
  }
  expect(await registry.list(ALL_CONTRACTS)).toMatchObject({ data: [] });
});

it('the guide shows these files as they are', () => {
  const page = readFileSync(resolve(ROOT, 'docs/migrating.md'), 'utf8');
  const shown = [...page.matchAll(/<!-- source: (\S+) -->\n+```ts\n(.*?)```$/gms)];
  expect(shown.map(([, path]) => path)).toEqual([
    'test/migrating/old-sender.ts',
    'test/migrating/bookings.service.ts',
    'test/migrating/move-webhooks.ts',
  ]);
  for (const [, path = '', text] of shown) expect(text).toBe(readFileSync(resolve(ROOT, path), 'utf8'));
});
