import { Webhook } from 'nestjs-booking-webhooks';
import { v7 as uuidv7 } from 'uuid';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

const URL = 'https://partner.example/hooks';
const TYPES = ['PRODUCT_UPDATE', 'AVAILABILITY_UPDATE', 'BOOKING_UPDATE'];
const SUBSCRIPTION = { url: URL, notificationTypes: ['BOOKING_UPDATE'] };

const VARIANTS = PLATFORMS.flatMap((platform) =>
  ['/octo/notifications/subscriptions', '/octo/notifications/subcriptions'].map((base) => ({
    platform,
    base,
  })),
);

describe.each(VARIANTS)('on $platform, at $base', ({ platform, base }) => {
  let host: RestHost;
  let contract: string;

  beforeAll(async () => {
    host = await RestHost.start({ platform, strict: true });
  });
  afterAll(() => host.stop());
  beforeEach(() => {
    contract = freshContract();
  });

  const call = (method: 'get' | 'post' | 'patch' | 'delete', path = '') =>
    host.as(contract)[method](`${base}${path}`).set('Octo-Capabilities', 'octo/notifications');
  const created = async (fields: object = {}) =>
    (
      await call('post')
        .send({ ...SUBSCRIPTION, ...fields })
        .expect(200)
    ).body;
  const stored = (id: string) => host.dataSource.manager.findOneByOrFail(Webhook, { id });

  it('a subscription is created, shown without a secret, listed and read back', async () => {
    const subscription = await created({
      url: 'https://user:hunter2@partner.example/hooks',
      notificationTypes: TYPES,
      headers: { 'X-Api-Key': 'k:1' },
    });
    expect(subscription).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      url: 'https://***:***@partner.example/hooks',
      notificationTypes: TYPES,
      headers: { 'X-Api-Key': '***' },
    });
    expect((await call('get').expect(200)).body).toEqual([subscription]);
    expect((await call('get', `/${subscription.id}`).expect(200)).body).toEqual(subscription);
    expect(await stored(subscription.id)).toMatchObject({
      contractId: contract,
      profile: 'octo-notification',
      format: 'json',
      eventTypes: TYPES,
    });
  });

  it('a patch changes what it names', async () => {
    const { id } = await created({ headers: { 'X-Api-Key': 'k:1' } });
    const { body } = await call('patch', `/${id}`)
      .send({ notificationTypes: ['PRODUCT_UPDATE'] })
      .expect(200);
    expect(body).toEqual({
      id,
      url: URL,
      notificationTypes: ['PRODUCT_UPDATE'],
      headers: { 'X-Api-Key': '***' },
    });
    expect((await call('patch', `/${id}`).send({ headers: null }).expect(200)).body.headers).toEqual({});
  });

  it('a deletion ends it', async () => {
    const { id } = await created();
    const { body } = await call('delete', `/${id}`).expect(200);
    expect(body).toEqual({ success: true, message: 'Deleted successfully.' });
    expect((await call('get').expect(200)).body).toEqual([]);
  });

  it('a webhook is no subscription, and a subscription is no webhook', async () => {
    const { id } = await created();
    const hook = await host
      .as(contract)
      .post('/octo/webhooks')
      .set('Octo-Capabilities', '')
      .send({ url: URL, event: 'booking_update' })
      .expect(200);
    expect((await call('get').expect(200)).body).toHaveLength(1);
    const { body } = await call('get', `/${hook.body.id}`).expect(404);
    expect(body).toMatchObject({ error: 'INVALID_SUBSCRIPTION_ID', subscriptionId: hook.body.id });
    const other = host.as(contract).get(`/octo/webhooks/${id}`).set('Octo-Capabilities', '');
    expect((await other.expect(404)).body).toMatchObject({ error: 'INVALID_WEBHOOK_ID', webhookId: id });
  });

  it('a foreign id is answered like one that does not exist, and changes nothing', async () => {
    const { id } = await created();
    const before = await stored(id);
    const unknown = uuidv7();
    contract = freshContract();
    for (const method of ['get', 'patch', 'delete'] as const) {
      const foreign = await call(method, `/${id}`).expect(404);
      const missing = await call(method, `/${unknown}`).expect(404);
      expect(foreign.body).toMatchObject({ error: 'INVALID_SUBSCRIPTION_ID', subscriptionId: id });
      expect(foreign.text.replaceAll(id, '<id>')).toBe(missing.text.replaceAll(unknown, '<id>'));
    }
    expect(await stored(id)).toEqual(before);
  });

  it.each([
    ['no types', { url: URL }, /notificationTypes: is missing/],
    ['an empty list', { ...SUBSCRIPTION, notificationTypes: [] }, /notificationTypes: is empty/],
    ['a text', { ...SUBSCRIPTION, notificationTypes: 'BOOKING_UPDATE' }, /is not a list/],
    [
      'another dialect’s type',
      { ...SUBSCRIPTION, notificationTypes: ['booking_update'] },
      /'booking_update'; send a list of 'PRODUCT_UPDATE'/,
    ],
    ['no URL', { notificationTypes: TYPES }, /url: is missing/],
    ['a field of the webhooks’', { ...SUBSCRIPTION, retryOnError: false }, /retryOnError: is not a field/],
  ])('%s is refused in OCTO’s words, and nothing is stored', async (_title, body, message) => {
    const before = await host.dataSource.manager.count(Webhook);
    const answer = await call('post').send(body).expect(400);
    expect(answer.body).toEqual({ error: 'BAD_REQUEST', errorMessage: expect.stringMatching(message) });
    expect(await host.dataSource.manager.count(Webhook)).toBe(before);
  });

  it('the header of the capabilities may not be missing', async () => {
    const { body } = await host.as(contract).get(base).expect(400);
    expect(body).toEqual({
      error: 'BAD_REQUEST',
      errorMessage: expect.stringContaining('Octo-Capabilities'),
    });
  });
});
