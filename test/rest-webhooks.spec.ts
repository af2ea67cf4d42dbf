import { Webhook } from 'nestjs-booking-webhooks';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

const HOOK = { url: 'https://partner.example/hooks', eventTypes: ['booking.*', 'flight.status_changed'] };

const VARIANTS = PLATFORMS.flatMap((platform) => [
  { platform, strict: false, path: undefined, base: '/webhooks', types: '/event-types' },
  {
    platform,
    strict: true,
    path: '/partner/webhooks/',
    base: '/partner/webhooks',
    types: '/partner/event-types',
  },
]);

describe.each(VARIANTS)(
  'on $platform, strict host: $strict, at $base',
  ({ platform, strict, path, base, types }) => {
    let host: RestHost;
    let contract: string;

    beforeAll(async () => {
      host = await RestHost.start({ platform, strict, ...(path ? { path } : {}) });
    });
    afterAll(() => host.stop());
    beforeEach(() => {
      contract = freshContract();
      host.told.length = 0;
    });

    const api = () => host.as(contract);
    const created = async (fields: object = {}) =>
      (
        await api()
          .post(base)
          .send({ ...HOOK, ...fields })
          .expect(201)
      ).body;
    const stored = (id: string) => host.dataSource.manager.findOneByOrFail(Webhook, { id });

    it('a webhook is created with the documented defaults and read back the same, but for its secret', async () => {
      const { secret, ...webhook } = await created();
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(webhook).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        contractId: contract,
        ...HOOK,
        filters: null,
        profile: 'standard',
        format: 'json',
        locale: null,
        useContactLanguage: true,
        retryOnError: true,
        capabilities: [],
        headers: {},
        signing: { scheme: 'standard' },
        status: 'active',
        disabledReason: null,
        maxInFlight: 10,
        transport: 'push',
        ordering: 'none',
        maxPerSecond: null,
        coalesceMs: null,
        health: { failingSince: null, consecutiveFailures: 0, pausedUntil: null },
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        updatedAt: webhook.createdAt,
      });
      const { body } = await api().get(`${base}/${webhook.id}`).expect(200);
      expect(body).toEqual(webhook);
    });

    it('everything a partner may choose is kept', async () => {
      const fields = {
        locale: 'pt-br',
        useContactLanguage: false,
        retryOnError: false,
        capabilities: ['octo/pricing', 'octo/content', 'octo/pricing'],
        maxInFlight: 3,
        transport: 'both',
        ordering: 'resource',
        maxPerSecond: 20,
        coalesceMs: 5_000,
        eventTypes: ['booking.*', 'rate.updated'],
        status: 'inactive',
        headers: { 'X-Api-Key': 'k-1' },
      };
      const { id } = await created(fields);
      const { body } = await api().get(`${base}/${id}`).expect(200);
      expect(body).toMatchObject({
        ...fields,
        locale: 'pt-BR',
        capabilities: ['octo/pricing', 'octo/content'],
        headers: { 'X-Api-Key': '***' },
      });
    });

    it('credentials are masked in every answer and sealed in the database', async () => {
      const url = 'https://user:pa55word@partner.example/hooks?token=t0ken&keep=me';
      const { id, ...answer } = await created({ url, headers: { Authorization: 'Bearer b34rer' } });
      const masked = 'https://***:***@partner.example/hooks?token=***&keep=me';
      const answers = [
        answer,
        (await api().get(`${base}/${id}`)).body,
        (await api().get(base)).body.data[0],
        (await api().patch(`${base}/${id}`).send({ retryOnError: false })).body,
        (await api().post(`${base}/${id}/deactivate`)).body,
        (await api().post(`${base}/${id}/activate`)).body,
        (await api().post(`${base}/${id}/rotate-secret`)).body,
      ];
      for (const body of answers)
        expect(body).toMatchObject({ url: masked, headers: { Authorization: '***' } });
      const everything = JSON.stringify([answers, await stored(id), host.told]);
      for (const secret of ['pa55word', 't0ken', 'b34rer']) expect(everything).not.toContain(secret);
    });

    it('the secret is in the answers to creation and rotation and in no other', async () => {
      const { id, secret } = await created();
      const rotated = (await api().post(`${base}/${id}/rotate-secret`).expect(200)).body;
      expect(rotated.secret).toMatch(/^whsec_/);
      expect(rotated.secret).not.toBe(secret);
      const others = [
        await api().get(`${base}/${id}`),
        await api().get(base),
        await api().patch(`${base}/${id}`).send({ locale: 'de' }),
        await api().post(`${base}/${id}/deactivate`),
        await api().post(`${base}/${id}/activate`),
      ];
      for (const { status, text } of others) {
        expect(status).toBe(200);
        expect(text).not.toMatch(/whsec_|secret/i);
      }
      expect(JSON.stringify([await stored(id), host.told])).not.toContain('whsec_');
    });

    it('a patch changes what it names, keeps the rest, and the host hears which fields', async () => {
      const before = await created({ headers: { 'X-A': '1', 'X-B': '2' } });
      const { body } = await api()
        .patch(`${base}/${before.id}`)
        .send({ eventTypes: ['*'], locale: 'es', retryOnError: true, headers: { 'X-A': '***', 'X-C': '3' } })
        .expect(200);
      const { secret: _secret, ...kept } = before;
      expect(body).toEqual({
        ...kept,
        eventTypes: ['*'],
        locale: 'es',
        headers: { 'X-A': '***', 'X-C': '***' },
        updatedAt: body.updatedAt,
      });
      expect(host.told).toEqual([
        expect.objectContaining({ type: 'webhook.created', webhookId: before.id, contractId: contract }),
        expect.objectContaining({ type: 'webhook.updated', fields: ['eventTypes', 'locale', 'headers'] }),
      ]);
    });

    it('null takes a language and headers away again', async () => {
      const { id } = await created({ locale: 'de', headers: { 'X-A': '1' } });
      const { body } = await api().patch(`${base}/${id}`).send({ locale: null, headers: null }).expect(200);
      expect(body).toMatchObject({ locale: null, headers: {} });
      expect(await stored(id)).toMatchObject({ locale: null, sealedHeaders: null });
    });

    it('a patch that changes nothing leaves the row alone and tells nobody', async () => {
      const { id } = await created({ headers: { 'X-A': '1' } });
      const before = await stored(id);
      const same = { url: HOOK.url, eventTypes: HOOK.eventTypes, headers: { 'X-A': '***' } };
      await api().patch(`${base}/${id}`).send(same).expect(200);
      await api().patch(`${base}/${id}`).send({}).expect(200);
      expect(await stored(id)).toEqual(before);
      expect(host.told.map(({ type }) => type)).toEqual(['webhook.created']);
    });

    it('every change gets a higher number of its own, also when they are made at once', async () => {
      const { id } = await created();
      const first = (await stored(id)).changeSeq;
      await Promise.all(
        [1, 2, 3, 4, 5, 6].map((maxInFlight) =>
          api().patch(`${base}/${id}`).send({ maxInFlight }).expect(200),
        ),
      );
      expect((await stored(id)).changeSeq).toBe(first + 6);
    });

    it('a webhook is switched off and on, and doing it twice changes nothing', async () => {
      const { id } = await created();
      for (const action of ['deactivate', 'deactivate', 'activate', 'activate']) {
        const { body } = await api().post(`${base}/${id}/${action}`).expect(200);
        expect(body).toMatchObject({ id, status: action === 'activate' ? 'active' : 'inactive' });
      }
      expect(host.told.map(({ type }) => type)).toEqual([
        'webhook.created',
        'webhook.deactivated',
        'webhook.activated',
      ]);
    });

    it('a deleted webhook is gone from every route, and its credentials from the database', async () => {
      const { id } = await created({ url: 'https://u:p@partner.example/', headers: { 'X-A': '1' } });
      const { text } = await api().delete(`${base}/${id}`).expect(204);
      expect(text).toBe('');
      expect((await api().get(base)).body.data).toEqual([]);
      await api().get(`${base}/${id}`).expect(404);
      await api().delete(`${base}/${id}`).expect(404);
      expect(await stored(id)).toMatchObject({
        status: 'deleted',
        url: '',
        sealedUrl: null,
        sealedHeaders: null,
        sealedSecrets: '',
      });
      expect(host.told.at(-1)).toMatchObject({ type: 'webhook.deleted', webhookId: id });
    });

    it('the event types that can be subscribed to are listed with their texts', async () => {
      const { body } = await api().get(types).expect(200);
      expect(body.data).toContainEqual({
        name: 'booking.cancelled',
        dialect: 'standard',
        label: 'Booking cancelled',
        description: expect.any(String),
        types: ['booking.cancelled'],
      });
      const dialects = body.data.map(({ dialect }: { dialect: string }) => dialect);
      expect([...new Set(dialects)]).toEqual([
        'standard',
        'octo',
        'octo-notification',
        'checkfront',
        'capdata',
        'delay-care',
      ]);
    });

    it('the event types of one dialect are listed by themselves', async () => {
      const { body } = await api().get(`${types}?dialect=capdata`).expect(200);
      expect(body.data.map(({ name }: { name: string }) => name)).toEqual([
        'new_flight_reservation_from_extension',
        'flight_reservation_updated',
      ]);
    });

    it.each<[query: string, field: string, reason: RegExp, expected: RegExp]>([
      ['dialect=latin', 'dialect', /'latin' is not available/, /'checkfront'/],
      ['dialect=octo&dialect=capdata', 'dialect', /a list is not available/, /'checkfront'/],
      ['dialekt=octo', 'dialekt', /not a field/, /did you mean 'dialect'/],
    ])('a list of event types with %s is refused', async (query, field, reason, expected) => {
      const { body } = await api().get(`${types}?${query}`).expect(400);
      expect(body.errors).toEqual([
        { field, reason: expect.stringMatching(reason), expected: expect.stringMatching(expected) },
      ]);
    });

    it('filters are kept without repetitions, replaced by a patch, and taken away by null', async () => {
      const { id, ...webhook } = await created({
        eventTypes: ['Booking Modified'],
        filters: { statuses: ['CONFIRMED'], productIds: ['P-1', 'P-2', 'P-1'] },
      });
      expect(webhook.filters).toEqual({ productIds: ['P-1', 'P-2'], statuses: ['CONFIRMED'] });
      const patch = (filters: unknown) => api().patch(`${base}/${id}`).send({ filters }).expect(200);

      host.told.length = 0;
      await patch({ productIds: ['P-1', 'P-2'], statuses: ['CONFIRMED'] });
      expect(host.told).toEqual([]);
      const replaced = await patch({ changedPaths: ['/booking/status'] });
      expect(replaced.body.filters).toEqual({ changedPaths: ['/booking/status'] });
      expect(host.told).toEqual([expect.objectContaining({ fields: ['filters'] })]);
      const removed = await patch(null);
      expect(removed.body.filters).toBeNull();
      expect(await stored(id)).toMatchObject({ filters: null });
    });

    it('a filter of nothing is none', async () => {
      expect((await created({ filters: {} })).filters).toBeNull();
    });

    it('an operator creates webhooks for a contract that it names', async () => {
      const { body } = await host
        .as('*')
        .post(base)
        .send({ ...HOOK, contractId: contract })
        .expect(201);
      expect(body.contractId).toBe(contract);
      await api().get(`${base}/${body.id}`).expect(200);
    });
  },
);
