import type { WebhookAttempt } from 'nestjs-booking-webhooks';
import {
  bookingCancelled,
  productAdded,
  Webhook,
  WebhookDelivery,
  WebhookEvent,
  WebhooksService,
} from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { v7 as uuidv7 } from 'uuid';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';
import { until } from './setup/until.js';

const NEVER_DUE = Date.UTC(2100, 0, 1);

describe.each(PLATFORMS)('on %s, deliveries that happen', (platform) => {
  let host: RestHost;
  let receiver: TestReceiver;
  let contract: string;

  beforeAll(async () => {
    host = await RestHost.start({ platform, retryDelaysMs: [10], pauseAfterFailures: 50 });
  });
  afterAll(() => host.stop());
  beforeEach(async () => {
    receiver = await TestReceiver.start();
    contract = freshContract();
  });
  afterEach(() => receiver.stop());

  const api = () => host.as(contract);
  const subscribe = async (fields: object = {}): Promise<string> => {
    const body = { url: receiver.url, eventTypes: ['*'], ...fields };
    return (await api().post('/webhooks').send(body).expect(201)).body.id;
  };
  const publish = async (bookingId: string): Promise<string> => {
    const event = bookingCancelled({
      contractId: contract,
      resourceKey: `booking:${bookingId}`,
      data: { booking: { id: bookingId } },
    });
    const [published] = await host.app.get(WebhooksService).publish(event);
    return published?.id ?? '';
  };
  const deliveriesOf = async (webhookId: string, query = '') =>
    (await api().get(`/webhooks/${webhookId}/deliveries${query}`).expect(200)).body.data;
  const received = () => receiver.requests.map(({ headers }) => headers['webhook-id']);

  it('a delivery is shown with what was attempted and what came back', async () => {
    receiver.answer((_, index) =>
      index === 0 ? { status: 500, body: 'no luck today' } : { status: 201, body: 'thanks' },
    );
    const webhookId = await subscribe();
    const eventId = await publish('B-1');
    await untilIdle(host.app);

    const [listed] = await deliveriesOf(webhookId);
    expect(listed).toEqual({
      id: expect.any(String),
      webhookId,
      eventId,
      eventType: 'booking.cancelled',
      status: 'succeeded',
      trigger: 'scheduled',
      attemptCount: 2,
      nextAttemptAt: null,
      lastStatusCode: 201,
      lastError: null,
      supersededBy: null,
      createdAt: expect.stringMatching(/Z$/),
      completedAt: expect.stringMatching(/Z$/),
    });
    const { body } = await api().get(`/deliveries/${listed.id}`).expect(200);
    const attempt = {
      kind: 'scheduled',
      startedAt: expect.stringMatching(/Z$/),
      durationMs: expect.any(Number),
    };
    expect(body).toEqual({
      ...listed,
      event: {
        id: eventId,
        type: 'booking.cancelled',
        occurredAt: expect.stringMatching(/Z$/),
        resourceKey: 'booking:B-1',
      },
      attempts: [
        {
          ...attempt,
          number: 1,
          statusCode: 500,
          error: 'http_status',
          detail: expect.any(String),
          responseBody: 'no luck today',
        },
        { ...attempt, number: 2, statusCode: 201, error: null, detail: null, responseBody: 'thanks' },
      ],
    });
  });

  describe('a test', () => {
    it('sends a sample at once and answers with what came back', async () => {
      const webhookId = await subscribe({ eventTypes: ['flight.*', 'booking.created'] });
      const { body } = await api().post(`/webhooks/${webhookId}/test`).expect(200);
      expect(body).toMatchObject({
        webhookId,
        eventType: 'flight.status_changed',
        status: 'succeeded',
        trigger: 'test',
        attempts: [{ number: 1, kind: 'test', statusCode: 204 }],
      });
      expect(received()).toEqual([body.eventId]);
    });

    it('sends the event type that was asked for, to an inactive webhook too', async () => {
      const webhookId = await subscribe({ status: 'inactive' });
      const { body } = await api()
        .post(`/webhooks/${webhookId}/test`)
        .send({ eventType: 'payment.received' })
        .expect(200);
      expect(body).toMatchObject({ eventType: 'payment.received', status: 'succeeded' });
      expect(JSON.parse(String(receiver.requests[0]?.body))).toMatchObject({ type: 'payment.received' });
    });

    it('that fails is an answer like any other: no retry, no strike against the webhook', async () => {
      receiver.answer(() => ({ status: 410 }));
      const webhookId = await subscribe();
      const { body } = await api().post(`/webhooks/${webhookId}/test`).expect(200);
      expect(body).toMatchObject({ status: 'exhausted', lastStatusCode: 410, nextAttemptAt: null });
      const webhook = await api().get(`/webhooks/${webhookId}`).expect(200);
      expect(webhook.body).toMatchObject({ status: 'active', health: { consecutiveFailures: 0 } });
      expect(receiver.requests).toHaveLength(1);
    });

    it.each([
      ['booking.canceled', /'booking\.canceled'/, /'booking\.cancelled'/],
      ['booking.*', /'booking\.\*'/, /send one of/],
      [7, /event type 7/, /send one of/],
      [null, /event type nothing/, /send one of/],
    ])('of the event type %j is refused', async (eventType, reason, expected) => {
      const webhookId = await subscribe();
      const { body } = await api().post(`/webhooks/${webhookId}/test`).send({ eventType }).expect(400);
      expect(body.errors).toEqual([
        {
          field: 'eventType',
          reason: expect.stringMatching(reason),
          expected: expect.stringMatching(expected),
        },
      ]);
      expect(receiver.requests).toHaveLength(0);
    });
  });

  it('after a rotation both secrets verify a request, while the old one’s time lasts', async () => {
    const { id, secret } = (
      await api()
        .post('/webhooks')
        .send({ url: receiver.url, eventTypes: ['*'] })
    ).body;
    const fresh = (await api().post(`/webhooks/${id}/rotate-secret`).expect(200)).body.secret;
    await api().post(`/webhooks/${id}/test`).expect(200);
    const [request] = receiver.requests;
    for (const each of [secret, fresh]) {
      const verify = () =>
        new StandardWebhook(each).verify(String(request?.body), request?.headers as Record<string, string>);
      expect(verify).not.toThrow();
    }
    expect(String(request?.headers['webhook-signature']).split(' ')).toHaveLength(2);
  });

  it('a redelivery sends the same event again, with attempts of its own', async () => {
    const webhookId = await subscribe();
    const eventId = await publish('B-1');
    await untilIdle(host.app);
    const [{ id }] = await deliveriesOf(webhookId);

    const { body } = await api().post(`/deliveries/${id}/redeliver`).expect(202);
    expect(body).toMatchObject({ id, status: 'pending', trigger: 'manual', completedAt: null });
    await untilIdle(host.app);

    expect(received()).toEqual([eventId, eventId]);
    const again = (await api().get(`/deliveries/${id}`)).body;
    expect(again).toMatchObject({ status: 'succeeded', attemptCount: 2 });
    expect(again.attempts.map(({ number, kind }: WebhookAttempt) => [number, kind])).toEqual([
      [1, 'scheduled'],
      [2, 'manual'],
    ]);
  });

  it('a redelivery has the full budget of retries again', async () => {
    receiver.answer(() => ({ status: 500 }));
    const webhookId = await subscribe();
    await publish('B-1');
    await untilIdle(host.app);
    const [{ id }] = await deliveriesOf(webhookId);
    expect((await api().get(`/deliveries/${id}`)).body).toMatchObject({
      status: 'exhausted',
      attemptCount: 2,
    });

    await api().post(`/webhooks/${webhookId}/activate`).expect(200);
    await api().post(`/deliveries/${id}/redeliver`).expect(202);
    await untilIdle(host.app);
    expect((await api().get(`/deliveries/${id}`)).body).toMatchObject({
      status: 'exhausted',
      attemptCount: 4,
    });
  });

  it('a recovery delivers what was exhausted, held and missed, each once and no test', async () => {
    const since = new Date();
    receiver.answer(() => ({ status: 500 }));
    const webhookId = await subscribe();
    const exhausted = await publish('B-1');
    await untilIdle(host.app);
    expect((await api().get(`/webhooks/${webhookId}`)).body).toMatchObject({
      status: 'disabled',
      disabledReason: 'exhausted',
    });
    await api().post(`/webhooks/${webhookId}/test`).expect(200);
    const missed = [await publish('B-2'), await publish('B-3')];
    await untilIdle(host.app);

    receiver.answer(() => ({ status: 200 }));
    receiver.requests.length = 0;
    const early = await api().post(`/webhooks/${webhookId}/recover`).send({ since: since.toISOString() });
    expect([early.status, early.body.code]).toEqual([409, 'WEBHOOK_NOT_ACTIVE']);
    expect(early.body.message).toContain('Activate it first');
    await api().post(`/webhooks/${webhookId}/activate`).expect(200);
    const { body } = await api().post(`/webhooks/${webhookId}/recover`).send({ since: since.toISOString() });
    expect(body).toEqual({ recovered: 3 });
    await untilIdle(host.app);

    expect(received().toSorted()).toEqual([exhausted, ...missed].toSorted());
    const repeated = await api().post(`/webhooks/${webhookId}/recover`).send({ since: since.toISOString() });
    expect(repeated.body).toEqual({ recovered: 0 });
  });

  it('a recovery leaves out other event types, samples of another webhook’s test, and what came before the time', async () => {
    const other = await subscribe({ status: 'inactive' });
    const webhookId = await subscribe({ eventTypes: ['booking.*'], status: 'inactive' });
    await publish('B-before');
    await untilIdle(host.app);
    const since = new Date(Date.now() + 5).toISOString();
    while (Date.now() < Date.parse(since)) await new Promise((resolve) => setImmediate(resolve));
    const during = await publish('B-during');
    await api().post(`/webhooks/${other}/test`).send({ eventType: 'booking.cancelled' }).expect(200);
    await host.app
      .get(WebhooksService)
      .publish(productAdded({ contractId: contract, data: { product: { id: 'P-1' } } }));
    await untilIdle(host.app);

    await api().post(`/webhooks/${webhookId}/activate`).expect(200);
    const { body } = await api().post(`/webhooks/${webhookId}/recover`).send({ since }).expect(200);
    await untilIdle(host.app);
    expect(body).toEqual({ recovered: 1 });
    expect(received().slice(1)).toEqual([during]);
  });
});

