import { Webhook, WebhookDelivery } from 'nestjs-booking-webhooks';
import { TestReceiver } from 'nestjs-booking-webhooks/testing';
import { v7 as uuidv7 } from 'uuid';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

type Api = ReturnType<RestHost['as']>;

const ROUTES: [
  name: string,
  call: (api: Api, webhookId: string, deliveryId: string) => ReturnType<Api['get']>,
][] = [
  ['GET webhook', (api, id) => api.get(`/webhooks/${id}`)],
  ['PATCH webhook', (api, id) => api.patch(`/webhooks/${id}`).send({ locale: 'de' })],
  ['DELETE webhook', (api, id) => api.delete(`/webhooks/${id}`)],
  ['POST activate', (api, id) => api.post(`/webhooks/${id}/activate`)],
  ['POST deactivate', (api, id) => api.post(`/webhooks/${id}/deactivate`)],
  ['POST rotate-secret', (api, id) => api.post(`/webhooks/${id}/rotate-secret`)],
  ['POST test', (api, id) => api.post(`/webhooks/${id}/test`)],
  [
    'POST recover',
    (api, id) => api.post(`/webhooks/${id}/recover`).send({ since: new Date().toISOString() }),
  ],
  ['GET recovery', (api, id) => api.get(`/webhooks/${id}/recovery?since=${new Date().toISOString()}`)],
  ['GET deliveries', (api, id) => api.get(`/webhooks/${id}/deliveries`)],
  ['GET events', (api, id) => api.get(`/webhooks/${id}/events`)],
  ['GET live deliveries', (api, id) => api.get(`/webhooks/${id}/deliveries/live`)],
  ['GET delivery', (api, _id, delivery) => api.get(`/deliveries/${delivery}`)],
  ['POST redeliver', (api, _id, delivery) => api.post(`/deliveries/${delivery}/redeliver`)],
];

const NO_IDS = [
  'none',
  '00000000-0000-7000-8000-000000000000',
  '%00',
  "'; DROP TABLE webhook; --",
  'a'.repeat(90),
];

