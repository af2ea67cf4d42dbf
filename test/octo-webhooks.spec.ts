import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable, UnauthorizedException } from '@nestjs/common';
import { Webhook } from 'nestjs-booking-webhooks';
import { TestReceiver } from 'nestjs-booking-webhooks/testing';
import { v7 as uuidv7 } from 'uuid';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

const URL = 'https://partner.example/hooks';
const HOOK = { url: URL, event: 'booking_update' };
const NAMES = 'octo/pricing, octo/content';

@Injectable()
class BearerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    if (headers['x-contract'] === 'anonymous') throw new UnauthorizedException('Send a bearer token.');
    if (headers['x-contract'] === 'broken') throw new Error('the sessions’ store at 10.0.0.7 is down');
    return true;
  }
}

const VARIANTS = PLATFORMS.flatMap((platform) => [
  { platform, strict: false, octo: undefined, base: '/octo/webhooks' },
  { platform, strict: true, octo: { path: '/v1/octo/' }, base: '/v1/octo/webhooks' },
]);

describe.each(VARIANTS)(
  'on $platform, strict host: $strict, at $base',
  ({ platform, strict, octo, base }) => {
    let host: RestHost;
    let contract: string;

    beforeAll(async () => {
      host = await RestHost.start({ platform, strict, ...(octo ? { octo } : {}) });
    });
    afterAll(() => host.stop());
    beforeEach(() => {
      contract = freshContract();
    });

    const api = () => host.as(contract);
    const post = (body: object, capabilities = NAMES) =>
      api().post(base).set('Octo-Capabilities', capabilities).send(body);
    const created = async (fields: object = {}, capabilities = NAMES) =>
      (await post({ ...HOOK, ...fields }, capabilities).expect(200)).body;
    const get = (path: string) => api().get(path).set('Octo-Capabilities', '');
    const patch = (id: string, body: object, capabilities: string) =>
      api().patch(`${base}/${id}`).set('Octo-Capabilities', capabilities).send(body);
    const remove = (id: string) => api().delete(`${base}/${id}`).set('Octo-Capabilities', '');
    const stored = (id: string) => host.dataSource.manager.findOneByOrFail(Webhook, { id });

    it('a webhook is created with OCTO’s defaults, shown without a secret, and read back the same', async () => {
      const { headers, body } = await post(HOOK).expect(200);
      expect(body).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        event: 'booking_update',
        url: URL,
        retryOnError: true,
        useContactLanguage: true,
        headers: {},
        capabilities: ['octo/pricing', 'octo/content'],
      });
      expect(headers['octo-capabilities']).toBe(NAMES);
      expect((await get(`${base}/${body.id}`).expect(200)).body).toEqual(body);
      expect(await stored(body.id)).toMatchObject({
        contractId: contract,
        profile: 'octo',
        format: 'json',
        eventTypes: ['booking_update'],
        status: 'active',
      });
    });

    it.each(['booking_update', 'availability_update', 'order_update', 'product_update'])(
      'the event %s can be asked for',
      async (event) => expect(await created({ event })).toMatchObject({ event }),
    );

    it('what a partner chooses is kept, and its credentials are masked wherever they are shown', async () => {
      const webhook = await created({
        url: 'https://user:hunter2@partner.example/hooks?token=abc123',
        retryOnError: false,
        useContactLanguage: false,
        headers: { 'X-Api-Key': 'k:1' },
      });
      expect(webhook).toMatchObject({
        url: 'https://***:***@partner.example/hooks?token=***',
        retryOnError: false,
        useContactLanguage: false,
        headers: { 'X-Api-Key': '***' },
      });
      const { text } = await get(base).expect(200);
      expect(text).not.toMatch(/hunter2|abc123|k:1/);
      expect(JSON.stringify(await stored(webhook.id))).not.toMatch(/hunter2|abc123|k:1/);
    });

    it('the list holds the caller’s OCTO webhooks and no others, the oldest first', async () => {
      expect((await get(base).expect(200)).body).toEqual([]);
      const first = await created();
      const second = await created({ event: 'product_update' });
      await api()
        .post(base.replace('webhooks', 'notifications/subscriptions'))
        .set('Octo-Capabilities', '')
        .send({ url: URL, notificationTypes: ['BOOKING_UPDATE'] })
        .expect(200);
      const standard = await api()
        .post('/webhooks')
        .send({ url: URL, eventTypes: ['*'] })
        .expect(201);

      expect((await get(base).expect(200)).body).toEqual([first, second]);
      await get(`${base}/${standard.body.id}`).expect(404);
      const all = await api().get('/webhooks').expect(200);
      expect(all.body.data).toHaveLength(4);
    });

    it('a patch changes what it names, and takes the capabilities anew from the header', async () => {
      const { id } = await created({ headers: { 'X-Api-Key': 'k:1' } });
      const { body } = await patch(id, { event: 'availability_update' }, 'octo/pickups').expect(200);
      expect(body).toEqual({
        id,
        ...HOOK,
        event: 'availability_update',
        retryOnError: true,
        useContactLanguage: true,
        headers: { 'X-Api-Key': '***' },
        capabilities: ['octo/pickups'],
      });
      expect((await patch(id, {}, '').expect(200)).body.capabilities).toEqual([]);
      expect((await get(`${base}/${id}`).expect(200)).body).toEqual({ ...body, capabilities: [] });
    });

    it('a deletion answers as OCTO does, and the webhook is gone', async () => {
      const { id } = await created();
      expect((await remove(id).expect(200)).body).toEqual({
        success: true,
        message: 'Deleted successfully.',
      });
      expect((await remove(id).expect(404)).body).toMatchObject({
        error: 'INVALID_WEBHOOK_ID',
        webhookId: id,
      });
      expect((await get(base).expect(200)).body).toEqual([]);
    });

    describe('capabilities', () => {
      it('may be missing on no request', async () => {
        const { id } = await created();
        const before = await stored(id);
        const answers = await Promise.all([
          api().post(base).send(HOOK),
          api().get(base),
          api().get(`${base}/${id}`),
          api().patch(`${base}/${id}`).send({ event: 'product_update' }),
          api().delete(`${base}/${id}`),
        ]);
        for (const { status, body } of answers) {
          expect(status).toBe(400);
          expect(body).toEqual({
            error: 'BAD_REQUEST',
            errorMessage: expect.stringMatching(/Octo-Capabilities is missing.*octo\/pricing.*empty/),
          });
        }
        expect(await stored(id)).toEqual(before);
      });

      it('may be none', async () => {
        const { headers, body } = await post(HOOK, '').expect(200);
        expect(body.capabilities).toEqual([]);
        expect(headers['octo-capabilities']).toBe('');
      });

      it('may be sent in the query instead, or besides', async () => {
        const query = `${base}?_capabilities=octo/content,octo/pricing`;
        const { headers, body } = await api().post(query).send(HOOK).expect(200);
        expect(body.capabilities).toEqual(['octo/content', 'octo/pricing']);
        expect(headers['octo-capabilities']).toBe('octo/content, octo/pricing');
        const both = await api().post(query).set('Octo-Capabilities', ' octo/pricing ,,octo/cart').send(HOOK);
        expect(both.body.capabilities).toEqual(['octo/pricing', 'octo/cart', 'octo/content']);
      });

      it('are refused in the body, with where they belong', async () => {
        const { body } = await post({ ...HOOK, capabilities: ['octo/pricing'] }, '').expect(400);
        expect(body).toEqual({
          error: 'BAD_REQUEST',
          errorMessage: expect.stringMatching(/^capabilities: .*Octo-Capabilities header/),
        });
      });

      it.each([
        ['a name that is none', 'octo/pricing, {"a":1}'],
        ['a name that is too long', 'x'.repeat(65)],
        ['too many names', Array.from({ length: 51 }, (_, index) => `octo/c${index}`).join(',')],
      ])('%s is refused', async (_title, capabilities) => {
        const { body } = await post(HOOK, capabilities).expect(400);
        expect(body).toEqual({
          error: 'BAD_REQUEST',
          errorMessage: expect.stringMatching(/^Octo-Capabilities: .*octo\/pricing/),
        });
      });

      it('repeated as odd query parameters are refused or read, never a failure', async () => {
        for (const query of [
          '_capabilities[a]=1',
          '_capabilities[]=octo/cart',
          '_capabilities=a&_capabilities=b',
        ]) {
          const { status } = await api().post(`${base}?${query}`).send(HOOK);
          expect([200, 400]).toContain(status);
        }
      });
    });

    it.each([
      ['no body', undefined, /url: is missing/],
      ['a list', [], /body: a list is not an object/],
      ['no URL', { event: 'booking_update' }, /url: is missing/],
      ['a URL that is none', { ...HOOK, url: 'partner' }, /url: .*absolute URL/],
      ['a private address', { ...HOOK, url: 'https://10.0.0.1/' }, /url: .*public Internet/],
      ['a masked URL', { ...HOOK, url: 'https://***:***@partner.example/' }, /url: .*mask/],
      ['no event', { url: URL }, /event: nothing is not available here; send one of 'booking_update'/],
      [
        'another dialect’s event',
        { ...HOOK, event: 'booking.*' },
        /event: 'booking\.\*' is not available here/,
      ],
      [
        'a flag that is none',
        { ...HOOK, retryOnError: 'yes' },
        /retryOnError: 'yes' is neither true nor false/,
      ],
      ['headers as a list', { ...HOOK, headers: ['a'] }, /headers: is not an object/],
      [
        'a reserved header',
        { ...HOOK, headers: { host: 'h-s3cret' } },
        /headers\.host: the name is reserved/,
      ],
      ['a field of another resource', { ...HOOK, eventTypes: ['*'] }, /eventTypes: is not a field/],
      ['another contract', { ...HOOK, contractId: 'C-other' }, /contractId: is another contract/],
    ])('%s is refused in OCTO’s words, and nothing is stored', async (_title, body, message) => {
      const before = await host.dataSource.manager.count(Webhook);
      const { status, body: answer } = await api().post(base).set('Octo-Capabilities', '').send(body);
      expect([status, answer]).toEqual([
        400,
        { error: 'BAD_REQUEST', errorMessage: expect.stringMatching(message) },
      ]);
      expect(JSON.stringify(answer)).not.toContain('h-s3cret');
      expect(await host.dataSource.manager.count(Webhook)).toBe(before);
    });

    it('a foreign id is answered like one that does not exist, and changes nothing', async () => {
      const { id } = await created();
      const before = await stored(id);
      const unknown = uuidv7();
      contract = freshContract();
      for (const call of [get.bind(null, `${base}/${id}`), () => patch(id, HOOK, ''), () => remove(id)]) {
        expect((await call().expect(404)).body).toEqual({
          error: 'INVALID_WEBHOOK_ID',
          errorMessage: expect.stringContaining('List yours'),
          webhookId: id,
        });
      }
      const missing = await get(`${base}/${unknown}`).expect(404);
      const foreign = await get(`${base}/${id}`).expect(404);
      expect(foreign.text.replaceAll(id, '<id>')).toBe(missing.text.replaceAll(unknown, '<id>'));
      expect(await stored(id)).toEqual(before);
      expect((await get(base).expect(200)).body).toEqual([]);
    });

    it.each(['none', '%00', "'; DROP TABLE webhook; --"])('%s is no id', async (id) => {
      const encoded = id === '%00' ? id : encodeURIComponent(id);
      expect((await get(`${base}/${encoded}`).expect(404)).body.error).toBe('INVALID_WEBHOOK_ID');
    });

    it('an operator names the contract in the body, and sees every contract’s webhooks', async () => {
      const operator = host.as('*');
      const missing = await operator.post(base).set('Octo-Capabilities', '').send(HOOK).expect(400);
      expect(missing.body.errorMessage).toMatch(/^contractId: is missing/);
      const sent = { ...HOOK, contractId: contract };
      const { body } = await operator.post(base).set('Octo-Capabilities', '').send(sent).expect(200);
      expect((await get(base).expect(200)).body).toEqual([body]);
      const all = await operator.get(base).set('Octo-Capabilities', '').expect(200);
      expect(all.body).toContainEqual(body);
    });

    it('more webhooks than a page of the registry are all listed', async () => {
      const { id } = await created();
      const row = await stored(id);
      const copies = Array.from({ length: 205 }, () => ({ ...row, id: uuidv7() }));
      await host.dataSource.manager.insert(Webhook, copies);
      expect((await get(base).expect(200)).body).toHaveLength(206);
    });

    it('a caller whom the host does not let in is told so in OCTO’s words, before anything of its input', async () => {
      const nobody = await host.as('').post(base).send({ nonsense: true }).expect(403);
      expect(nobody.body).toEqual({
        error: 'FORBIDDEN',
        errorMessage: expect.stringContaining('no contract'),
      });
      const blocked = await host.as('blocked').get(base).expect(403);
      expect(blocked.body).toEqual({ error: 'FORBIDDEN', errorMessage: 'Forbidden resource' });
    });
  },
);

