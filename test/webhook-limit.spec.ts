import { StateConflictError, WebhookRegistry, WebhooksConfigurationError } from 'nestjs-booking-webhooks';

import { Host } from './setup/host.js';
import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

const HOOK = { url: 'https://partner.example/hooks', eventTypes: ['*'] };
const LIMIT = 3;

describe.each(PLATFORMS)('on %s, a contract that may have three webhooks', (platform) => {
  let host: RestHost;
  let contract: string;

  beforeAll(async () => {
    host = await RestHost.start({ platform, worker: false, maxWebhooksPerContract: LIMIT });
  });
  afterAll(() => host.stop());
  beforeEach(() => {
    contract = freshContract();
  });

  const api = () => host.as(contract);
  const create = () => api().post('/webhooks').send(HOOK);
  const fill = async () => {
    const ids: string[] = [];
    while (ids.length < LIMIT) ids.push((await create().expect(201)).body.id);
    return ids;
  };
  const count = async () => (await api().get('/webhooks').expect(200)).body.data.length as number;

  it('is refused a fourth over REST, with the limit and what to do', async () => {
    await fill();
    const { body } = await create().expect(409);
    expect(body).toEqual({
      statusCode: 409,
      code: 'WEBHOOK_LIMIT',
      message: expect.stringMatching(/has 3 webhooks, and may have 3\. Delete one .*maxWebhooksPerContract/),
    });
    expect(await count()).toBe(LIMIT);
  });

  it('is refused a fourth by OCTO’s routes, in OCTO’s words', async () => {
    await fill();
    for (const [path, body] of [
      ['/octo/webhooks', { url: HOOK.url, event: 'booking_update' }],
      ['/octo/notifications/subscriptions', { url: HOOK.url, notificationTypes: ['BOOKING_UPDATE'] }],
    ] as const) {
      const refused = await api().post(path).set('Octo-Capabilities', '').send(body).expect(422);
      expect(refused.body).toEqual({
        error: 'UNPROCESSABLE_ENTITY',
        errorMessage: expect.stringContaining('may have 3'),
      });
    }
    expect(await count()).toBe(LIMIT);
  });

  it('is refused a fourth by the service, also when an operator asks for it', async () => {
    await fill();
    const registry = host.app.get(WebhookRegistry);
    await expect(registry.create(contract, HOOK)).rejects.toThrow(StateConflictError);
    const byOperator = await host
      .as('*')
      .post('/webhooks')
      .send({ ...HOOK, contractId: contract });
    expect([byOperator.status, byOperator.body.code]).toEqual([409, 'WEBHOOK_LIMIT']);
  });

  it('has room again when it deletes one, not when it switches one off; others have their own', async () => {
    const [first = '', second] = await fill();
    await api().post(`/webhooks/${second}/deactivate`).expect(200);
    await create().expect(409);
    await host.as(freshContract()).post('/webhooks').send(HOOK).expect(201);
    await api().delete(`/webhooks/${first}`).expect(204);
    await create().expect(201);
    await create().expect(409);
  });

  it('gets three of twenty that are asked for at once', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 20 }, () => create().then(({ status }) => status)),
    );
    expect(statuses.toSorted()).toEqual([...Array(3).fill(201), ...Array(17).fill(409)]);
    expect(await count()).toBe(LIMIT);
  });
});

it('without the option a contract has as many as it likes', async () => {
  const host = await Host.start({
    scheduler: 'in-process',
    worker: false,
    maxWebhooksPerContract: undefined,
  });
  try {
    for (let index = 0; index < 12; index += 1) await host.subscribe('http://127.0.0.1:9/');
    expect((await host.registry.list('C-1', { limit: 200 })).data).toHaveLength(12);
  } finally {
    await host.stop();
  }
});

it.each([0, -1, 1.5, Number.NaN, Infinity, '5', null])('a limit of %p is refused at boot', async (limit) => {
  const starting = Host.start({ scheduler: 'in-process', maxWebhooksPerContract: limit as number });
  await expect(starting).rejects.toThrow(WebhooksConfigurationError);
  await expect(Host.start({ maxWebhooksPerContract: limit as number })).rejects.toThrow(
    /'maxWebhooksPerContract' is .*; pass a whole number from 1 to 1000000/,
  );
});
