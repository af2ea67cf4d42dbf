import { Webhook } from 'nestjs-booking-webhooks';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

type Fields = Record<string, unknown>;

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

  const create = async (fields: Fields = {}): Promise<string> => {
    const body = { url: 'https://partner.example/', eventTypes: ['*'], ...fields };
    return (await host.as(contract).post('/webhooks').send(body).expect(201)).body.id;
  };
  const createMany = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      ids.push(await create({ url: `https://partner.example/${String(index % 4)}` }));
    }
    return ids;
  };
  const list = async (query: Record<string, string> = {}) =>
    (await host.as(contract).get('/webhooks').query(query).expect(200)).body;
  const ids = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id);

  async function allPages(
    query: Record<string, string>,
    between?: () => Promise<unknown>,
  ): Promise<string[]> {
    const found: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { data: { id: string }[]; nextCursor: string | null } = await list({
        ...query,
        ...(cursor === '' ? {} : { cursor }),
      });
      found.push(...ids(page));
      cursor = page.nextCursor;
      await between?.();
    }
    return found;
  }

  it('the newest come first, fifty to a page unless told otherwise', async () => {
    const created = await createMany(51);
    const first = await list();
    expect(first.data).toHaveLength(50);
    expect(ids(first)).toEqual(created.toReversed().slice(0, 50));
    const second = await list({ cursor: first.nextCursor });
    expect(second).toEqual({ data: [expect.objectContaining({ id: created[0] })], nextCursor: null });
  });

  it.each([
    'createdAt',
    '-createdAt',
    'updatedAt',
    '-updatedAt',
    'url',
    '-url',
    'status',
    '-status',
    'contractId',
    '-contractId',
  ])('pages sorted by %s hold every webhook once, in order, whatever is created meanwhile', async (sort) => {
    const created = await createMany(9);
    // Equal values in the sorted column are where a page boundary loses rows.
    await host.dataSource.manager.update(
      Webhook,
      { contractId: contract },
      { createdAt: 1_000, updatedAt: 2_000 },
    );
    const unpaged = ids(await list({ sort, limit: '200' }));
    const found = await allPages({ sort, limit: '2' }, () => create({ url: 'https://partner.example/2' }));
    const old = found.filter((id) => created.includes(id));
    expect(old).toEqual(unpaged);
    expect(new Set(found).size).toBe(found.length);
  });

  it('a page ends where the last row is, not one request later', async () => {
    await createMany(4);
    expect((await list({ limit: '4' })).nextCursor).toBeNull();
    expect((await list({ limit: '3' })).nextCursor).toEqual(expect.any(String));
  });

  describe('filters', () => {
    let first: string;
    let second: string;

    beforeEach(async () => {
      first = await create({
        url: 'https://user:pw@One.example/a_b?x=100%25',
        eventTypes: ['booking.*', 'product.added'],
        locale: 'pt-BR',
        useContactLanguage: false,
        retryOnError: false,
        capabilities: ['octo/pricing'],
        maxInFlight: 7,
        transport: 'pull',
        ordering: 'resource',
        maxPerSecond: 5,
        status: 'inactive',
      });
      second = await create({
        url: 'https://two.example/aXb',
        eventTypes: ['booking.created', 'flight.status_changed'],
      });
      const { manager } = host.dataSource;
      await manager.query(`UPDATE webhook_lane SET failing_since = 5 WHERE webhook_id = $1`, [first]);
      await manager.update(
        Webhook,
        { id: first },
        { createdAt: Date.UTC(2026, 0, 1), updatedAt: Date.UTC(2026, 0, 2) },
      );
      await manager.update(
        Webhook,
        { id: second },
        { createdAt: Date.UTC(2026, 1, 1), updatedAt: Date.UTC(2026, 1, 2) },
      );
    });

    it.each<[query: Record<string, string>, found: string]>([
      [{}, 'both'],
      [{ url: 'ONE.ex' }, 'first'],
      [{ url: 'a_b' }, 'first'],
      [{ url: '%25' }, 'first'],
      [{ url: 'pw' }, 'none'],
      [{ eventType: 'booking.created' }, 'both'],
      [{ eventType: 'booking.cancelled' }, 'first'],
      [{ eventType: 'flight.status_changed' }, 'second'],
      [{ eventType: 'booking.*' }, 'first'],
      [{ eventType: '*' }, 'none'],
      [{ profile: 'standard' }, 'both'],
      [{ profile: 'octo' }, 'none'],
      [{ format: 'json' }, 'both'],
      [{ format: 'xml' }, 'none'],
      [{ locale: 'PT-br' }, 'first'],
      [{ useContactLanguage: 'false' }, 'first'],
      [{ useContactLanguage: 'true' }, 'second'],
      [{ retryOnError: 'false' }, 'first'],
      [{ capability: 'octo/pricing' }, 'first'],
      [{ capability: 'octo' }, 'none'],
      [{ maxInFlight: '7' }, 'first'],
      [{ ordering: 'resource' }, 'first'],
      [{ ordering: 'none' }, 'second'],
      [{ transport: 'pull' }, 'first'],
      [{ transport: 'push' }, 'second'],
      [{ transport: 'both' }, 'none'],
      [{ maxPerSecond: '5' }, 'first'],
      [{ status: 'inactive' }, 'first'],
      [{ status: 'active' }, 'second'],
      [{ status: 'disabled' }, 'none'],
      [{ disabledReason: 'gone' }, 'none'],
      [{ failing: 'true' }, 'first'],
      [{ failing: 'false' }, 'second'],
      [{ createdSince: '2026-01-15' }, 'second'],
      [{ createdUntil: '2026-02-01T00:00:00Z' }, 'first'],
      [{ createdSince: '2026-02-01T01:00:00+01:00' }, 'second'],
      [{ updatedSince: '2026-02-02T00:00:00.000Z' }, 'second'],
      [{ updatedUntil: '2026-01-02T00:00:00Z' }, 'none'],
      [{ status: 'inactive', eventType: 'product.added', failing: 'true' }, 'first'],
      [{ status: 'active', failing: 'true' }, 'none'],
      [{ id: 'no such id' }, 'none'],
    ])('%j finds %s', async (query, found) => {
      const wanted = { both: [first, second], first: [first], second: [second], none: [] }[found];
      expect(ids(await list({ ...query, sort: 'createdAt' }))).toEqual(wanted);
    });

    it('an id finds its webhook', async () => {
      expect(ids(await list({ id: second }))).toEqual([second]);
    });

    it('the reason it was disabled for finds a webhook', async () => {
      await host.dataSource.manager.update(
        Webhook,
        { id: second },
        { status: 'disabled', disabledReason: 'gone' },
      );
      expect(ids(await list({ disabledReason: 'gone', status: 'disabled' }))).toEqual([second]);
    });
  });

  it('webhooks that get a type under a name of a dialect are found by the type and by the name', async () => {
    const named = await create({ eventTypes: ['Booking Status Change'] });
    const other = await create({ eventTypes: ['product_update'] });
    const found = async (eventType: string) => ids(await list({ eventType }));
    expect(await found('booking.updated')).toEqual([named]);
    expect(await found('Booking Status Change')).toEqual([named]);
    expect(await found('product.removed')).toEqual([other]);
    expect(await found('booking.created')).toEqual([]);
  });

  it.each<[query: string, field: string, reason: RegExp, expected: RegExp]>([
    ['limit=0', 'limit', /0 is out of range/, /1 to 200/],
    ['limit=201', 'limit', /201 is out of range/, /1 to 200/],
    ['limit=ten', 'limit', /'ten' is not a whole number/, /1 to 200/],
    ['limit=1e2', 'limit', /'1e2' is not a whole number/, /1 to 200/],
    ['limit=1&limit=2', 'limit', /a list is not a whole number/, /1 to 200/],
    ['sort=secret', 'sort', /'secret' is not available/, /'-createdAt'/],
    ['sort=--url', 'sort', /'--url' is not available/, /'-url'/],
    ['status=deleted', 'status', /'deleted' is not available/, /'inactive'/],
    ['failing=yes', 'failing', /'yes' is neither/, /true or false/],
    ['eventType=booking.canceled', 'eventType', /'booking\.canceled'/, /nearest are 'booking\.cancelled'/],
    ['locale=!', 'locale', /not a language tag/, /BCP 47/],
    ['createdSince=yesterday', 'createdSince', /'yesterday' is not an ISO 8601/, /2026-07-01T12:00:00Z/],
    ['createdSince=2026-02-30', 'createdSince', /'2026-02-30'/, /2026-07-01T12:00:00Z/],
    ['createdSince=2026-01-01T00:00:00', 'createdSince', /offset/, /2026-07-01T12:00:00Z/],
    ['createdSince=2026-01-01T00:00:00+01:00', 'createdSince', /2026-01-01T00:00:00 01:00/, /%2B/],
    ['url=%00', 'url', /NUL/, /well-formed/],
    ['url=', 'url', /empty/, /1 to 2048/],
    ['stats=active', 'stats', /not a field/, /did you mean 'status'/],
    ['where[id]=1', 'where[id]', /not a field/, /the fields here are/],
    ['cursor=x', 'cursor', /not a cursor of this list/, /nextCursor/],
    [
      `cursor=${Buffer.from('["-createdAt","1","x"]').toString('base64url')}`,
      'cursor',
      /not a cursor/,
      /nextCursor/,
    ],
    [
      `cursor=${Buffer.from('["url","a","b"]').toString('base64url')}`,
      'cursor',
      /in this order/,
      /same sort/,
    ],
    [
      `cursor=${Buffer.from('["url","a\\u0000","b"]').toString('base64url')}&sort=url`,
      'cursor',
      /not a cursor/,
      /nextCursor/,
    ],
    [
      `cursor=${Buffer.from('["-createdAt",1e300,"x"]').toString('base64url')}`,
      'cursor',
      /not a cursor/,
      /nextCursor/,
    ],
    [`cursor=${Buffer.from('{"length":3}').toString('base64url')}`, 'cursor', /not a cursor/, /nextCursor/],
  ])(
    'the query %s is refused, and the answer says what would be right',
    async (query, field, reason, expected) => {
      const { body } = await host.as(contract).get(`/webhooks?${query}`).expect(400);
      expect(body.errors).toEqual([
        { field, reason: expect.stringMatching(reason), expected: expect.stringMatching(expected) },
      ]);
    },
  );
});
