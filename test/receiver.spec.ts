import type { INestApplication, Type } from '@nestjs/common';
import { Controller, HttpCode, HttpException, Inject, Injectable, Module, Post } from '@nestjs/common';
import { UseGuards, UseInterceptors } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import type {
  IdempotencyOptions,
  ReceivedEvent,
  VerificationOptions,
  WebhookReceiverOptions,
} from 'nestjs-booking-webhooks/receiver';
import {
  IdempotencyInterceptor,
  ReceivedWebhook,
  ReceivedWebhooks,
  receiverMigrations,
  WebhookEvent,
  WebhookGuard,
  WebhookReceiverModule,
} from 'nestjs-booking-webhooks/receiver';
import { createHmac, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { DataSource } from 'typeorm';

import { freshDatabase } from './setup/database.js';
import { until } from './setup/until.js';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const BODY = '{"type":"booking.cancelled","data":{"name":"Zoë 予約"}}';
const MINUTES = 60_000;

type Handler = (event: ReceivedEvent) => unknown;

/** What a spec's handler does, and what it was given. */
@Injectable()
class Script {
  readonly events: ReceivedEvent[] = [];
  handler: Handler = () => ({ done: true });

  run(event: ReceivedEvent): unknown {
    this.events.push(event);
    return this.handler(event);
  }
}

@Controller('guarded')
@UseGuards(WebhookGuard)
class GuardedController {
  constructor(@Inject(Script) private readonly script: Script) {}

  @Post()
  @HttpCode(202)
  receive(@WebhookEvent() event: ReceivedEvent) {
    return this.script.run(event);
  }
}

@Controller('once')
@UseGuards(WebhookGuard)
@UseInterceptors(IdempotencyInterceptor)
class OnceController {
  constructor(@Inject(Script) private readonly script: Script) {}

  @Post()
  receive(@WebhookEvent() event: ReceivedEvent) {
    return this.script.run(event);
  }

  @Post('other')
  other(@WebhookEvent() event: ReceivedEvent) {
    return this.script.run(event);
  }
}

@Controller('unguarded')
class UnguardedController {
  @Post()
  receive(@WebhookEvent() event: ReceivedEvent) {
    return event;
  }
}

type Platform = 'express' | 'fastify';

interface ReceiverOptions {
  platform?: Platform;
  rawBody?: boolean;
  verification?: VerificationOptions;
  /** Together with `url`: handlers that run once. */
  idempotency?: IdempotencyOptions;
  url?: string;
}

/** A partner's application, listening. */
class Receiver {
  private constructor(
    readonly app: INestApplication,
    readonly url: string,
  ) {}

  static async start({ platform = 'express', rawBody = true, ...options }: ReceiverOptions = {}) {
    const { verification = { scheme: 'standard', secrets: SECRET }, idempotency, url } = options;
    const receiver = { ...verification, idempotency } as WebhookReceiverOptions;
    const controllers: Type[] = [GuardedController, UnguardedController];
    if (idempotency) controllers.push(OnceController);
    @Module({ imports: [WebhookReceiverModule.register(receiver)], controllers, providers: [Script] })
    class PartnerModule {}
    const imports = [...(url ? [database(url)] : []), PartnerModule];
    const testing = await Test.createTestingModule({ imports }).compile();
    const settings = { rawBody, logger: false as const };
    const app =
      platform === 'fastify'
        ? testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), settings)
        : testing.createNestApplication<NestExpressApplication>(settings);
    if (platform === 'express') (app as NestExpressApplication).useBodyParser('text', { type: '*/xml' });
    else
      (app as NestFastifyApplication).useBodyParser('application/xml', {}, (_request, body, done) => {
        done(null, body.toString());
      });
    await app.listen(0, '127.0.0.1');
    const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
    return new Receiver(app, `http://127.0.0.1:${port}`);
  }

  get script(): Script {
    return this.app.get(Script, { strict: false });
  }

  async post(path: string, headers: Record<string, string>, body: string | undefined = BODY) {
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, text: await response.text() };
  }

  stop(): Promise<void> {
    return this.app.close();
  }
}

