import { bookingCancelled, WebhookRegistry, WebhooksService } from 'nestjs-booking-webhooks';
import { TestReceiver } from 'nestjs-booking-webhooks/testing';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';
import { until } from './setup/until.js';

const LIMITS = { pollMs: 50, heartbeatMs: 100, lifetimeMs: 600_000, streams: 8, streamsPerContract: 3 };

interface News {
  items: { id: string; status: string; eventType: string; attemptCount: number }[];
  counts: { pending: number; held: number };
}

/** A reader of server-sent events, as its wire has them. */
class Reader {
  text = '';
  ended = false;

  private constructor(
    private readonly request: http.ClientRequest,
    readonly response: http.IncomingMessage,
  ) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => (this.text += chunk));
    response.on('close', () => (this.ended = true));
    response.on('error', () => (this.ended = true));
  }

  static async open(url: string, contract: string): Promise<Reader> {
    const request = http.get(url, { headers: { 'x-contract': contract } });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    return new Reader(request, response);
  }

  get news(): News[] {
    const messages = this.text.split('\n\n').filter((message) => /^event: deliveries$/m.test(message));
    return messages.map((message) => JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? '') as News);
  }

  /** Every state of a delivery that was told, in order. */
  statusesOf(id: string): string[] {
    return this.news.flatMap(({ items }) =>
      items.filter((item) => item.id === id).map(({ status }) => status),
    );
  }

  close(): void {
    this.request.destroy();
  }
}