describe.each(PLATFORMS)('on %s, deliveries that nobody works', (platform) => {
  let host: RestHost;
  let contract: string;
  let webhookId: string;

  beforeAll(async () => {
    host = await RestHost.start({ platform, worker: false });
  });
  afterAll(() => host.stop());
  beforeEach(async () => {
    contract = freshContract();
    webhookId = (await subscribe()).body.id;
  });

  const api = () => host.as(contract);
  const subscribe = () =>
    api()
      .post('/webhooks')
      .send({ url: 'https://partner.example/', eventTypes: ['*'] })
      .expect(201);
  const manager = () => host.dataSource.manager;
  const statuses = async () => {
    const rows: { status: string; due: boolean; count: string }[] = await manager().query(
      `SELECT status, due_at IS NOT NULL AS due, COUNT(*) AS count FROM webhook_delivery WHERE webhook_id = $1
       GROUP BY 1, 2 ORDER BY 1`,
      [webhookId],
    );
    return rows.map(({ status, due, count }) => `${count} ${status}${due ? ', due' : ''}`);
  };

  /** Rows as the engine leaves them, by the thousand. */
  async function store(count: number, fields: Partial<WebhookDelivery> = {}): Promise<WebhookDelivery[]> {
    const createdAt = fields.createdAt ?? Date.now();
    const status = fields.status ?? 'pending';
    const type = fields.eventType ?? 'booking.created';
    const events = Array.from({ length: count }, () => ({
      id: uuidv7(),
      type,
      contractId: contract,
      occurredAt: createdAt,
      data: '{}',
      createdAt,
      fannedOutAt: createdAt,
    }));
    const deliveries = events.map(({ id }) => ({
      id: uuidv7(),
      eventId: id,
      webhookId,
      contractId: contract,
      eventType: type,
      trigger: 'scheduled' as const,
      attemptCount: 3,
      attemptsBeforeBudget: 0,
      dueAt: status === 'pending' ? NEVER_DUE : null,
      firstAttemptAt: 1,
      createdAt,
      completedAt: status === 'pending' ? null : createdAt,
      ...fields,
      status,
    }));
    for (let start = 0; start < count; start += 1_000) {
      await manager().insert(WebhookEvent, events.slice(start, start + 1_000));
      await manager().insert(WebhookDelivery, deliveries.slice(start, start + 1_000));
    }
    return deliveries as WebhookDelivery[];
  }

  it('switching a webhook off cancels all it had pending or held, and nothing that is done', async () => {
    await store(2_300);
    await store(5, { status: 'held' });
    await store(1, { status: 'succeeded' });
    await store(2, { status: 'exhausted' });
    await api().post(`/webhooks/${webhookId}/deactivate`).expect(200);
    expect(await statuses()).toEqual(['2305 cancelled', '2 exhausted', '1 succeeded']);
  });

  it('switching it on again waits for the cancelling, so that what comes after it is not cancelled too', async () => {
    const [delivery] = await store(1);
    const waiting = async (statement: string) => {
      const rows: unknown[] = await manager().query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1`,
        [`%${statement}%`],
      );
      return rows.length > 0;
    };
    const blocker = host.dataSource.createQueryRunner();
    await blocker.startTransaction();
    await blocker.query(`SELECT 1 FROM webhook_delivery WHERE id = $1 FOR UPDATE`, [delivery?.id]);

    const deactivated = api()
      .post(`/webhooks/${webhookId}/deactivate`)
      .then(({ status }) => status);
    await until('the cancelling waits', () => waiting('WITH silent'));
    const activated = api()
      .post(`/webhooks/${webhookId}/activate`)
      .then(({ status }) => status);
    await until('the activation waits', () => waiting('UPDATE "webhook"'));
    await blocker.commitTransaction();
    await blocker.release();

    expect(await Promise.all([deactivated, activated])).toEqual([200, 200]);
    expect(await statuses()).toEqual(['1 cancelled']);
  });

  it('deleting a webhook cancels all it had pending or held', async () => {
    await store(3);
    await store(2, { status: 'held' });
    await api().delete(`/webhooks/${webhookId}`).expect(204);
    expect(await statuses()).toEqual(['5 cancelled']);
  });

  it('switching a webhook on leaves what is held to a recovery, and clears its record', async () => {
    await store(2, { status: 'held' });
    await manager().update(Webhook, { id: webhookId }, { status: 'disabled', disabledReason: 'gone' });
    const failing = 'consecutive_failures = 9, failing_since = 1, paused_until = $2, pause_count = 3';
    await manager().query(`UPDATE webhook_lane SET ${failing} WHERE webhook_id = $1`, [webhookId, NEVER_DUE]);
    const { body } = await api().post(`/webhooks/${webhookId}/activate`).expect(200);
    expect(body).toMatchObject({
      status: 'active',
      disabledReason: null,
      health: { failingSince: null, consecutiveFailures: 0, pausedUntil: null },
    });
    expect(await statuses()).toEqual(['2 held']);
  });

  it('a new URL ends the pause that the old one earned; any other change does not', async () => {
    const pause = () =>
      manager().query(`UPDATE webhook_lane SET paused_until = $2, pause_count = 3 WHERE webhook_id = $1`, [
        webhookId,
        NEVER_DUE,
      ]);
    await pause();
    const other = await api().patch(`/webhooks/${webhookId}`).send({ locale: 'de' }).expect(200);
    expect(other.body.health.pausedUntil).toBe(new Date(NEVER_DUE).toISOString());
    const moved = await api()
      .patch(`/webhooks/${webhookId}`)
      .send({ url: 'https://new.example/' })
      .expect(200);
    expect(moved.body.health.pausedUntil).toBeNull();
  });

  it('a recovery takes thousands: what failed, was held or cancelled, and what has no delivery yet', async () => {
    const since = Date.now() - 1_000;
    await store(1_200, { status: 'exhausted' });
    await store(900, { status: 'held' });
    await store(300, { status: 'cancelled' });
    const missed = await store(1_100, { status: 'held' });
    await manager().query(`DELETE FROM webhook_delivery WHERE id = ANY($1)`, [missed.map(({ id }) => id)]);
    await store(4, { status: 'succeeded' });
    await store(3, { status: 'exhausted', createdAt: since - 1 });
    await store(2, { status: 'exhausted', trigger: 'test' });
    const [gone] = await store(1, { status: 'held' });
    await manager().delete(WebhookEvent, { id: gone?.eventId });

    const { body } = await api()
      .post(`/webhooks/${webhookId}/recover`)
      .send({ since: new Date(since).toISOString() })
      .expect(200);
    expect(body).toEqual({ recovered: 3_500 });
    expect(await statuses()).toEqual(['5 exhausted', '1 held', '3500 pending, due', '4 succeeded']);
    const [revived] = await manager().findBy(WebhookDelivery, {
      webhookId,
      status: 'pending',
      attemptCount: 3,
    });
    expect(revived).toMatchObject({
      trigger: 'manual',
      attemptsBeforeBudget: 3,
      firstAttemptAt: null,
      completedAt: null,
    });
    expect(revived?.dueAt).toBeLessThanOrEqual(Date.now());
  });

  it('an event that is not fanned out yet is the relay’s, not a recovery’s', async () => {
    const [delivery] = await store(1, { status: 'held' });
    await manager().delete(WebhookDelivery, { id: delivery?.id });
    await manager().update(WebhookEvent, { id: delivery?.eventId }, { fannedOutAt: null });
    const since = new Date(Date.now() - 60_000).toISOString();
    const { body } = await api().post(`/webhooks/${webhookId}/recover`).send({ since }).expect(200);
    expect(body).toEqual({ recovered: 0 });
    expect(await statuses()).toEqual([]);
  });

  it.each<[since: unknown, reason: RegExp, expected: RegExp]>([
    [undefined, /not a text/, /2026-07-01/],
    ['last week', /'last week' is not an ISO 8601/, /2026-07-01/],
    [1_700_000_000_000, /not a text/, /2026-07-01/],
    ['2100-01-01T00:00:00Z', /in the future/, /and now/],
    ['2020-01-01', /longer ago than deliveries are kept/, /between/],
    ['2026-13-01', /'2026-13-01'/, /2026-07-01/],
  ])('a recovery since %j is refused', async (since, reason, expected) => {
    const { body } = await api().post(`/webhooks/${webhookId}/recover`).send({ since }).expect(400);
    expect(body.errors).toEqual([
      { field: 'since', reason: expect.stringMatching(reason), expected: expect.stringMatching(expected) },
    ]);
  });

  it('a redelivery of what waits for a retry makes it due now and keeps its budget', async () => {
    const [delivery] = await store(1);
    const { body } = await api().post(`/deliveries/${delivery?.id}/redeliver`).expect(202);
    expect(Date.parse(body.nextAttemptAt)).toBeLessThanOrEqual(Date.now());
    expect(await manager().findOneBy(WebhookDelivery, { id: delivery?.id })).toMatchObject({
      status: 'pending',
      attemptsBeforeBudget: 0,
      firstAttemptAt: 1,
    });
  });

  it.each(['inactive', 'disabled'] as const)('nothing is redelivered to an %s webhook', async (status) => {
    const [delivery] = await store(1, { status: 'exhausted' });
    await manager().update(Webhook, { id: webhookId }, { status });
    const { body } = await api().post(`/deliveries/${delivery?.id}/redeliver`).expect(409);
    expect(body).toMatchObject({
      code: 'WEBHOOK_NOT_ACTIVE',
      message: expect.stringMatching(new RegExp(`${webhookId} is ${status}.*Activate it first`)),
    });
    expect(await statuses()).toEqual(['1 exhausted']);
  });

  it('nothing is redelivered to a deleted webhook, whose log stays readable by id', async () => {
    const [delivery] = await store(1, { status: 'exhausted' });
    await api().delete(`/webhooks/${webhookId}`).expect(204);
    const { body } = await api().post(`/deliveries/${delivery?.id}/redeliver`).expect(409);
    expect(body.code).toBe('WEBHOOK_GONE');
    await api().get(`/deliveries/${delivery?.id}`).expect(200);
    await api().get(`/webhooks/${webhookId}/deliveries`).expect(404);
  });

  it('a delivery whose event retention has removed is shown without it and cannot be sent again', async () => {
    const [delivery] = await store(1, { status: 'exhausted' });
    await manager().delete(WebhookEvent, { id: delivery?.eventId });
    expect((await api().get(`/deliveries/${delivery?.id}`).expect(200)).body.event).toBeNull();
    const { body } = await api().post(`/deliveries/${delivery?.id}/redeliver`).expect(409);
    expect(body.code).toBe('EVENT_GONE');
  });

  describe('the log', () => {
    const list = async (query: Record<string, string> = {}) =>
      (await api().get(`/webhooks/${webhookId}/deliveries`).query(query).expect(200)).body;

    it('holds every delivery once, the newest event first, whatever is added meanwhile', async () => {
      const stored = await store(7, { status: 'succeeded' });
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ limit: '2', ...(cursor ? { cursor } : {}) });
        found.push(...page.data.map(({ id }: { id: string }) => id));
        cursor = page.nextCursor ?? undefined;
        await store(1);
      } while (cursor);
      expect(found).toEqual(stored.map(({ id }) => id).toReversed());
    });

    it('is filtered by status, event type, trigger, time and event', async () => {
      const old = { createdAt: Date.UTC(2026, 0, 1), trigger: 'manual' as const };
      const [first] = await store(1, { status: 'exhausted', eventType: 'booking.created', ...old });
      const [second] = await store(1, { status: 'succeeded', eventType: 'product.added' });
      const queries: [query: Record<string, string>, found: (WebhookDelivery | undefined)[]][] = [
        [{}, [second, first]],
        [{ status: 'exhausted' }, [first]],
        [{ status: 'held' }, []],
        [{ eventType: 'booking.*' }, [first]],
        [{ eventType: 'product.added' }, [second]],
        [{ eventType: '*' }, [second, first]],
        [{ trigger: 'manual' }, [first]],
        [{ trigger: 'test' }, []],
        [{ since: '2026-01-01T00:00:00Z', until: '2026-01-01T00:00:00.001Z' }, [first]],
        [{ since: '2026-01-01T00:00:00.001Z' }, [second]],
        [{ until: '2026-01-01' }, []],
        [{ eventId: second?.eventId ?? '' }, [second]],
        [{ eventId: 'none', status: 'succeeded' }, []],
      ];
      for (const [query, found] of queries) {
        const ids = (await list(query)).data.map(({ id }: { id: string }) => id);
        expect([query, ids]).toEqual([query, found.map((delivery) => delivery?.id)]);
      }
    });

    it.each<[query: string, field: string, reason: RegExp, expected: RegExp]>([
      ['status=failed', 'status', /'failed' is not available/, /'exhausted'/],
      ['trigger=me', 'trigger', /'me' is not available/, /'scheduled'/],
      ['eventType=hotel.booked', 'eventType', /'hotel\.booked'/, /nearest/],
      ['since=now', 'since', /'now' is not an ISO 8601/, /2026-07-01/],
      ['limit=500', 'limit', /500 is out of range/, /1 to 200/],
      ['cursor=zzz', 'cursor', /not a cursor/, /nextCursor/],
      ['page=2', 'page', /not a field/, /the fields here are .*'cursor'/],
      ['eventId=%00', 'eventId', /NUL/, /well-formed/],
    ])('refuses the query %s, and says what would be right', async (query, field, reason, expected) => {
      const { body } = await api().get(`/webhooks/${webhookId}/deliveries?${query}`).expect(400);
      expect(body.errors).toEqual([
        { field, reason: expect.stringMatching(reason), expected: expect.stringMatching(expected) },
      ]);
    });
  });
});