function database(url: string) {
  return TypeOrmModule.forRoot({
    type: 'postgres',
    url,
    autoLoadEntities: true,
    migrations: receiverMigrations,
    migrationsRun: true,
    retryAttempts: 0,
  });
}

function signed(id: string = randomUUID(), at = Date.now(), body = BODY) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1_000)),
    'webhook-signature': new StandardWebhook(SECRET).sign(id, new Date(at), body),
  };
}

function code({ text }: { text: string }): unknown {
  return (JSON.parse(text) as { code?: unknown }).code;
}

let receivers: Receiver[] = [];

async function start(options?: ReceiverOptions): Promise<Receiver> {
  const receiver = await Receiver.start(options);
  receivers.push(receiver);
  return receiver;
}

afterEach(async () => {
  await Promise.all(receivers.map((receiver) => receiver.stop()));
  receivers = [];
});

describe.each<Platform>(['express', 'fastify'])('on %s', (platform) => {
  describe('the guard', () => {
    it.each([
      ['standardwebhooks', StandardWebhook],
      ['svix', SvixWebhook],
    ])('lets in what %s signed, and hands over id, type and body', async (_, Signer) => {
      const receiver = await start({ platform });
      const headers = { ...signed('evt_1'), 'x-webhook-event': 'Booking Status Change' };
      const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
      headers['webhook-signature'] = new Signer(SECRET).sign('evt_1', at, BODY);

      expect(await receiver.post('/guarded', headers)).toEqual({ status: 202, text: '{"done":true}' });
      expect(await receiver.post('/guarded', signed('evt_2'))).toMatchObject({ status: 202 });
      const body = JSON.parse(BODY) as unknown;
      expect(receiver.script.events).toEqual([
        { id: 'evt_1', type: 'Booking Status Change', body },
        { id: 'evt_2', type: 'booking.cancelled', body },
      ]);
    });

    it('verifies the bytes, whatever the parser makes of them', async () => {
      const receiver = await start({ platform });
      const spaced = '{ "a" : 1.0 , "ü" : "\\u00fc" }';
      expect(await receiver.post('/guarded', signed('e', Date.now(), spaced), spaced)).toMatchObject({
        status: 202,
      });
      const form = 'booking[items][0][name]=Z%C3%BCrich+Tour';
      const asForm = {
        ...signed('f', Date.now(), form),
        'content-type': 'application/x-www-form-urlencoded',
      };
      expect(await receiver.post('/guarded', asForm, form)).toMatchObject({ status: 202 });
      const xml = '<checkfront-notify version="3.0"/>';
      const asXml = { ...signed('x', Date.now(), xml), 'content-type': 'application/xml' };
      expect(await receiver.post('/guarded', asXml, xml)).toMatchObject({ status: 202 });
      expect(receiver.script.events.at(-1)?.body).toBe(xml);
    });

    it('answers 401 with a code, before the handler and without a secret', async () => {
      const receiver = await start({ platform });
      const good = signed();
      const refusals: [string, Record<string, string>, string?][] = [
        ['WEBHOOK_SIGNATURE_MISSING', {}],
        ['WEBHOOK_SIGNATURE_MALFORMED', { ...good, 'webhook-id': 'a.b' }],
        ['WEBHOOK_TIMESTAMP_STALE', signed('evt', Date.now() - 6 * MINUTES)],
        ['WEBHOOK_TIMESTAMP_STALE', signed('evt', Date.now() + 6 * MINUTES)],
        ['WEBHOOK_SIGNATURE_INVALID', { ...good, 'webhook-id': 'another' }],
        ['WEBHOOK_SIGNATURE_INVALID', good, `${BODY} `],
      ];
      for (const [expected, headers, body] of refusals) {
        const answer = await receiver.post('/guarded', headers, body);
        expect([answer.status, code(answer)]).toEqual([401, expected]);
        expect(answer.text).not.toContain(SECRET.slice(6));
        expect(answer.text).not.toMatch(/v1,/);
      }
      expect(receiver.script.events).toEqual([]);
    });

    it('answers 415 for a content type that nothing reads', async () => {
      const receiver = await start({ platform });
      const answer = await receiver.post('/guarded', {
        ...signed(),
        'content-type': 'application/octet-stream',
      });
      expect(answer.status).toBe(415);
    });

    it('without rawBody fails as a fault of the set-up, and lets nothing in', async () => {
      const receiver = await start({ platform, rawBody: false });
      expect(await receiver.post('/guarded', signed())).toMatchObject({ status: 500 });
      expect(receiver.script.events).toEqual([]);
    });

    it('is needed by @WebhookEvent()', async () => {
      const receiver = await start({ platform });
      expect(await receiver.post('/unguarded', signed())).toMatchObject({ status: 500 });
    });

    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
    const seconds = () => String(Math.floor(Date.now() / 1_000));
    const ed25519 = () => {
      const timestamp = seconds();
      const signature = sign(null, Buffer.from(`evt.${timestamp}.${BODY}`), privateKey).toString('base64');
      return { 'webhook-id': 'evt', 'webhook-timestamp': timestamp, 'webhook-signature': `v1a,${signature}` };
    };
    const hmac = (key: string) => createHmac('sha256', key).update(BODY).digest('hex');
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

    it.each<
      [string, VerificationOptions, () => Record<string, string>, () => Record<string, string>, string]
    >([
      ['an Ed25519 key', { scheme: 'ed25519', publicKeys: `whpk_${raw}` }, ed25519, signed, ''],
      [
        'an HMAC',
        { scheme: 'hmac', secrets: ['fresh', 'shared'] },
        () => ({ 'x-capdata-signature': hmac('shared') }),
        () => ({ 'x-capdata-signature': hmac('other') }),
        '',
      ],
      [
        'an HMAC in a header of its own',
        { scheme: 'hmac', secrets: 'shared', header: 'X-Hub-Signature-256', prefix: 'sha256=' },
        () => ({ 'x-hub-signature-256': `sha256=${hmac('shared')}` }),
        () => ({ 'x-hub-signature-256': hmac('shared') }),
        '',
      ],
      [
        'a bearer token',
        { scheme: 'bearer', tokens: 's3cret' },
        () => ({ authorization: 'Bearer s3cret' }),
        () => ({ authorization: 'Bearer s3cre' }),
        '',
      ],
      [
        'a password',
        { scheme: 'basic', username: 'u', password: 'p' },
        () => basic('u:p'),
        () => basic('u:q'),
        '',
      ],
      [
        'a token in the URL',
        { scheme: 'query-token', tokens: 's3cret' },
        () => ({}),
        () => signed(),
        '?token=s3cret',
      ],
    ])('verifies by %s', async (_, verification, good, bad, query) => {
      const receiver = await start({ platform, verification });
      expect(await receiver.post(`/guarded${query}`, good())).toMatchObject({ status: 202 });
      expect(await receiver.post('/guarded', bad())).toMatchObject({ status: 401 });
      expect(receiver.script.events).toHaveLength(1);
    });
  });

  describe('the idempotency interceptor', () => {
    let db: Awaited<ReturnType<typeof freshDatabase>>;

    beforeEach(async () => {
      db = await freshDatabase();
    });

    afterEach(async () => {
      await db.drop();
    });

    function startOnce(idempotency: IdempotencyOptions = {}, verification?: VerificationOptions) {
      return start({ platform, url: db.url, idempotency, verification });
    }

    const rowsIn = (receiver: Receiver) =>
      receiver.app
        .get(DataSource)
        .query<{ key: string; state: string; handler: string }[]>(
          'SELECT handler, "key", state FROM received_webhook ORDER BY "key", handler',
        );

    it('answers 200 to a webhook that has been handled, and does not run the handler', async () => {
      const receiver = await startOnce();
      expect(await receiver.post('/once', signed('evt_1'))).toEqual({ status: 201, text: '{"done":true}' });
      // Another attempt: the same id, a later timestamp.
      const repeat = await receiver.post('/once', signed('evt_1', Date.now() + 5_000));
      expect(repeat).toEqual({ status: 200, text: '' });
      expect(receiver.script.events).toHaveLength(1);
      expect(await rowsIn(receiver)).toEqual([
        { handler: 'OnceController.receive', key: 'evt_1', state: 'handled' },
      ]);
    });

    it('answers 409 while the handler is running, here and in another process, and 200 when it is done', async () => {
      const [here, there] = [await startOnce(), await startOnce()];
      let finish: (answer: string) => void = () => undefined;
      const answer = new Promise<string>((resolve) => (finish = resolve));
      here.script.handler = there.script.handler = () => answer;

      const all = [here, there, here, there, here, there].map((receiver) =>
        receiver.post('/once', signed('evt_1')),
      );
      const losers: { status: number; text: string }[] = [];
      for (const each of all) void each.then((result) => losers.push(result));
      await until('all but one are answered', () => losers.length === all.length - 1);
      expect(losers.map((loser) => [loser.status, code(loser)])).toEqual(
        losers.map(() => [409, 'WEBHOOK_IN_PROGRESS']),
      );
      finish('first');

      const statuses = (await Promise.all(all)).map(({ status }) => status).sort();
      expect(statuses).toEqual([201, 409, 409, 409, 409, 409]);
      for (const receiver of [here, there])
        expect(await receiver.post('/once', signed('evt_1'))).toMatchObject({ status: 200 });
      expect([...here.script.events, ...there.script.events]).toHaveLength(1);
    });

    it.each([
      ['an error', new Error('the database is away'), 500],
      ['a refusal', new HttpException('not now', 503), 503],
    ])('runs the handler again for the next attempt when it failed with %s', async (_, error, status) => {
      const receiver = await startOnce();
      receiver.script.handler = () => Promise.reject(error);
      expect(await receiver.post('/once', signed('evt_1'))).toMatchObject({ status });
      expect(await rowsIn(receiver)).toEqual([]);

      receiver.script.handler = () => 'done';
      expect(await receiver.post('/once', signed('evt_1'))).toMatchObject({ status: 201 });
      expect(await receiver.post('/once', signed('evt_1'))).toMatchObject({ status: 200 });
      expect(receiver.script.events).toHaveLength(2);
    });

    it('answers as the handler did when its success could not be written down', async () => {
      const receiver = await startOnce();
      receiver.script.handler = async () => {
        await receiver.app.get(DataSource).query('DROP TABLE received_webhook');
        return 'done';
      };
      expect(await receiver.post('/once', signed('evt_1'))).toEqual({ status: 201, text: 'done' });
    });

    it('answers 500 and runs nothing when the store is away', async () => {
      const receiver = await startOnce();
      await receiver.app.get(DataSource).query('DROP TABLE received_webhook');
      expect(await receiver.post('/once', signed('evt_1'))).toMatchObject({ status: 500 });
      expect(receiver.script.events).toEqual([]);
    });

    it('keeps what two handlers have done with one event apart', async () => {
      const receiver = await startOnce();
      expect(await receiver.post('/once', signed('evt_1'))).toMatchObject({ status: 201 });
      expect(await receiver.post('/once/other', signed('evt_1'))).toMatchObject({ status: 201 });
      expect(await receiver.post('/once/other', signed('evt_1'))).toMatchObject({ status: 200 });
      expect(receiver.script.events).toHaveLength(2);
    });

    it('remembers nothing of a request that was refused', async () => {
      const receiver = await startOnce();
      const forged = { ...signed('evt_1'), 'webhook-signature': 'v1,AAAA' };
      expect(await receiver.post('/once', forged)).toMatchObject({ status: 401 });
      expect(await rowsIn(receiver)).toEqual([]);
    });

    it('takes X-Idempotency-Key when asked to, and webhook-id where there is none', async () => {
      const receiver = await startOnce({ key: 'x-idempotency-key' });
      const key = 'flight_reservation_updated ABC 2026-01-02';
      const send = (id: string, headers = {}) => receiver.post('/once', { ...signed(id), ...headers });
      expect(await send('evt_1', { 'x-idempotency-key': key })).toMatchObject({ status: 201 });
      expect(await send('evt_2', { 'x-idempotency-key': key })).toMatchObject({ status: 200 });
      expect(await send('evt_2')).toMatchObject({ status: 201 });
      expect((await rowsIn(receiver)).map((row) => row.key)).toEqual(['evt_2', key]);
    });

    it('by default takes no notice of X-Idempotency-Key, which no signature covers', async () => {
      const receiver = await startOnce();
      expect(await receiver.post('/once', signed('evt_1'))).toMatchObject({ status: 201 });
      const replayed = { ...signed('evt_1'), 'x-idempotency-key': 'another' };
      expect(await receiver.post('/once', replayed)).toMatchObject({ status: 200 });
    });

    it.each<[string, Record<string, string>]>([
      ['no key', {}],
      ['an empty one', { 'webhook-id': '' }],
      ['one too long', { 'webhook-id': 'x'.repeat(256) }],
    ])('answers 400 to %s', async (_, headers) => {
      const receiver = await startOnce({}, { scheme: 'bearer', tokens: 's3cret' });
      const answer = await receiver.post('/once', { authorization: 'Bearer s3cret', ...headers });
      expect([answer.status, code(answer)]).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
      expect(receiver.script.events).toEqual([]);
    });

    it('takes over from a process that was killed, once, when its time is up', async () => {
      const receiver = await startOnce({ abandonedAfterMs: 10 * MINUTES });
      const rows = receiver.app.get(DataSource).getRepository(ReceivedWebhook);
      const left = { handler: 'OnceController.receive', state: 'running' as const };
      await rows.insert([
        { ...left, key: 'young', receivedAt: Date.now() - 9 * MINUTES },
        { ...left, key: 'old', receivedAt: Date.now() - 11 * MINUTES },
      ]);
      expect(await receiver.post('/once', signed('young'))).toMatchObject({ status: 409 });

      let finish: () => void = () => undefined;
      const finished = new Promise<void>((resolve) => (finish = resolve));
      receiver.script.handler = () => finished;
      const both = [1, 2, 3].map(() => receiver.post('/once', signed('old')));
      const answered: number[] = [];
      for (const each of both) void each.then(({ status }) => answered.push(status));
      await until('all but one are answered', () => answered.length === 2);
      finish();
      expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      expect(receiver.script.events).toHaveLength(1);
    });

    it('gives the right to run to one of many who ask at the same moment', async () => {
      const stores = [await startOnce(), await startOnce()] as const;
      const rows = stores[0].app.get(DataSource).getRepository(ReceivedWebhook);
      const now = Date.now();
      const old = { handler: 'h', state: 'running' as const, receivedAt: now - 60 * MINUTES };
      for (let round = 0; round < 10; round += 1) {
        const [fresh, abandoned] = [`fresh ${round}`, `abandoned ${round}`];
        await rows.insert({ ...old, key: abandoned });
        for (const key of [fresh, abandoned]) {
          const asking = Array.from({ length: 16 }, (_, index) =>
            (stores[index % 2] ?? stores[0]).app
              .get(ReceivedWebhooks, { strict: false })
              .claim('h', key, now),
          );
          const answers = await Promise.all(asking);
          expect(answers.filter((answer) => answer === 'running')).toHaveLength(15);
          expect(answers.filter((answer) => typeof answer === 'object')).toEqual([
            { handler: 'h', key, receivedAt: now },
          ]);
        }
      }
    });

    it('prunes what is older than it is told, and never what may be running', async () => {
      const receiver = await startOnce();
      const received = receiver.app.get(ReceivedWebhooks, { strict: false });
      const rows = receiver.app.get(DataSource).getRepository(ReceivedWebhook);
      const row = { handler: 'h', state: 'handled' as const };
      await rows.insert([
        { ...row, key: 'old', receivedAt: Date.now() - 61 * MINUTES },
        { ...row, key: 'young', receivedAt: Date.now() - 59 * MINUTES },
      ]);
      expect(await received.prune({ olderThanMs: 60 * MINUTES })).toBe(1);
      expect((await rowsIn(receiver)).map(({ key }) => key)).toEqual(['young']);
      for (const olderThanMs of [0, -1, Number.NaN, 5 * MINUTES])
        await expect(received.prune({ olderThanMs })).rejects.toMatchObject({ code: 'INVALID_OPTION' });
      expect(await rowsIn(receiver)).toHaveLength(1);
    });
  });
});

