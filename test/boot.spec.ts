import type { Server } from 'node:http';

import { BullModule } from '@nestjs/bull';
import type { DynamicModule, ForwardReference, INestApplication, Type } from '@nestjs/common';
import { Inject, Injectable, Module, Optional } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { Test } from '@nestjs/testing';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { WebhooksModuleOptions, WebhooksOptions, WebhooksOptionsFactory } from 'nestjs-booking-webhooks';
import {
  ALL_CONTRACTS,
  bookingUpdated,
  webhookEntities,
  WebhookEvent,
  WebhookRegistry,
  WebhooksConfigurationError,
  WebhooksModule,
  WebhooksService,
} from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { DataSource } from 'typeorm';

import request from 'supertest';

import { freshDatabase } from './setup/database.js';
import { cancelled, Host, QUICK, SECRET_KEY, sharedServices } from './setup/host.js';
import { freshRedis } from './setup/redis.js';
import { closeAll, unretriedOrm } from './setup/unretried-orm.js';
import { until } from './setup/until.js';

type Import = Type | DynamicModule | Promise<DynamicModule> | ForwardReference;

const IN_PROCESS = { ...QUICK, scheduler: 'in-process' } as WebhooksModuleOptions;
const { access, scheduler, portal, ...FROM_FACTORY } = IN_PROCESS;
const STRUCTURE = { access, scheduler, portal };

const hostType = (name: string) => ({ name, label: 'A label', description: 'A description.' });

let database: Awaited<ReturnType<typeof freshDatabase>>;
let connecting: Promise<DataSource>[];
let apps: INestApplication[];

@Injectable()
class Bookings {
  constructor(@Optional() @Inject(WebhooksService) readonly webhooks?: WebhooksService) {}
}

@Module({ providers: [Bookings] })
class BookingsModule {}

function orm(options: object = {}, name?: string): DynamicModule {
  return unretriedOrm(database.url, connecting, options, name);
}

async function boot(...imports: Import[]): Promise<INestApplication> {
  const testing = await Test.createTestingModule({ imports }).compile();
  const app = testing.createNestApplication({ logger: false });
  apps.push(app);
  return app.init();
}

