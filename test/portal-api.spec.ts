import { Webhook, WebhookDelivery } from 'nestjs-booking-webhooks';
import { TestReceiver } from 'nestjs-booking-webhooks/testing';
import { v7 as uuidv7 } from 'uuid';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

const HOUR = 3_600_000;

describe.each(PLATFORMS)('on %s', (platform) => {
  let host: RestHost;
  let contract: string;

  beforeAll(async () => {
    host = await RestHost.start({ platform });
  });
  afterAll(() => host.stop());
  beforeEach(() => {
    contract = freshContract();
  });

  const api = () => host.as(contract);
  const create = async (fields: object = {}): Promise<string> => {
    const body = { url: 'https://partner.example/', eventTypes: ['*'], ...fields };
    return (await api().post('/webhooks').send(body).expect(201)).body.id;
  };
  const refused = async (path: string) => (await api().get(path).expect(400)).body.errors;

  describe('statistics', () => {
    /** Deliveries that came into being so many milliseconds ago, as rows. */
    const deliver = async (
      webhookId: string,
      agoMs: number,
      fields: Partial<WebhookDelivery> = {},
      count = 1,
    ): Promise<void> => {
      const createdAt = Date.now() - agoMs;
      const rows = Array.from({ length: count }, () => ({
        id: uuidv7(),
        eventId: uuidv7({ msecs: createdAt }),
        webhookId,
        contractId: contract,
        eventType: 'booking.created',
        status: 'succeeded' as const,
        trigger: 'scheduled' as const,
        attemptCount: 1,
        attemptsBeforeBudget: 0,
        dueAt: null,
        lastStatusCode: 204,
        lastError: null,
        createdAt,
        completedAt: createdAt,
        ...fields,
      }));
      for (let at = 0; at < rows.length; at += 1_000)
        await host.dataSource.manager.insert(WebhookDelivery, rows.slice(at, at + 1_000));
    };
    const statistics = async (...ids: string[]) =>
      (
        await api()
          .get(`/webhooks/statistics?ids=${ids.join(',')}`)
          .expect(200)
      ).body.items;

    it('count what arrived and what failed in each of the last 24 hours', async () => {
      const webhookId = await create();
      await deliver(webhookId, 23.5 * HOUR, {}, 2);
      await deliver(webhookId, 30 * 60_000, {}, 3);
      await deliver(webhookId, 30 * 60_000, { status: 'exhausted', lastError: 'http_status' });
      await deliver(webhookId, 5.5 * HOUR, {
        status: 'pending',
        attemptCount: 2,
        lastError: 'timeout',
        dueAt: Date.UTC(2100, 0, 1),
      });
      await deliver(webhookId, 25 * HOUR, {}, 7);

      const [found] = await statistics(webhookId);
      expect(found).toMatchObject({ webhookId, succeeded: 5, failed: 2, partial: false });
      expect(found.hours).toHaveLength(24);
      const of = (index: number) => [found.hours[index].succeeded, found.hours[index].failed];
      expect([of(0), of(18), of(23)]).toEqual([
        [2, 0],
        [0, 1],
        [3, 1],
      ]);
      const since = Date.parse(found.since);
      expect(Math.abs(Date.now() - 24 * HOUR - since)).toBeLessThan(60_000);
      expect(found.hours.map(({ start }: { start: string }) => Date.parse(start) - since)).toEqual(
        Array.from({ length: 24 }, (_, index) => index * HOUR),
      );
    });

    it('leave out tests, and what was not attempted yet', async () => {
      const webhookId = await create();
      await deliver(webhookId, HOUR, { trigger: 'test' });
      await deliver(webhookId, HOUR, { status: 'pending', attemptCount: 0, dueAt: Date.UTC(2100, 0, 1) });
      await deliver(webhookId, HOUR, { status: 'cancelled', attemptCount: 0 });
      expect(await statistics(webhookId)).toMatchObject([{ succeeded: 0, failed: 0, partial: false }]);
    });

    it('look at the newest two thousand deliveries, and say when there may be more', async () => {
      const webhookId = await create();
      await deliver(webhookId, 10.5 * HOUR, { status: 'exhausted', lastError: 'dns' }, 500);
      await deliver(webhookId, 0.5 * HOUR, {}, 1_900);
      expect(await statistics(webhookId)).toMatchObject([{ succeeded: 1_900, failed: 100, partial: true }]);
    });

    it('come for each webhook once, in the order that was asked for', async () => {
      const ids = [
        await create(),
        await create(),
        await create(),
        await create(),
        await create(),
        await create(),
      ];
      await deliver(ids[3] ?? '', HOUR);
      const found = await statistics(...ids, ...ids);
      expect(found.map(({ webhookId }: { webhookId: string }) => webhookId)).toEqual(ids);
      expect(found.map(({ succeeded }: { succeeded: number }) => succeeded)).toEqual([0, 0, 0, 1, 0, 0]);
    });

    it('of a deleted webhook there are none, and those of the others come all the same', async () => {
      const [first, deleted, last] = [await create(), await create(), await create()];
      await api().delete(`/webhooks/${deleted}`).expect(204);
      const found = await statistics(first, deleted, last);
      expect(found.map(({ webhookId }: { webhookId: string }) => webhookId)).toEqual([first, last]);
      expect(await statistics(deleted)).toEqual([]);
    });

    it.each([
      ['', 'ids', /is missing/],
      ['?ids=', 'ids', /has an empty id/],
      ['?ids=a,,b', 'ids', /'a,,b' has an empty id/],
      ['?ids=a&ids=b', 'ids', /a list is not a text/],
      [`?ids=${Array.from({ length: 201 }, (_, index) => index).join(',')}`, 'ids', /has 201 ids/],
      ['?ids=%00', 'ids', /NUL/],
      ['?ids=a&limit=1', 'limit', /is not a field/],
    ])(
      'asked for with %s are refused, and the answer says what would be right',
      async (query, field, reason) => {
        expect(await refused(`/webhooks/statistics${query}`)).toEqual([
          { field, reason: expect.stringMatching(reason), expected: expect.stringMatching(/./) },
        ]);
      },
    );
  });

  describe('the count', () => {
    it('is that of the webhooks a list with the same filters has, deleted ones left out', async () => {
      await create({ url: 'https://one.example/' });
      await create({ url: 'https://two.example/', status: 'inactive' });
      await api()
        .delete(`/webhooks/${await create()}`)
        .expect(204);
      const count = async (query: string) => (await api().get(`/webhooks/count${query}`).expect(200)).body;
      expect(await count('')).toEqual({ count: 2 });
      expect(await count('?status=inactive')).toEqual({ count: 1 });
      expect(await count('?url=ONE&status=inactive')).toEqual({ count: 0 });
      expect(await count('?eventType=booking.created')).toEqual({ count: 2 });
    });

    it.each([
      ['status=deleted', 'status', /'deleted' is not available/],
      ['limit=5', 'limit', /is not a field/],
      ['sort=url', 'sort', /is not a field/],
      ['cursor=x', 'cursor', /is not a field/],
    ])('of %s is refused', async (query, field, reason) => {
      expect(await refused(`/webhooks/count?${query}`)).toEqual([
        { field, reason: expect.stringMatching(reason), expected: expect.stringMatching(/./) },
      ]);
    });
  });

  describe('the contracts', () => {
    const contracts = async (search: string): Promise<string[]> =>
      (await host.as('*').get('/webhooks/contracts').query({ search }).expect(200)).body.items;
    const createFor = (contractId: string) =>
      host
        .as('*')
        .post('/webhooks')
        .send({ contractId, url: 'https://partner.example/', eventTypes: ['*'] })
        .expect(201);

    it('are those that have webhooks, each once, found by a part in any case', async () => {
      const name = freshContract().slice(0, 20);
      await createFor(`${name}-B%`);
      await createFor(`${name}-B%`);
      await createFor(`${name}-A`);
      const { body } = await createFor(`${name}-gone`);
      await host.as('*').delete(`/webhooks/${body.id}`).expect(204);
      expect(await contracts(name.toLowerCase())).toEqual([`${name}-A`, `${name}-B%`]);
      expect(await contracts(`${name}-b%`)).toEqual([`${name}-B%`]);
      expect(await contracts(`${name}_`)).toEqual([]);
    });

    it('are fifty at most', async () => {
      const [webhook] = await host.dataSource.manager.find(Webhook, { take: 1 });
      const many = Array.from({ length: 60 }, (_, index) => ({
        ...webhook!,
        id: uuidv7(),
        status: 'active' as const,
        contractId: `many-${platform}-${String(index).padStart(2, '0')}`,
      }));
      await host.dataSource.manager.insert(Webhook, many);
      const found = await contracts(`many-${platform}`);
      expect(found).toEqual(many.slice(0, 50).map(({ contractId }) => contractId));
    });

    it.each([
      ['search=', 'search', /is empty/],
      [`search=${'x'.repeat(65)}`, 'search', /has 65 characters/],
      ['search=%00', 'search', /NUL/],
      ['limit=3', 'limit', /is not a field/],
    ])('asked for with %s are refused', async (query, field, reason) => {
      expect(await refused(`/webhooks/contracts?${query}`)).toEqual([
        { field, reason: expect.stringMatching(reason), expected: expect.stringMatching(/./) },
      ]);
    });
  });

  describe('a test’s request', () => {
    let receiver: TestReceiver;
    beforeEach(async () => {
      receiver = await TestReceiver.start();
    });
    afterEach(() => receiver.stop());

    const tested = async (fields: object) => {
      const webhookId = await create({ url: receiver.url, ...fields });
      return (await api().post(`/webhooks/${webhookId}/test`).expect(200)).body;
    };

    it('is shown as it arrived', async () => {
      const { request, eventId } = await tested({ format: 'xml', eventTypes: ['booking.created'] });
      const [arrived] = receiver.requests;
      expect(request).toMatchObject({ method: 'POST', url: receiver.url, body: String(arrived?.body) });
      expect(request.body).toMatch(/^<\?xml/);
      expect(request.headers['webhook-id']).toBe(eventId);
      for (const [name, value] of Object.entries(request.headers)) {
        expect([name, arrived?.headers[name]]).toEqual([name, value]);
      }
      const left = Object.keys(arrived?.headers ?? {}).filter((name) => !(name in request.headers));
      expect(left.sort()).toEqual(['connection', 'content-length', 'host']);
    });

    it('holds no credential: those of the URL, its query and the custom headers are masked', async () => {
      const url = new URL(receiver.url);
      url.username = 'partner';
      url.password = 'pa55word';
      url.searchParams.set('token', 't0ken');
      const { request } = await tested({ url: url.href, headers: { 'X-Api-Key': 'k3y' } });
      expect(JSON.stringify(request)).not.toMatch(/pa55word|t0ken|k3y|cGFydG5lcjpwYTU1d29yZA/);
      expect(request.url).toContain('***');
      expect(request.headers).toMatchObject({ 'X-Api-Key': '***', authorization: '***' });
      expect(receiver.requests[0]?.headers).toMatchObject({
        'x-api-key': 'k3y',
        authorization: `Basic ${Buffer.from('partner:pa55word').toString('base64')}`,
      });
    });

    it('is shown when nobody answers, and is none when its address is refused', async () => {
      const closed = await TestReceiver.start();
      const { url } = closed;
      await closed.stop();
      expect(await tested({ url })).toMatchObject({ lastError: 'connection', request: { url } });
      const webhookId = await create();
      await host.dataSource.manager.update(
        Webhook,
        { id: webhookId },
        { url: 'https://10.0.0.1/', changeSeq: -1 },
      );
      const refusedOne = await api().post(`/webhooks/${webhookId}/test`).expect(200);
      expect(refusedOne.body).toMatchObject({ lastError: 'address_refused', request: null });
    });
  });
});