describe('at boot', () => {
  it.each<[string, WebhookReceiverOptions, string]>([
    ['no secret', { scheme: 'standard', secrets: [] }, 'VERIFICATION_KEY_NOT_USABLE'],
    ['a cut secret', { scheme: 'standard', secrets: 'whsec_hunter2!' }, 'VERIFICATION_KEY_NOT_USABLE'],
    ['a secret for a public key', { scheme: 'ed25519', publicKeys: SECRET }, 'VERIFICATION_KEY_NOT_USABLE'],
    [
      'a secret that is not set',
      { scheme: 'hmac', secrets: [undefined as never] },
      'VERIFICATION_KEY_NOT_USABLE',
    ],
    [
      'a time that is none',
      { scheme: 'standard', secrets: SECRET, idempotency: { abandonedAfterMs: 0 } },
      'INVALID_OPTION',
    ],
  ])('refuses %s', (_, options, expected) => {
    const register = () => WebhookReceiverModule.register(options);
    expect(register).toThrow(expect.objectContaining({ code: expected }));
    expect(register).not.toThrow(/hunter2/);
  });

  it('checks what a factory returns', async () => {
    const imports = [
      WebhookReceiverModule.registerAsync({ useFactory: () => ({ scheme: 'bearer', tokens: '' }) }),
    ];
    await expect(Test.createTestingModule({ imports }).compile()).rejects.toMatchObject({
      code: 'VERIFICATION_KEY_NOT_USABLE',
    });
  });

  it('says what the interceptor needs when it has no store', async () => {
    const testing = Test.createTestingModule({
      imports: [WebhookReceiverModule.register({ scheme: 'standard', secrets: SECRET })],
      controllers: [OnceController],
      providers: [Script],
    });
    await expect(testing.compile()).rejects.toMatchObject({ code: 'NO_IDEMPOTENCY_OPTIONS' });
  });

  it('says so when the data source does not know the table', async () => {
    const db = await freshDatabase();
    const imports = [
      TypeOrmModule.forRoot({ type: 'postgres', url: db.url, entities: [], retryAttempts: 0 }),
      WebhookReceiverModule.register({ scheme: 'standard', secrets: SECRET, idempotency: {} }),
    ];
    await expect(Test.createTestingModule({ imports }).compile()).rejects.toMatchObject({
      code: 'NO_ENTITY',
    });
    await db.drop();
  });
});

