import type { LifecycleEvent } from 'nestjs-booking-webhooks';
import {
  EventCatalog,
  OPERATIONAL_EVENT_TYPES,
  PublishError,
  SendTest,
  Webhook,
  WebhookEvent,
  WebhookLifecycle,
} from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { cancelled, Host } from './setup/host.js';
import { until } from './setup/until.js';

const NEWS = OPERATIONAL_EVENT_TYPES.map(({ name }) => name);

describe('the news of a webhook', () => {
  let host: Host;
  let receiver: TestReceiver;
  let told: LifecycleEvent[];
  /** What the failing one answers. */
  let status: number;

  beforeEach(async () => {
    status = 500;
    told = [];
    host = await Host.start({
      scheduler: 'in-process',
      pauseAfterFailures: 2,
      pauseMs: 50,
      maxPauseMs: 50,
      retryDelaysMs: [10, 10, 10, 10, 10],
    });
    host.app.get(WebhookLifecycle).subscribe((event) => told.push(event));
    receiver = await TestReceiver.start(({ path }) => ({
      status: path.startsWith('/failing') ? status : 204,
    }));
  });
  afterEach(async () => {
    await receiver.stop();
    await host.stop();
  });

  const subscribe = (path: string, eventTypes: string[], fields: object = {}) =>
    host.subscribe(`${receiver.url}${path}`, { eventTypes, ...fields });
  const at = (path: string) => receiver.requests.filter((request) => request.path.startsWith(path));
  const bodiesAt = (path: string) => at(path).map(({ body }) => JSON.parse(body.toString()));
  const typesAt = (path: string) => bodiesAt(path).map(({ type }) => type as string);
  const paused = () => told.filter(({ type }) => type === 'webhook.paused').length;

  it('reaches the other webhooks of its contract that ask for it: once when it begins to fail, once when it is disabled', async () => {
    const failing = await subscribe('/failing?token=abc123', ['booking.*', 'webhook.*']);
    await subscribe('/by-pattern', ['webhook.*']);
    await subscribe('/by-name', ['webhook.disabled']);
    await subscribe('/star', ['*']);
    await subscribe('/foreign', ['webhook.*'], { contractId: 'C-2' });
    await subscribe('/off', ['webhook.*'], { status: 'inactive' });
    await host.webhooks.publish([cancelled('B-1'), cancelled('B-2')]);
    await untilIdle(host.app);

    expect(paused()).toBeGreaterThan(2);
    const [began, disabled, ...more] = bodiesAt('/by-pattern');
    expect(more).toEqual([]);
    const about = { id: failing.id, url: `${receiver.url}/failing?token=***`, lastStatusCode: 500 };
    const instant = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(began).toEqual({
      type: 'webhook.failing',
      timestamp: instant,
      data: {
        webhook: {
          ...about,
          status: 'active',
          reason: 'http_status',
          failingSince: instant,
          consecutiveFailures: 2,
          nextAttemptAt: instant,
          held: null,
        },
      },
    });
    expect(disabled).toEqual({
      type: 'webhook.disabled',
      timestamp: instant,
      data: {
        webhook: {
          ...about,
          status: 'disabled',
          reason: 'exhausted',
          failingSince: began.data.webhook.failingSince,
          consecutiveFailures: expect.any(Number),
          nextAttemptAt: null,
          held: 1,
        },
      },
    });
    expect(typesAt('/by-name')).toEqual(['webhook.disabled']);
    expect(new Set(typesAt('/star'))).toEqual(new Set(['booking.cancelled']));
    expect(at('/foreign')).toEqual([]);
    expect(at('/off')).toEqual([]);
    expect(typesAt('/failing').filter((type) => type.startsWith('webhook.'))).toEqual([]);
    const everything = JSON.stringify([receiver.requests.filter(({ path }) => !path.startsWith('/failing'))]);
    expect(everything).not.toContain('abc123');
  });

  it('ends when its receiver answers again, and begins anew with the next failures', async () => {
    await subscribe('/failing', ['booking.*']);
    await subscribe('/other', ['webhook.*']);
    for (const round of [1, 2]) {
      status = 503;
      await host.webhooks.publish([cancelled(`B-${round}-1`), cancelled(`B-${round}-2`)]);
      await until('it is paused', () => typesAt('/other').length === round * 2 - 1);
      status = 204;
      await untilIdle(host.app);
    }
    expect(typesAt('/other')).toEqual([
      'webhook.failing',
      'webhook.resumed',
      'webhook.failing',
      'webhook.resumed',
    ]);
    const [{ data: began }, { data: ended }] = bodiesAt('/other');
    expect(began.webhook).toMatchObject({ reason: 'http_status', lastStatusCode: 503 });
    expect(ended.webhook).toMatchObject({
      status: 'active',
      reason: 'succeeded',
      failingSince: began.webhook.failingSince,
      consecutiveFailures: 0,
      nextAttemptAt: null,
    });
  });

  it('ends when its owner switches a disabled one on again, not when a switched-off one', async () => {
    status = 410;
    const gone = await subscribe('/failing', ['booking.*']);
    await subscribe('/other', ['webhook.*']);
    const off = await subscribe('/quiet', ['payment.received'], { status: 'inactive' });
    await host.webhooks.publish(cancelled('B-1'));
    await untilIdle(host.app);
    await host.registry.activate('C-1', off.id);
    await host.registry.activate('C-1', gone.id);
    await host.registry.activate('C-1', gone.id);
    await untilIdle(host.app);
    expect(bodiesAt('/other').map(({ type, data }) => [type, data.webhook.reason, data.webhook.id])).toEqual([
      ['webhook.disabled', 'gone', gone.id],
      ['webhook.resumed', 'activated', gone.id],
    ]);
  });

  it('is stored with the disabling or not at all', async () => {
    status = 410;
    const gone = await subscribe('/failing', ['booking.*']);
    await subscribe('/other', ['webhook.*']);
    await host.dataSource.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`,
    );
    await host.dataSource.query(
      `CREATE TRIGGER refusing BEFORE INSERT ON webhook_event FOR EACH ROW WHEN (NEW.type = 'webhook.disabled')
       EXECUTE FUNCTION refuse()`,
    );
    await host.webhooks.publish(cancelled('B-1'));
    await until('the news was refused', () =>
      host.statements.errors.some((error) => error.includes('refused')),
    );
    const { manager } = host.dataSource;
    expect(await manager.findOneByOrFail(Webhook, { id: gone.id })).toMatchObject({ status: 'active' });
    expect(told.filter(({ type }) => type === 'webhook.disabled')).toEqual([]);

    await host.dataSource.query('DROP TRIGGER refusing ON webhook_event');
    await manager.query('UPDATE webhook_lane SET lease_until = 0, lease_token = NULL');
    await host.webhooks.publish(cancelled('B-2'));
    await until('it is disabled', async () => manager.existsBy(Webhook, { id: gone.id, status: 'disabled' }));
    expect(await manager.countBy(WebhookEvent, { type: 'webhook.disabled' })).toBe(1);
  });

  it('passes filters, which narrow the host’s events', async () => {
    status = 410;
    await subscribe('/failing', ['booking.*']);
    const filters = { productIds: ['P-1'], statuses: ['CONFIRMED'], changedPaths: ['/booking'] };
    await subscribe('/other', ['webhook.*', 'booking.*'], { filters });
    await host.webhooks.publish(cancelled('B-1'));
    await untilIdle(host.app);
    expect(typesAt('/other')).toEqual(['webhook.disabled']);
  });

  it.each(['octo', 'octo-notification', 'checkfront', 'checkfront-3', 'capdata', 'delay-care'])(
    'arrives in the profile %s, and as each format',
    async (profile) => {
      status = 410;
      const { id } = await subscribe('/failing', ['booking.*']);
      for (const format of ['json', 'xml', 'form'])
        await subscribe(`/${format}`, ['webhook.disabled'], { profile, format });
      await host.webhooks.publish(cancelled('B-1'));
      await untilIdle(host.app);
      for (const path of ['/json', '/xml', '/form']) {
        const [request, ...more] = at(path);
        expect(more).toEqual([]);
        expect(request?.headers['x-webhook-event']).toBe('webhook.disabled');
        expect(request?.body.toString()).toContain(id);
        expect(request?.body.toString()).toContain('gone');
      }
    },
  );

  it('can be tried out with a sample, and is found in the log', async () => {
    const { id } = await subscribe('/other', ['webhook.*']);
    const sent = await host.app.get(SendTest).send('C-1', id, {});
    expect(sent).toMatchObject({ eventType: 'webhook.failing', status: 'succeeded' });
    expect(bodiesAt('/other')[0]).toMatchObject({ type: 'webhook.failing', data: { test: true } });
  });
});

describe('the types of our own news', () => {
  let host: Host;
  beforeAll(async () => {
    host = await Host.start({ scheduler: 'in-process', worker: false });
  });
  afterAll(() => host.stop());

  it.each(NEWS)('a host cannot publish %s', async (type) => {
    const published = host.webhooks.publish({ type, contractId: 'C-1', data: { webhook: {} } });
    await expect(published).rejects.toThrow(PublishError);
    await expect(published).rejects.toMatchObject({ code: 'UNKNOWN_EVENT_TYPE' });
    expect(await host.dataSource.manager.count(WebhookEvent)).toBe(0);
  });

  it('a host cannot have types of their name', async () => {
    const eventTypes = [{ name: 'webhook.moved', label: 'Moved', description: 'It moved.' }];
    await expect(Host.start({ scheduler: 'in-process', catalog: { eventTypes } })).rejects.toThrow(
      /catalog\.eventTypes\[0\]\.name' is 'webhook\.moved'; pass a name that does not begin with 'webhook\.'/,
    );
  });

  it('are in the list of event types, and webhooks that ask for them are found by them', async () => {
    const catalog = host.app.get(EventCatalog);
    expect(catalog.list().map(({ name }) => name)).toEqual(expect.arrayContaining(NEWS));
    const byPattern = await host.subscribe('http://127.0.0.1:9/', { eventTypes: ['webhook.*'] });
    await host.subscribe('http://127.0.0.1:9/', { eventTypes: ['*'] });
    const { data } = await host.registry.list('C-1', { eventType: 'webhook.resumed' });
    expect(data.map(({ id }) => id)).toEqual([byPattern.id]);
  });

  it.each([['webhook.broken'], ['webhooks.*'], ['webhook'], ['webhook.']])(
    'there is no %s to ask for',
    async (eventType) => {
      const refused = host.subscribe('http://127.0.0.1:9/', { eventTypes: [eventType] });
      await expect(refused).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    },
  );
});
