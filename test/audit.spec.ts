import { ConsoleLogger, Logger } from '@nestjs/common';
import type { LifecycleEvent } from 'nestjs-booking-webhooks';
import { ALL_CONTRACTS, bookingCancelled, WebhookRegistry, WebhooksService } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

interface AnyRequest {
  headers: Record<string, string | undefined>;
}

const access = {
  contract: ({ headers }: AnyRequest) =>
    headers['x-contract'] === '*' ? ALL_CONTRACTS : headers['x-contract'],
  actor: ({ headers }: AnyRequest): string | undefined => {
    const user = headers['x-user'];
    return user === 'odd' ? (7 as unknown as string) : user;
  },
};

/** What must be in nobody's log. */
const SECRETS = ['hunter2', 'query-token', 'bearer-value', 'whsec_'];

class Lines extends ConsoleLogger {
  readonly lines: string[] = [];

  override log(message: unknown): void {
    this.lines.push(String(message));
  }

  override warn(message: unknown): void {
    this.lines.push(String(message));
  }
}

describe.each(PLATFORMS)('on %s, a change to a webhook', (platform) => {
  let host: RestHost;
  let receiver: TestReceiver;
  let contract: string;
  const lines = new Lines();

  beforeAll(async () => {
    host = await RestHost.start({ platform, access, retryDelaysMs: [10] });
    Logger.overrideLogger(lines);
  });
  afterAll(async () => {
    Logger.overrideLogger(['error', 'warn']);
    await host.stop();
  });
  beforeEach(async () => {
    contract = freshContract();
    receiver = await TestReceiver.start();
    host.told.length = 0;
    lines.lines.length = 0;
  });
  afterEach(async () => {
    expect(JSON.stringify([host.told, lines.lines])).not.toMatch(new RegExp(SECRETS.join('|')));
    await receiver.stop();
  });

  const as = (user: string) => {
    const api = host.as(contract);
    const call = (method: 'get' | 'post' | 'patch' | 'delete') => (path: string) =>
      api[method](path).set('X-User', user).set('Octo-Capabilities', '');
    return { get: call('get'), post: call('post'), patch: call('patch'), delete: call('delete') };
  };
  const changed = () => host.told.filter((event) => 'changes' in event);
  const only = (event: LifecycleEvent | undefined) => {
    expect(event).toMatchObject({ contractId: contract, at: expect.any(Number) });
    return event && 'changes' in event ? event.changes : {};
  };
  const subscribe = async (fields: object = {}): Promise<string> =>
    (
      await as('u-1')
        .post('/webhooks')
        .send({ url: receiver.url, eventTypes: ['booking.*'], ...fields })
        .expect(201)
    ).body.id;

  it('tells who, what and when, with everything that is secret masked', async () => {
    const url = receiver.url.replace('//', '//partner:hunter2@');
    const id = await subscribe({ url: `${url}/?token=query-token`, headers: { 'X-Key': 'bearer-value' } });
    const patch = {
      url: `${url}/new?token=query-token-2`,
      headers: { 'X-Key': 'bearer-value-2' },
      locale: 'es',
    };
    await as('u-2').patch(`/webhooks/${id}`).send(patch).expect(200);
    await as('u-2').patch(`/webhooks/${id}`).send({ locale: 'es' }).expect(200);
    await as('u-3').post(`/webhooks/${id}/rotate-secret`).expect(200);
    await as('u-4').post(`/webhooks/${id}/deactivate`).expect(200);
    await as('u-4').post(`/webhooks/${id}/deactivate`).expect(200);
    await as('u-5').post(`/webhooks/${id}/activate`).expect(200);
    await as('u-6').delete(`/webhooks/${id}`).expect(204);

    const masked = receiver.url.replace('//', '//***:***@');
    expect(changed().map(({ type, by, webhookId }) => [type, by, webhookId])).toEqual([
      ['webhook.created', 'u-1', id],
      ['webhook.updated', 'u-2', id],
      ['webhook.secret_rotated', 'u-3', id],
      ['webhook.deactivated', 'u-4', id],
      ['webhook.activated', 'u-5', id],
      ['webhook.deleted', 'u-6', id],
    ]);
    const [created, updated, rotated, off, on, deleted] = changed().map(only);
    expect(created).toMatchObject({
      url: { from: null, to: `${masked}/?token=***` },
      eventTypes: { from: null, to: ['booking.*'] },
      headers: { from: null, to: { 'X-Key': '***' } },
      status: { from: null, to: 'active' },
    });
    expect(updated).toEqual({
      url: { from: `${masked}/?token=***`, to: `${masked}/new?token=***` },
      headers: { from: { 'X-Key': '***' }, to: { 'X-Key': '***' } },
      locale: { from: null, to: 'es' },
    });
    expect(rotated).toEqual({ secret: { from: '***', to: '***' } });
    expect(off).toEqual({ status: { from: 'active', to: 'inactive' } });
    expect(on).toEqual({ status: { from: 'inactive', to: 'active' } });
    expect(deleted).toEqual({
      status: { from: 'active', to: 'deleted' },
      url: { from: `${masked}/new?token=***`, to: null },
    });
  });

  it('is a line of the log each, which names fields and no values', async () => {
    const id = await subscribe();
    await as('u-2').patch(`/webhooks/${id}`).send({ locale: 'es', retryOnError: false }).expect(200);
    const odd = 'two words\n[Nest] by=u-1';
    await host.app.get(WebhookRegistry).deactivate(contract, id, { by: odd });
    const own = lines.lines.filter((line) => line.includes(id));
    expect(own[0]).toMatch(
      new RegExp(
        `^webhook\\.created webhook=${id} contract=${contract} by=u-1 changed=url,eventTypes,.*status`,
      ),
    );
    expect(own[1]).toBe(
      `webhook.updated webhook=${id} contract=${contract} by=u-2 changed=locale,retryOnError`,
    );
    expect(own[2]).toContain(`by=${JSON.stringify(odd)} changed=status`);
    expect(own).toHaveLength(3);
  });

  it('by OCTO’s routes tells who, too', async () => {
    const octo = as('octo-user');
    const { id } = (
      await octo.post('/octo/webhooks').send({ url: receiver.url, event: 'booking_update' }).expect(200)
    ).body;
    await octo.patch(`/octo/webhooks/${id}`).send({ retryOnError: false }).expect(200);
    await octo.delete(`/octo/webhooks/${id}`).expect(200);
    const notificationTypes = ['BOOKING_UPDATE'];
    const base = '/octo/notifications/subscriptions';
    const subscription = (await octo.post(base).send({ url: receiver.url, notificationTypes }).expect(200))
      .body.id;
    const patch = { notificationTypes: ['PRODUCT_UPDATE'] };
    await octo.patch(`${base}/${subscription}`).send(patch).expect(200);
    await octo.delete(`${base}/${subscription}`).expect(200);
    expect(changed().map(({ type, by }) => [type, by])).toEqual(
      [1, 2].flatMap(() => ['created', 'updated', 'deleted'].map((what) => [`webhook.${what}`, 'octo-user'])),
    );
  });

  it('that the engine makes is the system’s; a redelivery and a recovery are a person’s', async () => {
    const since = new Date(Date.now() - 60_000).toISOString();
    receiver.answer(() => ({ status: 410 }));
    const id = await subscribe();
    await host.app
      .get(WebhooksService)
      .publish(bookingCancelled({ contractId: contract, data: { booking: { id: 'B-1' } } }));
    await untilIdle(host.app);
    const disabled = host.told.find(({ type }) => type === 'webhook.disabled');
    expect(disabled).toMatchObject({
      by: 'system',
      reason: 'gone',
      changes: { status: { from: 'active', to: 'disabled' }, disabledReason: { from: null, to: 'gone' } },
    });
    receiver.answer(() => ({ status: 204 }));
    await as('u-7').post(`/webhooks/${id}/activate`).expect(200);
    const [delivery] = (await as('u-7').get(`/webhooks/${id}/deliveries`)).body.data;
    await as('u-8').post(`/deliveries/${delivery.id}/redeliver`).expect(202);
    await untilIdle(host.app);
    await as('u-9').post(`/webhooks/${id}/recover`).send({ since }).expect(200);

    expect(host.told.find(({ type }) => type === 'delivery.redelivered')).toMatchObject({
      by: 'u-8',
      webhookId: id,
      contractId: contract,
      deliveryId: delivery.id,
    });
    expect(host.told.find(({ type }) => type === 'webhook.recovered')).toMatchObject({
      by: 'u-9',
      webhookId: id,
      since: Date.parse(since),
      recovered: 0,
    });
    const words = lines.lines.filter((line) => line.includes(id)).map((line) => line.split(' ', 1)[0]);
    expect(words).toEqual([
      'webhook.created',
      'webhook.disabled',
      'webhook.activated',
      'delivery.redelivered',
      'webhook.recovered',
    ]);
    expect(lines.lines.find((line) => line.startsWith('webhook.disabled'))).toMatch(
      /by=system .*reason=gone held=0$/,
    );
  });

  it('by a service names nobody unless it says who', async () => {
    const registry = host.app.get(WebhookRegistry);
    const { id } = await registry.create(contract, { url: receiver.url, eventTypes: ['*'] });
    await registry.update(contract, id, { locale: 'de' }, { by: 'nightly-job' });
    await registry.delete(contract, id, {});
    expect(changed().map(({ by }) => by)).toEqual([null, 'nightly-job', null]);
    expect(lines.lines[0]).toContain(' by=- ');
  });

  it('that is refused is told to nobody', async () => {
    const id = await subscribe();
    host.told.length = 0;
    await as('u-1').patch(`/webhooks/${id}`).send({ locale: 'not a tag' }).expect(400);
    await as('u-1').delete('/webhooks/none').expect(404);
    expect(host.told).toEqual([]);
  });

  it.each<[actor: string]>([['system'], ['odd'], ['x'.repeat(192)]])(
    'by somebody whom the host names %p does not happen, and reading goes on',
    async (actor) => {
      const id = await subscribe();
      await as(actor).patch(`/webhooks/${id}`).send({ locale: 'es' }).expect(500);
      await as(actor).delete(`/octo/webhooks/${id}`).expect(500);
      const { body } = await as(actor).get(`/webhooks/${id}`).expect(200);
      expect(body.locale).toBeNull();
    },
  );
});

it.each(['me', 7, {}])('an actor that is %p and no function is refused at boot', async (actor) => {
  const odd = { ...access, actor: actor as never };
  await expect(RestHost.start({ platform: 'express', access: odd })).rejects.toThrow(
    /the option 'access\.actor' is .*; pass a function of the request/,
  );
});