it('two senders are verified each by its own secret, and one of them by a factory', async () => {
  const other = `whsec_${randomBytes(32).toString('base64')}`;
  @Controller('other')
  @UseGuards(WebhookGuard)
  class OtherController {
    @Post()
    receive() {
      return 'other';
    }
  }
  const first = WebhookReceiverModule.register({ scheme: 'standard', secrets: SECRET });
  @Module({ imports: [first], controllers: [GuardedController], providers: [Script] })
  class FirstModule {}
  @Module({ providers: [{ provide: 'SECRETS', useValue: [other] }], exports: ['SECRETS'] })
  class SecretsModule {}
  const second = WebhookReceiverModule.registerAsync({
    imports: [SecretsModule],
    inject: ['SECRETS'],
    useFactory: (secrets: string[]) => ({ scheme: 'standard', secrets }),
  });
  @Module({ imports: [second], controllers: [OtherController] })
  class SecondModule {}
  const testing = await Test.createTestingModule({ imports: [FirstModule, SecondModule] }).compile();
  const app = testing.createNestApplication({ rawBody: true, logger: false });
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  const post = (path: string) =>
    fetch(`http://127.0.0.1:${port}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed() },
      body: BODY,
    });

  expect((await post('guarded')).status).toBe(202);
  expect((await post('other')).status).toBe(401);
  await app.close();
});

it("the receiver's migration makes exactly the table that its entity describes, and takes it away again", async () => {
  const db = await freshDatabase();
  const dataSource = new DataSource({
    type: 'postgres',
    url: db.url,
    entities: [ReceivedWebhook],
    migrations: receiverMigrations,
  });
  await dataSource.initialize();
  await dataSource.runMigrations();
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  expect(upQueries.map(({ query }) => query)).toEqual([]);

  const named = `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname LIKE 'received%' ORDER BY 1`;
  expect(await dataSource.query(named)).toEqual(
    ['received_webhook', 'received_webhook_pk', 'received_webhook_received_at'].map((name) => ({ name })),
  );
  await dataSource.undoLastMigration();
  expect(await dataSource.query(named)).toEqual([]);
  await dataSource.destroy();
  await db.drop();
});