describe.each(PLATFORMS)('on %s', (platform) => {
  let host: RestHost;
  let receiver: TestReceiver;
  let owner: string;
  let webhookId: string;
  let deliveryId: string;

  beforeAll(async () => {
    host = await RestHost.start({ platform });
    receiver = await TestReceiver.start();
    owner = freshContract();
    const hook = { url: receiver.url, eventTypes: ['*'] };
    webhookId = (await host.as(owner).post('/webhooks').send(hook).expect(201)).body.id;
    deliveryId = (await host.as(owner).post(`/webhooks/${webhookId}/test`).expect(200)).body.id;
  });
  afterAll(async () => {
    await receiver.stop();
    await host.stop();
  });

  const rows = () =>
    Promise.all([host.dataSource.manager.find(Webhook), host.dataSource.manager.find(WebhookDelivery)]);

  it.each(ROUTES)(
    '%s answers a foreign id like one that does not exist, and changes nothing',
    async (_name, call) => {
      const before = await rows();
      const unknown = uuidv7();
      const foreign = await call(host.as(freshContract()), webhookId, deliveryId);
      const missing = await call(host.as(freshContract()), unknown, unknown);

      expect(foreign.status).toBe(404);
      expect(foreign.body.code).toMatch(/^(WEBHOOK|DELIVERY)_NOT_FOUND$/);
      const withoutIds = (text: string) => text.replace(/[0-9a-f-]{36}/g, '<id>');
      expect(withoutIds(foreign.text)).toBe(withoutIds(missing.text));
      expect(await rows()).toEqual(before);
    },
  );

  it.each(ROUTES)('%s answers 404 to what is no id at all', async (_name, call) => {
    for (const id of NO_IDS) {
      const encoded = id === '%00' ? id : encodeURIComponent(id);
      const { status, body } = await call(host.as(owner), encoded, encoded);
      expect([id, status]).toEqual([id, 404]);
      expect(body.message).toContain('List');
    }
  });

  it.each(ROUTES)(
    '%s lets no caller without a contract and none that the host stops',
    async (_name, call) => {
      const nobody = await call(host.as(''), webhookId, deliveryId);
      expect(nobody.status).toBe(403);
      expect(nobody.body).toMatchObject({
        code: 'NO_CONTRACT',
        message: expect.stringContaining('partner account'),
      });
      const blocked = await call(host.as('blocked'), webhookId, deliveryId);
      expect(blocked.status).toBe(403);
      expect(blocked.body.code).toBeUndefined();
    },
  );

  it('a caller without a contract is stopped before its input is looked at', async () => {
    await host.as('').post('/webhooks').send({ nonsense: true }).expect(403);
    await host.as('').get('/webhooks?limit=x').expect(403);
    await host.as('').get('/event-types').expect(403);
  });

  it('a list holds only the caller’s own webhooks, whatever it filters by', async () => {
    const other = host.as(freshContract());
    expect((await other.get('/webhooks').expect(200)).body.data).toEqual([]);
    expect((await other.get(`/webhooks?contractId=${owner}`).expect(200)).body.data).toEqual([]);
    expect((await other.get(`/webhooks?id=${webhookId}`).expect(200)).body.data).toEqual([]);
  });

  it('statistics of a foreign webhook are none, like those of one that does not exist, also beside the caller’s own', async () => {
    const other = host.as(freshContract());
    const hook = { url: receiver.url, eventTypes: ['*'] };
    const own: string = (await other.post('/webhooks').send(hook).expect(201)).body.id;
    for (const id of [webhookId, uuidv7(), 'none']) {
      const { items } = (await other.get(`/webhooks/statistics?ids=${id},${own}`).expect(200)).body;
      expect(items.map((item: { webhookId: string }) => item.webhookId)).toEqual([own]);
      expect((await other.get(`/webhooks/statistics?ids=${id}`).expect(200)).body).toEqual({ items: [] });
    }
  });

  it('counts, contracts and exports are of the caller’s own webhooks, whatever they filter by', async () => {
    const other = host.as(freshContract());
    for (const query of ['', `?contractId=${owner}`, `?id=${webhookId}`]) {
      expect((await other.get(`/webhooks/count${query}`).expect(200)).body).toEqual({ count: 0 });
      const exported = await other.get(`/webhooks/export.csv${query}`).expect(200);
      expect(exported.text).toBe('Contract,URL,Event Type,Status\r\n');
    }
    expect((await other.get(`/webhooks/contracts?search=${owner}`).expect(200)).body).toEqual({ items: [] });
    const own = host.as(owner);
    expect((await own.get('/webhooks/contracts').expect(200)).body).toEqual({ items: [owner] });
    expect((await own.get('/webhooks/count').expect(200)).body).toEqual({ count: 1 });
  });

  it.each(['count', 'contracts', `statistics?ids=${uuidv7()}`, 'export.csv', 'export.xlsx'])(
    'a caller without a contract and one that the host stops get no /webhooks/%s',
    async (route) => {
      const nobody = await host.as('').get(`/webhooks/${route}`).expect(403);
      expect(nobody.body.code).toBe('NO_CONTRACT');
      expect((await host.as('blocked').get(`/webhooks/${route}`).expect(403)).body.code).toBeUndefined();
    },
  );

  it('an operator reaches every contract’s webhooks and deliveries', async () => {
    const operator = host.as('*');
    expect((await operator.get(`/webhooks?contractId=${owner}`).expect(200)).body.data).toHaveLength(1);
    await operator.get(`/webhooks/${webhookId}`).expect(200);
    await operator.get(`/deliveries/${deliveryId}`).expect(200);
    expect((await operator.get(`/webhooks/contracts?search=${owner}`).expect(200)).body.items).toEqual([
      owner,
    ]);
    expect((await operator.get(`/webhooks/count?contractId=${owner}`).expect(200)).body).toEqual({
      count: 1,
    });
    await operator.get(`/webhooks/statistics?ids=${webhookId}`).expect(200);
    const exported = await operator.get(`/webhooks/export.csv?contractId=${owner}`).expect(200);
    expect(exported.text).toContain(`\r\n${owner},`);
  });

  it('a contract cannot create a webhook for another one', async () => {
    const { body } = await host
      .as(owner)
      .post('/webhooks')
      .send({ contractId: 'C-other', url: receiver.url, eventTypes: ['*'] })
      .expect(400);
    expect(body.errors).toEqual([
      {
        field: 'contractId',
        reason: expect.stringContaining('another contract'),
        expected: expect.stringContaining('leave the field out'),
      },
    ]);
    expect(await host.dataSource.manager.countBy(Webhook, { contractId: 'C-other' })).toBe(0);
  });
});

it('a host whose contract function returns no text is told so, and the caller is not let in', async () => {
  const host = await RestHost.start({ platform: 'express', access: { contract: () => 42 as never } });
  host.app.useLogger(false);
  const { status, text } = await host.as('C-1').get('/webhooks');
  await host.stop();
  expect(status).toBe(500);
  expect(text).not.toContain('access.contract');
});

it('an open module lets everybody act for every contract', async () => {
  const host = await RestHost.start({ platform: 'express', access: 'open' });
  const hook = { contractId: 'C-1', url: 'https://partner.example/', eventTypes: ['*'] };
  await host.as('').post('/webhooks').send(hook).expect(201);
  const { body } = await host.as('').get('/webhooks').expect(200);
  await host.stop();
  expect(body.data).toHaveLength(1);
});