describe.each(PLATFORMS)('on %s, the host’s guard', (platform) => {
  let host: RestHost;
  beforeAll(async () => {
    const contract = ({ headers }: { headers: Record<string, string> }) => headers['x-contract'];
    host = await RestHost.start({ platform, access: { guards: [BearerGuard], contract } });
  });
  afterAll(() => host.stop());

  it('that asks for credentials answers UNAUTHORIZED', async () => {
    const { body } = await host.as('anonymous').get('/octo/webhooks').expect(401);
    expect(body).toEqual({ error: 'UNAUTHORIZED', errorMessage: 'Send a bearer token.' });
  });

  it('that fails answers INTERNAL_SERVER_ERROR and nothing of why', async () => {
    host.app.useLogger(false);
    const { body, text } = await host.as('broken').get('/octo/webhooks').expect(500);
    expect(body.error).toBe('INTERNAL_SERVER_ERROR');
    expect(text).not.toContain('10.0.0.7');
  });
});

it('a URL’s credentials are dialled as basic authentication, and a refusal is not tried again without retryOnError', async () => {
  const receiver = await TestReceiver.start(() => ({ status: 500 }));
  const host = await RestHost.start({ platform: 'express' });
  const url = receiver.url.replace('http://', 'http://user:hunter2@');
  const { body } = await host
    .as('C-1')
    .post('/octo/webhooks')
    .set('Octo-Capabilities', '')
    .send({ ...HOOK, url, retryOnError: false, headers: { 'X-Api-Key': 'k:1' } })
    .expect(200);
  await host.as('C-1').post(`/webhooks/${body.id}/test`).expect(200);
  await host.stop();
  await receiver.stop();
  expect(receiver.requests).toHaveLength(1);
  expect(receiver.requests[0]!.headers).toMatchObject({
    authorization: `Basic ${Buffer.from('user:hunter2').toString('base64')}`,
    'x-api-key': 'k:1',
  });
  expect(receiver.requests[0]!.body.toString()).not.toMatch(/hunter2|k:1/);
});

it.each([[{ octo: false as const }], [{ controllers: false }]])(
  'with %j there are no routes',
  async (options) => {
    const host = await RestHost.start({ platform: 'express', ...options });
    const { body } = await host.as('C-1').get('/octo/webhooks').expect(404);
    await host.stop();
    expect(body.message).toBe('Cannot GET /octo/webhooks');
  },
);

it.each([
  [{ octo: true }, /'octo' is true; pass \{ path: 'octo' \}/],
  [{ octo: { path: 7 } }, /'octo\.path' is 7/],
  [{ path: 'octo/webhooks' }, /'octo\.path' is 'octo'; OCTO's webhooks would be at 'octo\/webhooks' too/],
])('%j stops the application', async (options, message) => {
  await expect(RestHost.start({ platform: 'express', ...(options as object) })).rejects.toThrow(message);
});