async function refusal(starting: () => unknown): Promise<WebhooksConfigurationError> {
  const error: unknown = await new Promise((resolve) => resolve(starting())).then(
    () => new Error('It started.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WebhooksConfigurationError);
  return error as WebhooksConfigurationError;
}

/** Whether what is published reaches a receiver. */
async function expectDelivery(app: INestApplication): Promise<void> {
  const receiver = await TestReceiver.start();
  const webhook = { contractId: 'C-1', url: receiver.url, eventTypes: ['*'] };
  await app.get(WebhookRegistry).create(ALL_CONTRACTS, webhook);
  await app.get(WebhooksService).publish(cancelled('B-1'));
  await untilIdle(app);
  expect(receiver.requests.map(({ body }) => body.toString())).toEqual([expect.stringContaining('"B-1"')]);
  await receiver.stop();
}

describe('options', () => {
  const forRoot = (options: object) => refusal(() => WebhooksModule.forRoot({ ...IN_PROCESS, ...options }));

  const SHORT_KEY = Buffer.alloc(16, 1).toString('base64');

  it.each<[option: string, value: string, remedy: string, given: object]>([
    ['access', 'is missing', "'open'", { access: undefined }],
    ['access', 'is {}', 'contract: (request)', { access: {} }],
    ['access', "is 'public'", 'controllers: false', { access: 'public' }],
    ['secretKeys', 'is missing', 'openssl rand', { secretKeys: undefined }],
    ['secretKeys', 'is []', 'openssl rand', { secretKeys: [] }],
    ['secretKeys', 'is not a list', 'a list of keys', { secretKeys: SECRET_KEY }],
    ['secretKeys[0]', 'is not a key', 'base64 or hex', { secretKeys: [undefined] }],
    ['secretKeys[0]', 'is not a key', 'base64 or hex', { secretKeys: [''] }],
    ['secretKeys[1]', 'is not a key', '32 random bytes', { secretKeys: [SECRET_KEY, SHORT_KEY] }],
    ['secretKeys[0]', 'is not a key', 'base64', { secretKeys: ['not base64 at all, but rather long !'] }],
    ['portal', 'is true', 'false for no portal', { portal: true }],
    ['portal', 'is null', "path: 'webhooks/portal'", { portal: null }],
    ['portal.path', 'is 7', "path: 'webhooks/portal'", { portal: { path: 7 } }],
    ['portal.path', "is '/'", "path: 'webhooks/portal'", { portal: { path: '/' } }],
    ['portal.path', "is 'hooks/'", 'a REST resource is there', { path: 'hooks', portal: { path: 'hooks/' } }],
    ['portal.path', "is 'deliveries'", 'a REST resource is there', { portal: { path: 'deliveries' } }],
    ['deadlineMs', 'is -1', 'from 1 to 300000', { deadlineMs: -1 }],
    ['deadlineMs', 'is NaN', 'from 1 to 300000', { deadlineMs: NaN }],
    ['deadlineMs', "is '15000'", 'a whole number', { deadlineMs: '15000' }],
    ['deadlineMs', 'is 1n', 'a whole number', { deadlineMs: 1n }],
    ['maxResponseBytes', 'is 0', 'from 1024', { maxResponseBytes: 0 }],
    ['maxRetryAfterMs', 'is -1', 'from 0', { maxRetryAfterMs: -1 }],
    ['pauseAfterFailures', 'is 0', 'from 1', { pauseAfterFailures: 0 }],
    ['pauseMs', 'is 1.5', 'a whole number', { pauseMs: 1.5 }],
    ['maxPauseMs', 'is null', 'a whole number', { maxPauseMs: null }],
    ['secretOverlapMs', 'is -1', 'from 0', { secretOverlapMs: -1 }],
    ['maxInFlight', 'is 101', 'to 100', { maxInFlight: 101 }],
    ['concurrency', 'is 0', 'from 1', { concurrency: 0 }],
    ['sliceSize', 'is -5', 'from 1', { sliceSize: -5 }],
    ['sliceMs', 'is Infinity', 'to 300000', { sliceMs: Infinity }],
    ['relayBatchSize', 'is 0', 'from 1', { relayBatchSize: 0 }],
    ['sweepIntervalMs', 'is 0', 'from 10', { sweepIntervalMs: 0 }],
    ['retentionDays', 'is -30', 'from 1', { retentionDays: -30 }],
    ['retentionIntervalMs', 'is 1', 'from 10', { retentionIntervalMs: 1 }],
    ['retryJitter', 'is 2', 'from 0 to 1', { retryJitter: 2 }],
    ['retryJitter', 'is NaN', 'from 0 to 1', { retryJitter: NaN }],
    ['retryDelaysMs', 'is 5000', 'a list of whole numbers', { retryDelaysMs: 5_000 }],
    ['retryDelaysMs', "is [ '5 s' ]", 'milliseconds', { retryDelaysMs: ['5 s'] }],
    ['retryDelaysMs', 'is [ -1 ]', 'from 0 up', { retryDelaysMs: [-1] }],
    ['allowedAddresses', "is [ '10.0.0.0/99' ]", 'CIDR', { allowedAddresses: ['10.0.0.0/99'] }],
    ['allowedAddresses', "is [ 'localhost' ]", 'CIDR', { allowedAddresses: ['localhost'] }],
    ['allowedAddresses', "is '10.0.0.0/8'", 'CIDR', { allowedAddresses: '10.0.0.0/8' }],
    ['defaultLocale', "is 'en_US!'", 'BCP 47', { defaultLocale: 'en_US!' }],
    ['defaultLocale', "is ''", 'BCP 47', { defaultLocale: '' }],
    ['defaultLocale', 'is 7', 'BCP 47', { defaultLocale: 7 }],
    ['scheduler', "is 'redis'", "'in-process'", { scheduler: 'redis' }],
    ['worker', "is 'false'", 'true or false', { worker: 'false' }],
    ['controllers', 'is 0', 'true or false', { controllers: 0 }],
    ['allowHttp', "is 'yes'", 'true or false', { allowHttp: 'yes' }],
    ['isGlobal', 'is null', 'true or false', { isGlobal: null }],
    ['httpClient', "is 'fetch'", "'undici'", { httpClient: 'fetch' }],
    ['userAgent', "is 'a\\r\\nb: c'", 'one line', { userAgent: 'a\r\nb: c' }],
    ['userAgent', "is ''", 'printable ASCII', { userAgent: '' }],
    ['events', "is [ 'booking.cancelled' ]", 'an object of functions', { events: ['booking.cancelled'] }],
    ["events['a.b']", "is 'booking.cancelled'", 'functions', { events: { 'a.b': 'booking.cancelled' } }],
    ['catalog', "is [ 'a.b' ]", 'eventTypes', { catalog: ['a.b'] }],
    ['catalog.eventTypes', "is 'a.b'", "'voucher.redeemed'", { catalog: { eventTypes: 'a.b' } }],
    ['catalog.eventTypes[0]', "is 'a.b'", "'voucher.redeemed'", { catalog: { eventTypes: ['a.b'] } }],
    [
      'catalog.eventTypes[0].name',
      "is 'voucher'",
      'full stops',
      { catalog: { eventTypes: [hostType('voucher')] } },
    ],
    [
      'catalog.eventTypes[0].name',
      "is 'booking.created'",
      'is taken',
      { catalog: { eventTypes: [hostType('booking.created')] } },
    ],
    [
      'catalog.eventTypes[1].name',
      "is 'a.b'",
      'is taken',
      { catalog: { eventTypes: [hostType('a.b'), hostType('a.b')] } },
    ],
    [
      'catalog.eventTypes[0].label',
      'is missing',
      '1 to 500',
      { catalog: { eventTypes: [{ name: 'a.b', description: 'x' }] } },
    ],
  ])('%s that %s is refused by its name, its value and a remedy', async (option, value, remedy, given) => {
    const error = await forRoot(given);
    expect(error.subject).toBe(option);
    expect(error.message).toContain(`'${option}'`);
    expect(error.message).toContain(value);
    expect(error.message).toContain(remedy);
  });

  it.each([
    [[SHORT_KEY]],
    [SHORT_KEY],
    [SECRET_KEY],
    [{ key: SECRET_KEY }],
    [[SECRET_KEY, { key: SECRET_KEY }]],
  ])('a refused secret key is never repeated in the message (%#)', async (secretKeys) => {
    const { message } = await forRoot({ secretKeys });
    expect(message).not.toContain(SECRET_KEY.slice(0, 8));
    expect(message).not.toContain(SHORT_KEY.slice(0, 8));
  });
});

describe('a platform', () => {
  beforeEach(async () => {
    database = await freshDatabase();
    connecting = [];
    apps = [];
  });

  /** Applications that failed to start leave their data source open. */
  afterEach(async () => {
    for (const app of apps) await app.close();
    await closeAll(connecting);
    await database.drop();
  });

  it('a bad value from an asynchronous factory stops the application by the same message', async () => {
    const error = await refusal(() =>
      boot(
        orm(),
        WebhooksModule.forRootAsync({
          ...STRUCTURE,
          inject: [getDataSourceToken()],
          useFactory: () => ({ ...FROM_FACTORY, retryJitter: 2 }),
        }),
      ),
    );
    expect(error.message).toContain("'retryJitter' is 2; pass a number from 0 to 1");
  });

  it('without controllers no access rule is needed', async () => {
    const app = await boot(
      orm(),
      WebhooksModule.forRoot({ ...IN_PROCESS, access: undefined, controllers: false }),
    );
    await expectDelivery(app);
  });

  it('options that are undefined have their defaults', async () => {
    const undefinedOnes = {
      deadlineMs: undefined,
      isGlobal: undefined,
      path: undefined,
      controllers: undefined,
      queue: undefined,
    };
    const app = await boot(
      orm(),
      WebhooksModule.forRoot({ ...IN_PROCESS, ...undefinedOnes }),
      BookingsModule,
    );
    expect(app.get(Bookings, { strict: false }).webhooks).toBe(app.get(WebhooksService));
    await request(app.getHttpServer() as Server)
      .get('/webhooks')
      .expect(200);
  });

  describe('forRootAsync', () => {
    const KEYS = Symbol('keys');

    @Injectable()
    class OptionsOfHost implements WebhooksOptionsFactory {
      createWebhooksOptions(): WebhooksOptions {
        return FROM_FACTORY;
      }
    }

    @Module({
      providers: [{ provide: KEYS, useValue: [SECRET_KEY] }, OptionsOfHost],
      exports: [KEYS, OptionsOfHost],
    })
    class ConfigurationModule {}

    it('takes the options from a factory with what it injects', async () => {
      const useFactory = (secretKeys: string[]) => Promise.resolve({ ...FROM_FACTORY, secretKeys });
      const imports = [ConfigurationModule];
      const app = await boot(
        orm(),
        WebhooksModule.forRootAsync({ ...STRUCTURE, imports, inject: [KEYS], useFactory }),
      );
      await expectDelivery(app);
    });

    it('takes the options from a class of its own', async () => {
      const app = await boot(orm(), WebhooksModule.forRootAsync({ ...STRUCTURE, useClass: OptionsOfHost }));
      await expectDelivery(app);
    });

    it('takes the options from a provider that exists', async () => {
      const imports = [ConfigurationModule];
      const app = await boot(
        orm(),
        WebhooksModule.forRootAsync({ ...STRUCTURE, imports, useExisting: OptionsOfHost }),
      );
      await expectDelivery(app);
    });

    it('with none of the three is refused', async () => {
      const error = await refusal(() => WebhooksModule.forRootAsync(STRUCTURE));
      expect(error.message).toContain('neither useFactory nor useClass nor useExisting');
    });

    it('without an access rule is refused', async () => {
      const useFactory = () => FROM_FACTORY;
      const error = await refusal(() =>
        boot(orm(), WebhooksModule.forRootAsync({ inject: [getDataSourceToken()], useFactory, scheduler })),
      );
      expect(error.code).toBe('ACCESS_MISSING');
    });

    it.each([
      ['access', 'open'],
      ['imports', []],
      ['isGlobal', true],
      ['dataSource', 'partners'],
      ['controllers', false],
      ['path', 'hooks'],
      ['worker', false],
      ['scheduler', 'in-process'],
      ['queue', { name: 'hooks' }],
    ])('a factory that returns the structural option %s is refused by its name', async (option, value) => {
      const useFactory = () => ({ ...FROM_FACTORY, [option]: value });
      const error = await refusal(() =>
        boot(
          orm(),
          WebhooksModule.forRootAsync({ ...STRUCTURE, inject: [getDataSourceToken()], useFactory }),
        ),
      );
      expect(error.code).toBe('STRUCTURAL_OPTION_IN_FACTORY');
      expect(error.subject).toBe(option);
      expect(error.message).toContain(`forRootAsync({ ${option}: …, useFactory: … })`);
    });
  });

  describe('the application', () => {
    it('with two forRoot does not start', async () => {
      @Module({ imports: [WebhooksModule.forRoot(IN_PROCESS)] })
      class BookingsModule {}
      const error = await refusal(() => boot(orm(), BookingsModule, WebhooksModule.forRoot(IN_PROCESS)));
      expect(error.code).toBe('TWO_ROOTS');
      expect(error.message).toContain('2 times');
      expect(error.message).toContain('in the root module');
    });

    it('can inject WebhooksService in a module that imports nothing', async () => {
      const app = await boot(orm(), WebhooksModule.forRoot(IN_PROCESS), BookingsModule);
      expect(app.get(Bookings, { strict: false }).webhooks).toBe(app.get(WebhooksService));
    });

    it('cannot, with isGlobal false', async () => {
      const app = await boot(
        orm(),
        WebhooksModule.forRoot({ ...IN_PROCESS, isGlobal: false }),
        BookingsModule,
      );
      expect(app.get(Bookings, { strict: false }).webhooks).toBeUndefined();
    });

    it('without an event emitter starts and delivers', async () => {
      await expectDelivery(await boot(orm(), WebhooksModule.forRoot(IN_PROCESS)));
    });

    it('without an event emitter but with a mapping of events does not start', async () => {
      const events = { 'tour.moved': () => bookingUpdated({ contractId: 'C-1', data: { booking: {} } }) };
      const error = await refusal(() => boot(orm(), WebhooksModule.forRoot({ ...IN_PROCESS, events })));
      expect(error.code).toBe('NO_EVENT_EMITTER');
      expect(error.message).toContain('EventEmitterModule.forRoot()');
    });
  });

  describe('the data source', () => {
    it('that loads no entities and lists none is refused with both remedies', async () => {
      const bare = orm({ autoLoadEntities: false });
      const error = await refusal(() => boot(bare, WebhooksModule.forRoot(IN_PROCESS)));
      expect(error.code).toBe('ENTITIES_MISSING');
      for (const { name } of webhookEntities) expect(error.message).toContain(name);
      expect(error.message).toContain('autoLoadEntities: true');
      expect(error.message).toContain('...webhookEntities');
    });

    it('that lists only some of the entities is refused by those that are missing', async () => {
      const some = orm({ autoLoadEntities: false, entities: webhookEntities.slice(1) });
      const error = await refusal(() => boot(some, WebhooksModule.forRoot(IN_PROCESS)));
      expect(error.subject).toBe(webhookEntities[0]?.name);
    });

    it('that lists the classes of another copy of the package is refused with what to do about it', async () => {
      let others: typeof webhookEntities = [];
      await jest.isolateModulesAsync(async () => {
        others = (await import('nestjs-booking-webhooks')).webhookEntities;
      });
      expect(others[0]).not.toBe(webhookEntities[0]);
      const another = orm({ autoLoadEntities: false, entities: others });
      const error = await refusal(() => boot(another, WebhooksModule.forRoot(IN_PROCESS)));
      expect(error.code).toBe('ENTITIES_MISSING');
      expect(error.message).toContain('another copy of nestjs-booking-webhooks');
    });

    it('that lists webhookEntities delivers', async () => {
      const listing = orm({ autoLoadEntities: false, entities: webhookEntities });
      await expectDelivery(await boot(listing, WebhooksModule.forRoot(IN_PROCESS)));
    });

    it('without the tables is refused by their names', async () => {
      const empty = orm({ migrations: [] });
      const error = await refusal(() => boot(empty, WebhooksModule.forRoot(IN_PROCESS)));
      expect(error.code).toBe('TABLES_MISSING');
      expect(error.message).toContain('webhook_event, webhook,');
      expect(error.message).toContain('webhookMigrations');
    });

    it('without one of the tables is refused by its name', async () => {
      await boot(orm());
      await (await connecting[0])?.query('DROP TABLE webhook_lane');
      const error = await refusal(() => boot(orm(), WebhooksModule.forRoot(IN_PROCESS)));
      expect(error.subject).toBe('webhook_lane');
    });

    it('with a schema that is not on its search path is refused with the remedy, and with the remedy delivers', async () => {
      await boot(orm({ migrations: [] }));
      await (await connecting[0])?.query('CREATE SCHEMA partners');
      const schema = orm({ schema: 'partners' });
      const error = await refusal(() => boot(schema, WebhooksModule.forRoot(IN_PROCESS)));
      expect(error.code).toBe('TABLES_MISSING');
      expect(error.message).toContain("extra: { options: '-c search_path=partners' }");

      const remedied = orm({ schema: 'partners', extra: { options: '-c search_path=partners' } });
      await expectDelivery(await boot(remedied, WebhooksModule.forRoot(IN_PROCESS)));
    });

    it('that puts a prefix before the names of tables is refused', async () => {
      const prefixed = orm({ entityPrefix: 'app_' });
      const error = await refusal(() => boot(prefixed, WebhooksModule.forRoot(IN_PROCESS)));
      expect(error.code).toBe('ENTITY_PREFIX');
      expect(error.message).toContain("'app_'");
    });

    it('named in the options is the one that holds the events, beside the default one', async () => {
      const other = await freshDatabase();
      const app = await boot(
        orm({ migrations: [] }),
        orm({ url: other.url }, 'partners'),
        WebhooksModule.forRoot({ ...IN_PROCESS, dataSource: 'partners' }),
      );
      await expectDelivery(app);

      const partners = app.get<DataSource>(getDataSourceToken('partners'));
      expect(await partners.manager.count(WebhookEvent)).toBe(1);
      expect(await app.get(DataSource).query(`SELECT to_regclass('webhook_event') AS found`)).toEqual([
        { found: null },
      ]);
      await partners.transaction((manager) =>
        app.get(WebhooksService).publish(cancelled('B-2'), { manager }),
      );
      await untilIdle(app);
      expect(await partners.manager.countBy(WebhookEvent, { type: 'booking.cancelled' })).toBe(2);
      await app.close();
      await other.drop();
    });
  });

  describe('processes', () => {
    it('one without a worker publishes, another one delivers at its wake', async () => {
      const shared = await sharedServices();
      const worker = await Host.start({ shared, controllers: false, sweepIntervalMs: 3_600_000 });
      const api = await Host.start({ shared, worker: false });
      const receiver = await TestReceiver.start();
      await api.subscribe(receiver.url);
      const [published] = await api.webhooks.publish(cancelled('B-1'));
      await until('it was delivered', () => receiver.requests.length === 1);
      await untilIdle(worker.app);

      expect(receiver.requests[0]?.headers['webhook-id']).toBe(published?.id);
      const marks = (host: Host) =>
        host.statements.statements.filter((statement) => statement.includes('SET fanned_out_at'));
      expect(marks(api)).toEqual([]);
      expect(marks(worker)).toHaveLength(1);
      await receiver.stop();
      await api.stop();
      await worker.stop();
      await shared.database.drop();
    });

    it('the queue can have a name, a configuration and a prefix of its own', async () => {
      const { url, prefix } = freshRedis();
      const app = await boot(
        orm(),
        EventEmitterModule.forRoot(),
        BullModule.forRoot({ url: 'redis://127.0.0.1:1' }),
        BullModule.forRoot('for-webhooks', { url }),
        WebhooksModule.forRoot({
          ...IN_PROCESS,
          scheduler: 'bull',
          queue: { name: 'partners', configKey: 'for-webhooks', prefix },
          sweepIntervalMs: 3_600_000,
        }),
      );
      await expectDelivery(app);
    });
  });
});
