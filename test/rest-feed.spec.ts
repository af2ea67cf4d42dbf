import { WebhooksService } from 'nestjs-booking-webhooks';
import { untilIdle } from 'nestjs-booking-webhooks/testing';

import { cancelled } from './setup/host.js';
import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe.each(PLATFORMS.map((platform) => ({ platform, strict: platform === 'express' })))(
  'on $platform',
  ({ platform, strict }) => {
    let host: RestHost;
    let contractId: string;
    let id: string;
    let eventId: string;

    beforeAll(async () => {
      host = await RestHost.start({ platform, strict, octo: {} });
    });
    afterAll(() => host.stop());

    beforeEach(async () => {
      contractId = freshContract();
      const webhook = { eventTypes: ['booking.*'], transport: 'pull' };
      const { body } = await api().post('/webhooks').send(webhook).expect(201);
      expect(body).toMatchObject({ url: null, transport: 'pull' });
      id = body.id;
      const [event] = await host.app.get(WebhooksService).publish([cancelled('B-1', { contractId })]);
      eventId = event!.id;
      await untilIdle(host.app);
    });

    const api = () => host.as(contractId);
    const events = (query = '', of = id) => api().get(`/webhooks/${of}/events${query}`);

    it('a partner without a server fetches what happened, and goes on from there', async () => {
      const { body } = await events('?limit=1').expect(200);
      expect(body).toEqual({
        data: [
          {
            id: eventId,
            type: 'booking.cancelled',
            headers: expect.objectContaining({ 'webhook-id': eventId, 'content-type': 'application/json' }),
            body: expect.stringContaining('"B-1"'),
          },
        ],
        nextCursor: expect.stringMatching(/^[\w-]+$/),
        hasMore: false,
      });
      const next = await events(`?after=${body.nextCursor}`).expect(200);
      expect(next.body).toEqual({ data: [], nextCursor: body.nextCursor, hasMore: false });
    });

    it.each<[name: string, query: () => string | Promise<string>, field: string]>([
      ['no cursor at all', () => 'after=', 'after'],
      ['what never was a cursor', () => 'after=tomorrow', 'after'],
      ['a cursor of another list', () => `after=${cursor(['-createdAt', 5, id])}`, 'after'],
      ['a position before all', () => `after=${cursor([`feed ${id}`, -1])}`, 'after'],
      ['a position between two', () => `after=${cursor([`feed ${id}`, 0.5])}`, 'after'],
      ['a position as a text', () => `after=${cursor([`feed ${id}`, '1'])}`, 'after'],
      ['an event that is none', () => `after=${cursor([`feed ${id}`, 1, 1])}`, 'after'],
      ['an event that is no id', () => `after=${cursor([`feed ${id}`, 1, 'x'])}`, 'after'],
      ['more than a place', () => `after=${cursor([`feed ${id}`, 1, eventId, 1])}`, 'after'],
      ['a position beyond counting', () => `after=${cursor([`feed ${id}`, 1e300])}`, 'after'],
      ['two cursors', () => `after=${cursor([`feed ${id}`, 1])}&after=x`, 'after'],
      ['a cursor too long', () => `after=${'a'.repeat(513)}`, 'after'],
      ['a limit of none', () => 'limit=0', 'limit'],
      ['a limit too high', () => 'limit=201', 'limit'],
      ['a limit that is no number', () => 'limit=all', 'limit'],
      ['a field of another list', () => 'cursor=abc', 'cursor'],
      [
        'a cursor of another feed',
        async () => {
          const webhook = { eventTypes: ['*'], transport: 'pull' };
          const other = (await api().post('/webhooks').send(webhook)).body.id;
          return `after=${(await events('', other)).body.nextCursor}`;
        },
        'after',
      ],
    ])('%s is refused with the field and what would be right', async (_name, query, field) => {
      const { body } = await events(`?${await query()}`).expect(400);
      expect(body).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field }] });
      expect(body.errors[0].expected.length).toBeGreaterThan(10);
    });

    it('a cursor that is behind what is kept, or ahead of it, is 410 and says where to go on', async () => {
      const { body } = await events(`?after=${cursor([`feed ${id}`, 7])}`).expect(410);
      expect(body).toEqual({
        statusCode: 410,
        code: 'CURSOR_EXPIRED',
        message: expect.stringContaining('resumeAfter'),
        resumeAfter: expect.any(String),
      });
      const { body: resumed } = await events(`?after=${body.resumeAfter}`).expect(200);
      expect(resumed.data).toHaveLength(1);
    });

    it('another contract gets 404, also with a cursor of this feed', async () => {
      const { body } = await events().expect(200);
      const other = host.as(freshContract());
      for (const query of ['', `?after=${body.nextCursor}`]) {
        const refused = await other.get(`/webhooks/${id}/events${query}`).expect(404);
        expect(refused.body).toMatchObject({ code: 'WEBHOOK_NOT_FOUND' });
      }
    });

    it('a webhook that only pushes has no feed, and one that only pulls is sent nothing', async () => {
      const pushed = { url: 'https://partner.example/hooks', eventTypes: ['*'] };
      const other = (await api().post('/webhooks').send(pushed).expect(201)).body.id;
      expect((await events('', other).expect(409)).body).toMatchObject({ code: 'NO_FEED' });
      const tested = await api().post(`/webhooks/${id}/test`).send({}).expect(409);
      expect(tested.body).toMatchObject({
        code: 'NO_PUSH',
        message: expect.stringContaining('GET its events'),
      });
    });

    it('without a URL only what is pulled is created, and all that is missing is told at once', async () => {
      const { body } = await api().post('/webhooks').send({ transport: 'both' }).expect(400);
      const fields = body.errors.map(({ field }: { field: string }) => field);
      expect(fields.sort()).toEqual(['eventTypes', 'url']);
      const empty = await api()
        .post('/webhooks')
        .send({ transport: 'pull', url: '', eventTypes: ['*'] });
      expect(empty.body).toMatchObject({ errors: [{ field: 'url' }] });
      const patched = await api().patch(`/webhooks/${id}`).send({ transport: 'push' }).expect(400);
      expect(patched.body).toMatchObject({
        errors: [{ field: 'url', expected: expect.stringContaining("'pull'") }],
      });
    });

    it('what is in a feed stays there while its webhook is switched off', async () => {
      await api().post(`/webhooks/${id}/deactivate`).expect(200);
      expect((await events().expect(200)).body.data).toHaveLength(1);
      await api().delete(`/webhooks/${id}`).expect(204);
      await events().expect(404);
    });

    it('OCTO’s resources do not show what has no URL', async () => {
      const webhook = { eventTypes: ['booking_update'], transport: 'pull', profile: 'octo' };
      const octo = (await api().post('/webhooks').send(webhook).expect(201)).body.id;
      expect((await api().get('/octo/webhooks?_capabilities=').expect(200)).body).toEqual([]);
      await api().get(`/octo/webhooks/${octo}?_capabilities=`).expect(404);
    });
  },
);
