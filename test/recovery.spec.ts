import {
  bookingCancelled,
  bookingUpdated,
  productAdded,
  Redelivery,
  Webhook,
  WebhookDelivery,
  WebhookEvent,
  WebhooksService,
} from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { v7 as uuidv7 } from 'uuid';

import { cancelled, Host } from './setup/host.js';
import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

const MINUTE = 60_000;

describe.each(PLATFORMS)('on %s, what a recovery sends', (platform) => {
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
  const since = new Date(Date.now() - 5 * MINUTE).toISOString();
  const subscribe = async (fields: object = {}): Promise<string> =>
    (
      await api()
        .post('/webhooks')
        .send({ url: receiver.url, eventTypes: ['*'], ...fields })
        .expect(201)
    ).body.id;
  const publish = async (id: string): Promise<string> => {
    const [event] = await host.app
      .get(WebhooksService)
      .publish(bookingCancelled({ contractId: contract, data: { booking: { id } } }));
    return event?.id ?? '';
  };
  const preview = async (id: string) =>
    (await api().get(`/webhooks/${id}/recovery`).query({ since }).expect(200)).body;
  const recover = async (id: string) =>
    (await api().post(`/webhooks/${id}/recover`).send({ since }).expect(200)).body;
  const received = () => receiver.requests.map(({ headers }) => String(headers['webhook-id'])).toSorted();

  it('is told before, of a disabled webhook too, and nothing is sent by asking', async () => {
    const before = [await publish('B-before-1'), await publish('B-before-2')];
    await untilIdle(host.app);
    receiver.answer(() => ({ status: 500 }));
    const id = await subscribe();
    const failed = await publish('B-failed');
    await untilIdle(host.app);
    expect((await api().get(`/webhooks/${id}`)).body.status).toBe('disabled');
    const missed = await publish('B-missed');
    await untilIdle(host.app);
    const sent = receiver.requests.length;

    const expected = { deliveries: 4, failed: 1, missed: 3, olderThanWebhook: 2 };
    expect(await preview(id)).toEqual(expected);
    expect(await preview(id)).toEqual(expected);
    expect(receiver.requests).toHaveLength(sent);
    expect(await host.dataSource.manager.countBy(WebhookDelivery, { webhookId: id })).toBe(1);

    receiver.answer(() => ({ status: 204 }));
    receiver.requests.length = 0;
    await api().post(`/webhooks/${id}/activate`).expect(200);
    expect(await preview(id)).toEqual(expected);
    expect(await recover(id)).toEqual({ recovered: expected.deliveries });
    await untilIdle(host.app);
    expect(received()).toEqual([...before, failed, missed].toSorted());
    expect(await preview(id)).toEqual({ deliveries: 0, failed: 0, missed: 0, olderThanWebhook: 0 });
  });

  it('is what a paused webhook missed while its owner had it switched off', async () => {
    const id = await subscribe();
    await publish('B-sent');
    await untilIdle(host.app);
    await api().post(`/webhooks/${id}/deactivate`).expect(200);
    const missed = [await publish('B-1'), await publish('B-2')];
    await untilIdle(host.app);
    receiver.requests.length = 0;

    const expected = { deliveries: 2, failed: 0, missed: 2, olderThanWebhook: 0 };
    expect(await preview(id)).toEqual(expected);
    const early = await api().post(`/webhooks/${id}/recover`).send({ since }).expect(409);
    expect(early.body.code).toBe('WEBHOOK_NOT_ACTIVE');
    await api().post(`/webhooks/${id}/activate`).expect(200);
    await recover(id);
    await untilIdle(host.app);
    expect(received()).toEqual(missed.toSorted());
  });

  it('is also what happened before the webhook existed, if the time is that early', async () => {
    const early = await publish('B-early');
    await untilIdle(host.app);
    const id = await subscribe();
    const created = (await api().get(`/webhooks/${id}`)).body.createdAt as string;
    const fromItsCreation = await api().get(`/webhooks/${id}/recovery`).query({ since: created }).expect(200);
    expect(fromItsCreation.body).toEqual({ deliveries: 0, failed: 0, missed: 0, olderThanWebhook: 0 });
    expect(await preview(id)).toEqual({ deliveries: 1, failed: 0, missed: 1, olderThanWebhook: 1 });
    expect(await recover(id)).toEqual({ recovered: 1 });
    await untilIdle(host.app);
    expect(received()).toEqual([early]);
  });

  it('is not what the webhook does not ask for: other types, what its filters leave out, samples', async () => {
    const eventTypes = ['Booking Status Change', 'product.added'];
    const id = await subscribe({ eventTypes, filters: { productIds: ['P-1'] }, status: 'inactive' });
    const other = await subscribe({ status: 'inactive' });
    const changed = (productId: string, before: string) =>
      bookingUpdated({
        contractId: contract,
        data: { booking: { id: 'B', productId, status: 'CONFIRMED' } },
        previous: { booking: { id: 'B', productId, status: before } },
      });
    await host.app
      .get(WebhooksService)
      .publish([
        changed('P-1', 'ON_HOLD'),
        changed('P-1', 'CONFIRMED'),
        changed('P-2', 'ON_HOLD'),
        productAdded({ contractId: contract, data: { product: { id: 'P-1' } } }),
        productAdded({ contractId: contract, data: { product: { id: 'P-2' } } }),
      ]);
    await untilIdle(host.app);
    await api().post(`/webhooks/${other}/test`).send({ eventType: 'product.added' }).expect(200);
    await api().post(`/webhooks/${id}/activate`).expect(200);
    expect(await preview(id)).toEqual({ deliveries: 2, failed: 0, missed: 2, olderThanWebhook: 0 });
    expect(await recover(id)).toEqual({ recovered: 2 });
  });

  it('is not the news of the webhook itself', async () => {
    const id = await subscribe({ eventTypes: ['webhook.*'] });
    const other = await subscribe({ eventTypes: ['webhook.*'] });
    await host.dataSource.manager.update(Webhook, { id }, { status: 'disabled', disabledReason: 'gone' });
    await api().post(`/webhooks/${id}/activate`).expect(200);
    await untilIdle(host.app);
    expect(receiver.requests).toHaveLength(1);
    await host.dataSource.manager.delete(WebhookDelivery, { webhookId: other });
    expect(await preview(id)).toMatchObject({ deliveries: 0 });
    expect(await preview(other)).toMatchObject({ deliveries: 1 });
  });

  it.each<[query: string, field: string, reason: RegExp, expected: RegExp]>([
    ['', 'since', /not a text/, /2026-07-01/],
    ['since=', 'since', /'' is not an ISO 8601/, /2026-07-01/],
    ['since=last+week', 'since', /'last week' is not an ISO 8601/, /2026-07-01/],
    ['since=2026-01-01&since=2026-02-01', 'since', /list/, /2026-07-01/],
    ['since[a]=1', 'since', /./, /./],
    ['since=2100-01-01', 'since', /in the future/, /and now/],
    ['since=2020-01-01', 'since', /longer ago than deliveries are kept/, /between/],
    ['since=2020-01-01&until=2020-01-02', 'until', /not a field/, /'since'/],
    ['since=%00', 'since', /NUL/, /well-formed/],
  ])('cannot be asked for by ?%s', async (query, field, reason, expected) => {
    const id = await subscribe();
    const { body } = await api().get(`/webhooks/${id}/recovery?${query}`).expect(400);
    expect(body.errors).toContainEqual({
      field: expect.stringContaining(field),
      reason: expect.stringMatching(reason),
      expected: expect.stringMatching(expected),
    });
  });

  it('of another contract’s webhook is nobody’s business', async () => {
    const id = await subscribe();
    for (const unknown of [id, uuidv7(), 'preview', '%00']) {
      const path = `/webhooks/${unknown}/recovery`;
      const { body } = await host.as(freshContract()).get(path).query({ since }).expect(404);
      expect(body.code).toBe('WEBHOOK_NOT_FOUND');
    }
  });
});