describe.each(PLATFORMS)('on %s', (platform) => {
  let host: RestHost;
  let receiver: TestReceiver;
  let url: string;
  let contract: string;
  let readers: Reader[];

  const start = async (limits: Partial<typeof LIMITS> = {}) => {
    host = await RestHost.start({ platform, replaced: { 'live-limits': { ...LIMITS, ...limits } } });
    await host.app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(host.app.getHttpServer().address() as AddressInfo).port}`;
  };

  beforeEach(async () => {
    readers = [];
    contract = freshContract();
    receiver = await TestReceiver.start();
  });
  afterEach(async () => {
    for (const reader of readers) reader.close();
    await host.stop();
    await receiver.stop();
  });

  const create = async (fields: object = {}): Promise<string> => {
    const webhook = { contractId: contract, url: receiver.url, eventTypes: ['*'], ...fields };
    return (await host.app.get(WebhookRegistry).create(contract, webhook)).id;
  };
  const watch = async (webhookId: string, query = '', as = contract): Promise<Reader> => {
    const reader = await Reader.open(`${url}/webhooks/${webhookId}/deliveries/live${query}`, as);
    readers.push(reader);
    return reader;
  };
  const publish = async (id: string) => {
    const event = bookingCancelled({ contractId: contract, data: { booking: { id } } });
    await host.app.get(WebhooksService).publish(event);
  };
  const firstNews = (reader: Reader) => until('something was told', () => reader.news.length > 0);

  it('what is there is told at once, and from then on what is new or different', async () => {
    await start();
    let answer = () => ({ status: 204 });
    receiver.answer(() => answer());
    const webhookId = await create();
    await publish('B-1');
    await until('it was delivered', () => receiver.requests.length === 1);
    const reader = await watch(webhookId);
    expect(reader.response.statusCode).toBe(200);
    expect(reader.response.headers['content-type']).toMatch(/^text\/event-stream/);
    await until(
      'the first delivery was told',
      () => reader.news[0]?.items[0]?.status === 'succeeded' || reader.news.length > 1,
    );
    const [first] = reader.news[0]?.items ?? [];

    answer = () => ({ status: 500 });
    await publish('B-2');
    await until('the second one was told as exhausted', () => {
      const [latest] = reader.news.at(-1)?.items ?? [];
      return latest?.status === 'exhausted';
    });
    const second = reader.news.at(-1)?.items[0]?.id ?? '';
    expect(second).not.toBe(first?.id);
    expect(reader.statusesOf(second).length).toBeGreaterThan(1);
    expect(reader.statusesOf(second).slice(0, -1)).not.toContain('exhausted');
    // It did not change, so it was told once in its last state.
    expect(reader.statusesOf(first?.id ?? '').filter((status) => status === 'succeeded')).toHaveLength(1);
  });

  it('a reader who comes later begins with everything, too', async () => {
    await start();
    const webhookId = await create();
    const early = await watch(webhookId);
    await publish('B-1');
    await until('it was told', () => early.news.at(-1)?.items[0]?.status === 'succeeded');
    const late = await watch(webhookId);
    await firstNews(late);
    expect(late.news[0]?.items).toEqual(early.news.at(-1)?.items);
  });

  it('only deliveries that match the filters are told, and counts are of the webhook', async () => {
    await start();
    receiver.answer(() => ({ status: 503, headers: { 'retry-after': '3600' } }));
    const webhookId = await create();
    const succeeded = await watch(webhookId, '?status=succeeded');
    const pending = await watch(webhookId, '?status=pending&eventType=booking.*');
    await publish('B-1');
    await until('the pending one was told', () => (pending.news.at(-1)?.items.length ?? 0) > 0);
    await until('it was counted', () => succeeded.news.at(-1)?.counts.pending === 1);
    expect(succeeded.news.flatMap(({ items }) => items)).toEqual([]);
  });

  it('what is held is counted', async () => {
    await start();
    receiver.answer(() => ({ status: 410 }));
    const webhookId = await create({ maxInFlight: 1 });
    await host.dataSource.query(`UPDATE webhook_lane SET paused_until = 1e15 WHERE webhook_id = $1`, [
      webhookId,
    ]);
    await publish('B-1');
    await publish('B-2');
    const reader = await watch(webhookId);
    await until('both are counted', () => reader.news.at(-1)?.counts.pending === 2);
    await host.dataSource.query(
      `UPDATE webhook_delivery SET status = 'held', due_at = NULL WHERE webhook_id = $1`,
      [webhookId],
    );
    await until('both are held', () => reader.news.at(-1)?.counts.held === 2);
    expect(reader.news.at(-1)?.counts).toEqual({ pending: 0, held: 2 });
  });

  it('a stream that has nothing to tell gives a sign of life', async () => {
    await start();
    const reader = await watch(await create());
    await until('there were two', () => reader.text.split(': still here').length > 2);
    expect(reader.news).toEqual([{ items: [], counts: { pending: 0, held: 0 } }]);
  });

  it('those who watch the same deliveries share one look at the rows, and the last to go ends it', async () => {
    await start({ streamsPerContract: 8 });
    const webhookId = await create();
    const statements = jest.spyOn(host.dataSource.manager, 'existsBy');
    const [one, two, three] = [await watch(webhookId), await watch(webhookId), await watch(webhookId)];
    await Promise.all([one, two, three].map(firstNews));
    const looksWithin = async (heartbeats: number, reader: Reader) => {
      const before = statements.mock.calls.length;
      const seen = reader.text.split(': still here').length;
      await until('time passed', () => reader.text.split(': still here').length >= seen + heartbeats);
      return statements.mock.calls.length - before;
    };
    // Two looks between two signs of life, not six.
    expect(await looksWithin(5, one)).toBeLessThan(20);
    const clock = await watch(await create());
    await firstNews(clock);
    for (const reader of [one, two, three]) reader.close();
    const ofClock = (call: unknown[]) => !JSON.stringify(call[1]).includes(webhookId);
    await until('nobody looks any more', async () => {
      const before = statements.mock.calls.length;
      await looksWithin(3, clock);
      return statements.mock.calls.slice(before).every(ofClock);
    });
    statements.mockRestore();
  });

  it('streams are bounded, for a contract and for the process, and one that is closed makes room', async () => {
    await start();
    const webhookId = await create();
    const own = [await watch(webhookId), await watch(webhookId), await watch(webhookId)];
    await Promise.all(own.map(firstNews));
    const refused = await host.as(contract).get(`/webhooks/${webhookId}/deliveries/live`).expect(503);
    expect(refused.body).toMatchObject({
      code: 'TOO_MANY_STREAMS',
      message: expect.stringContaining('Close one'),
    });
    own[0]?.close();
    await until('there is room', async () => {
      const reader = await watch(webhookId);
      return reader.response.statusCode === 200;
    });
    for (const index of [1, 2, 3, 4, 5]) {
      contract = freshContract();
      const reader = await watch(await create());
      expect([index, reader.response.statusCode]).toEqual([index, 200]);
      await firstNews(reader);
    }
    contract = freshContract();
    expect((await watch(await create())).response.statusCode).toBe(503);
  });

  it.each([
    ['status=lost', 'status', /'lost' is not available/],
    ['limit=3', 'limit', /is not a field/],
    ['cursor=x', 'cursor', /is not a field/],
    ['since=yesterday', 'since', /'yesterday' is not an ISO 8601/],
    ['eventType=booking.canceled', 'eventType', /'booking\.canceled'/],
  ])('%s is refused before anything streams', async (query, field, reason) => {
    await start();
    const webhookId = await create();
    const { body } = await host
      .as(contract)
      .get(`/webhooks/${webhookId}/deliveries/live?${query}`)
      .expect(400);
    expect(body.errors).toEqual([
      { field, reason: expect.stringMatching(reason), expected: expect.stringMatching(/./) },
    ]);
  });

  it('a stream ends after its time, so that the guards are asked again', async () => {
    await start({ lifetimeMs: 300 });
    const reader = await watch(await create());
    await until('it ended', () => reader.ended);
    expect(reader.news).toHaveLength(1);
  });

  it('a stream ends with its webhook', async () => {
    await start();
    const webhookId = await create();
    const reader = await watch(webhookId);
    await firstNews(reader);
    await host.as(contract).delete(`/webhooks/${webhookId}`).expect(204);
    await until('it ended', () => reader.ended);
  });

  it('open streams do not keep the application from closing', async () => {
    await start();
    const reader = await watch(await create());
    await firstNews(reader);
    await host.app.close();
    await until('it ended', () => reader.ended);
  });
});