describe('a recovery of very much', () => {
  let host: Host;
  const sent: [statement: string, parameters: unknown[]][] = [];
  const since = new Date(Date.now() - 10 * MINUTE);

  beforeAll(async () => {
    host = await Host.start({ scheduler: 'in-process', worker: false });
    const note = (statement: string, parameters: unknown[] = []) => sent.push([statement, parameters]);
    Object.assign(host.statements, { logQuery: note });
  });
  afterAll(() => host.stop());

  async function storeEvents(count: number, fields: Partial<WebhookEvent>): Promise<string[]> {
    const at = Date.now() - MINUTE;
    const ids = Array.from({ length: count }, () => uuidv7({ msecs: at }));
    const row = { type: 'booking.updated', occurredAt: at, data: '{}', createdAt: at, fannedOutAt: at };
    for (let start = 0; start < count; start += 1_000) {
      const rows = ids.slice(start, start + 1_000).map((id) => ({ id, ...row, ...fields }));
      await host.dataSource.manager.insert(WebhookEvent, rows);
    }
    return ids;
  }

  async function storeDeliveries(webhookId: string, contractId: string, eventIds: string[], status: string) {
    await host.dataSource.query(
      `INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count,
         attempts_before_budget, created_at)
       SELECT id, id, $2, $3, 'booking.updated', $4, 'scheduled', 1, 0, $5 FROM unnest($1::varchar[]) AS event(id)`,
      [eventIds, webhookId, contractId, status, Date.now() - MINUTE],
    );
  }

  it('looks at a bounded number of rows in each transaction, and comes to the count of its preview', async () => {
    const contractId = 'C-much';
    const { id } = await host.subscribe('http://127.0.0.1:9/', { contractId });
    const delivered = await storeEvents(4_500, { contractId });
    await storeDeliveries(id, contractId, delivered, 'succeeded');
    const failed = await storeEvents(2_100, { contractId });
    await storeDeliveries(id, contractId, failed, 'exhausted');
    await storeEvents(4_100, { contractId });
    await storeEvents(3_000, { contractId, type: 'another.type' });

    await host.dataSource.query('ANALYZE');
    sent.length = 0;
    const redelivery = host.app.get(Redelivery);
    const preview = await redelivery.previewRecovery(contractId, id, since);
    expect(preview).toEqual({ deliveries: 6_200, failed: 2_100, missed: 4_100, olderThanWebhook: 4_100 });
    const looks = sent.filter(([statement]) => statement.includes('looked_at AS MATERIALIZED'));
    expect(looks.length).toBeGreaterThan(10);
    expect(await mostRows(looks)).toBeLessThanOrEqual(2_000);
    sent.length = 0;
    expect(await redelivery.recover(contractId, id, since)).toEqual({ recovered: 6_200 });
    expect(sent.filter(([statement]) => statement === 'COMMIT').length).toBeGreaterThan(10);
    expect(await redelivery.previewRecovery(contractId, id, since)).toMatchObject({ deliveries: 0 });
  }, 60_000);

  it('reads the data of a hundred events at a time, and misses none of them', async () => {
    const contractId = 'C-data';
    const filters = { statuses: ['CONFIRMED'] };
    const { id } = await host.subscribe('http://127.0.0.1:9/', { contractId, filters });
    await storeEvents(130, { contractId, data: '{"booking":{"status":"ON_HOLD"}}' });
    await storeEvents(330, { contractId, data: '{"booking":{"status":"CONFIRMED"}}' });
    sent.length = 0;
    const redelivery = host.app.get(Redelivery);
    expect(await redelivery.previewRecovery(contractId, id, since)).toMatchObject({ deliveries: 330 });
    expect(await redelivery.recover(contractId, id, since)).toEqual({ recovered: 330 });
    expect(await redelivery.recover(contractId, id, since)).toEqual({ recovered: 0 });
    expect(sent.filter(([statement]) => statement.includes('(SELECT data FROM'))).toHaveLength(12);
  });

  it('goes by an index of the contract’s own events, however many others there are', async () => {
    const contractId = 'C-few';
    const { id } = await host.subscribe('http://127.0.0.1:9/', { contractId });
    await host.webhooks.publish(cancelled('B-1', { contractId }));
    await host.dataSource.query(`UPDATE webhook_event SET fanned_out_at = 1 WHERE fanned_out_at IS NULL`);
    await storeEvents(20_000, { contractId: 'C-others' });
    await host.dataSource.query('ANALYZE webhook_event');
    sent.length = 0;
    expect(await host.app.get(Redelivery).recover(contractId, id, since)).toEqual({ recovered: 1 });
    const looks = sent.filter(([statement]) => statement.includes('FROM webhook_event\n'));
    expect(looks).toHaveLength(1);
    const [plan] = await plansOf(looks);
    expect(nodesOf(plan).map((node) => node['Index Name'])).toContain('webhook_event_contract');
    expect(await mostRows(looks)).toBeLessThanOrEqual(1);
  });

  interface PlanNode {
    'Index Name'?: string;
    'Actual Rows': number;
    'Rows Removed by Filter'?: number;
    Plans?: PlanNode[];
  }

  /**
   * Of statements that only read: a repetition of one that writes would change the rows. Planned as for tables that are
   * too big to be read whole.
   */
  async function plansOf(statements: [string, unknown[]][]): Promise<PlanNode[]> {
    const plans: PlanNode[] = [];
    await host.dataSource.transaction(async (manager) => {
      await manager.query('SET LOCAL enable_seqscan = off');
      await manager.query('SET LOCAL enable_bitmapscan = off');
      for (const [statement, parameters] of statements.filter(([text]) => !text.includes('UPDATE'))) {
        const explained = `EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`;
        const [row]: { 'QUERY PLAN': { Plan: PlanNode }[] }[] = await manager.query(explained, parameters);
        for (const { Plan } of row?.['QUERY PLAN'] ?? []) plans.push(Plan);
      }
    });
    return plans;
  }

  async function mostRows(statements: [string, unknown[]][]): Promise<number> {
    const nodes = (await plansOf(statements)).flatMap(nodesOf);
    return Math.max(...nodes.map((node) => node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)));
  }

  function nodesOf(node: PlanNode | undefined): PlanNode[] {
    return node ? [node, ...(node.Plans ?? []).flatMap(nodesOf)] : [];
  }
});
