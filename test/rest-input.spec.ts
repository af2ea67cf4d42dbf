import { InvalidInputError, Webhook, WebhookRegistry } from 'nestjs-booking-webhooks';

import { freshContract, PLATFORMS, RestHost } from './setup/rest-host.js';

const HOOK = { url: 'https://partner.example/hooks', eventTypes: ['booking.created'] };
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

interface Refused {
  title: string;
  body: object;
  field: string;
  reason: RegExp;
  expected: RegExp;
}

const refused = (title: string, body: object, field: string, reason: RegExp, expected: RegExp): Refused => ({
  title,
  body,
  field,
  reason,
  expected,
});

/** What both a creation and a patch refuse. */
const BOTH: Refused[] = [
  refused('a URL that is none', { url: 'partner' }, 'url', /absolute URL/, /https:\/\//),
  refused('an empty URL', { url: '' }, 'url', /empty/, /send a URL/),
  refused('a number as URL', { url: 7 }, 'url', /not a text/, /send a URL/),
  refused('a long URL', { url: `https://a.example/${'x'.repeat(2050)}` }, 'url', /2068 characters/, /2048/),
  refused('another scheme', { url: 'ftp://partner.example/' }, 'url', /scheme/, /https/),
  refused('a private address', { url: 'https://10.0.0.1/' }, 'url', /10\.0\.0\.1/, /public Internet/),
  refused('a metadata address', { url: 'http://169.254.169.254/' }, 'url', /169\.254/, /public Internet/),
  refused(
    'a masked URL',
    { url: 'https://***:***@partner.example/' },
    'url',
    /mask/,
    /leave the field out to keep it/,
  ),
  refused(
    'an unknown event type',
    { eventTypes: ['booking.canceled'] },
    'eventTypes',
    /'booking\.canceled'/,
    /nearest are 'booking\.cancelled'/,
  ),
  refused(
    'a pattern that covers nothing',
    { eventTypes: ['hotel.*'] },
    'eventTypes',
    /'hotel\.\*'/,
    /GET event-types/,
  ),
  refused('no event type', { eventTypes: [] }, 'eventTypes', /empty/, /1 to 50/),
  refused('too many event types', { eventTypes: Array(51).fill('*') }, 'eventTypes', /51 entries/, /1 to 50/),
  refused('event types as a text', { eventTypes: 'booking.created' }, 'eventTypes', /not a list/, /1 to 50/),
  refused(
    'event types that are no texts',
    { eventTypes: [1, null, {}] },
    'eventTypes',
    /no event type 1, nothing, an object/,
    /1 to 50/,
  ),
  refused('event types null', { eventTypes: null }, 'eventTypes', /nothing is not a list/, /1 to 50/),
  refused(
    'an event type of a dialect, misspelt',
    { eventTypes: ['booking status change'] },
    'eventTypes',
    /'booking status change'/,
    /nearest are 'Booking Status Change'/,
  ),
  refused(
    'a pattern of a dialect',
    { eventTypes: ['checkfront.*'] },
    'eventTypes',
    /'checkfront\.\*'/,
    /GET/,
  ),
  refused('filters as a list', { filters: ['P-1'] }, 'filters', /not an object/, /'productIds'/),
  refused('filters as a text', { filters: 'P-1' }, 'filters', /not an object/, /'productIds'/),
  refused('an unknown filter', { filters: { product: ['P-1'] } }, 'filters', /'product'/, /'productIds'/),
  refused(
    'a filter that is no list',
    { filters: { productIds: 'P-1' } },
    'filters',
    /'productIds' is not a list/,
    /1 to 200/,
  ),
  refused(
    'a filter of nothing',
    { filters: { statuses: [] } },
    'filters',
    /'statuses' is empty/,
    /leave 'statuses' out/,
  ),
  refused(
    'too many products',
    { filters: { productIds: Array(201).fill('P') } },
    'filters',
    /201 entries/,
    /1 to 200/,
  ),
  refused('a product as a number', { filters: { productIds: [1] } }, 'filters', /not a text/, /texts/),
  refused('an empty status', { filters: { statuses: [''] } }, 'filters', /empty text/, /1 to 50/),
  refused('a null as product', { filters: { productIds: [null] } }, 'filters', /not a text/, /texts/),
  refused(
    'a long product',
    { filters: { productIds: ['x'.repeat(192)] } },
    'filters',
    /192 characters/,
    /at most 191/,
  ),
  refused(
    'a path that is no JSON Pointer',
    { filters: { changedPaths: ['booking.status'] } },
    'filters',
    /'booking\.status', which is not a JSON Pointer/,
    /'\/booking\/status'/,
  ),
  refused(
    'a pointer with a bad escape',
    { filters: { changedPaths: ['/a~2'] } },
    'filters',
    /JSON Pointer/,
    /RFC 6901/,
  ),
  refused(
    'nested filters',
    { filters: { productIds: [{ id: ['P-1'] }] } },
    'filters',
    /nested too deeply/,
    /documented shape/,
  ),
  refused('a NUL in a filter', { filters: { statuses: ['\0'] } }, 'filters', /NUL/, /well-formed/),
  refused('an unknown profile', { profile: 'octopus' }, 'profile', /no profile 'octopus'/, /'octo'/),
  refused(
    'an unknown format',
    { format: 'yaml' },
    'format',
    /'yaml' is not available/,
    /'json', 'xml', 'form'/,
  ),
  refused(
    'a language that is none',
    { locale: 'english!' },
    'locale',
    /'english!' is not a language tag/,
    /BCP 47/,
  ),
  refused('an empty language', { locale: '' }, 'locale', /'' is not a language tag/, /BCP 47/),
  refused(
    'a language as long as a page',
    { locale: `en-x-${'abcdefgh-'.repeat(9)}z` },
    'locale',
    /35 characters/,
    /BCP 47/,
  ),
  refused(
    'a flag that is a text',
    { retryOnError: 'false' },
    'retryOnError',
    /'false' is neither/,
    /true or false/,
  ),
  refused(
    'a flag that is null',
    { useContactLanguage: null },
    'useContactLanguage',
    /neither/,
    /true or false/,
  ),
  refused('a cap of none', { maxInFlight: 0 }, 'maxInFlight', /0 is out of range/, /1 to 100/),
  refused('a cap too high', { maxInFlight: 101 }, 'maxInFlight', /101 is out of range/, /1 to 100/),
  refused('half a request', { maxInFlight: 1.5 }, 'maxInFlight', /1\.5 is not a whole number/, /1 to 100/),
  refused('a cap as a text', { maxInFlight: '5' }, 'maxInFlight', /'5' is not a whole number/, /1 to 100/),
  refused(
    'an order that is none',
    { ordering: 'strict' },
    'ordering',
    /'strict' is not available here/,
    /one of 'none', 'resource'/,
  ),
  refused('no order, as null', { ordering: null }, 'ordering', /nothing is not/, /one of 'none', 'resource'/),
  refused(
    'an order as a list',
    { ordering: ['resource'] },
    'ordering',
    /a list is not/,
    /'none', 'resource'/,
  ),
  refused(
    'a transport that is none',
    { transport: 'email' },
    'transport',
    /'email' is not available here/,
    /one of 'push', 'pull', 'both'/,
  ),
  refused(
    'no transport, as null',
    { transport: null },
    'transport',
    /nothing is not/,
    /'push', 'pull', 'both'/,
  ),
  refused('a rate of none', { maxPerSecond: 0 }, 'maxPerSecond', /0 is out of range/, /null .* 1 to 1000/),
  refused('a rate below none', { maxPerSecond: -1 }, 'maxPerSecond', /-1 is out of range/, /1 to 1000/),
  refused('a rate too high', { maxPerSecond: 1001 }, 'maxPerSecond', /1001 is out of range/, /1 to 1000/),
  refused('half an attempt', { maxPerSecond: 0.5 }, 'maxPerSecond', /0\.5 is not a whole/, /1 to 1000/),
  refused('a rate as a text', { maxPerSecond: '5' }, 'maxPerSecond', /'5' is not a whole/, /1 to 1000/),
  refused(
    'a wait too short',
    { coalesceMs: 99 },
    'coalesceMs',
    /99 is out of range/,
    /null to get each event, or a whole number from 100 to 600000/,
  ),
  refused(
    'a wait too long',
    { coalesceMs: 600_001 },
    'coalesceMs',
    /600001 is out of range/,
    /100 to 600000/,
  ),
  refused('a wait as a text', { coalesceMs: '5s' }, 'coalesceMs', /'5s' is not a whole/, /100 to 600000/),
  refused(
    'a capability that is none',
    { capabilities: ['octo pricing'] },
    'capabilities',
    /'octo pricing'/,
    /octo\/pricing/,
  ),
  refused(
    'capabilities as a text',
    { capabilities: 'octo/pricing' },
    'capabilities',
    /not a list/,
    /octo\/pricing/,
  ),
  refused('headers as a list', { headers: ['X-A'] }, 'headers', /not an object/, /names and values/),
  refused(
    'a header that is a number',
    { headers: { 'X-A': 1 } },
    'headers',
    /'X-A' is not a text/,
    /names and values/,
  ),
  refused(
    'a header of ours',
    { headers: { 'Webhook-Id': 'x' } },
    'headers.Webhook-Id',
    /reserved/,
    /send a name/,
  ),
  refused(
    'a line break in a header',
    { headers: { 'X-A': 's3cret\r\nX-B: 1' } },
    'headers.X-A',
    /line break/,
    /printable/,
  ),
  refused(
    'a mask nothing stands behind',
    { headers: { 'X-New': '***' } },
    'headers.X-New',
    /mask/,
    /send the value/,
  ),
  refused('a NUL in a value', { capabilities: ['a\0b'] }, 'capabilities', /NUL/, /well-formed/),
  refused('half a surrogate pair', { url: 'https://a.example/\ud800' }, 'url', /surrogate/, /well-formed/),
  refused('a NUL in a header’s name', { headers: { 'X\0': '1' } }, 'headers', /NUL/, /well-formed/),
  refused('a misspelt field', { eventType: ['*'] }, 'eventType', /not a field/, /did you mean 'eventTypes'/),
  refused(
    'a field from elsewhere',
    { nonsense: 1 },
    'nonsense',
    /not a field/,
    /the fields here are .*'url'/,
  ),
  refused('a prototype’s field', { toString: 1 }, 'toString', /every object has/, /leave it out/),
  refused('a header with such a name', { headers: { valueOf: '1' } }, 'headers', /'valueOf'/, /leave it out/),
];

const CREATION: Refused[] = [
  refused('an unknown scheme', { signing: 'md5' }, 'signing', /'md5' is not available/, /'ed25519'/),
  refused(
    'a reserved header for the signature',
    { signing: 'hmac', signatureHeader: 'Content-Length' },
    'signatureHeader',
    /not the name of a header/,
    /X-Signature/,
  ),
  refused(
    'a line break in the signature header',
    { signing: 'hmac', signatureHeader: 'X-A\r\nX-B' },
    'signatureHeader',
    /not the name of a header/,
    /X-Signature/,
  ),
  refused(
    'a prefix with spaces',
    { signing: 'hmac', signaturePrefix: 'sha 256' },
    'signaturePrefix',
    /printable ASCII/,
    /sha256=/,
  ),
  refused(
    'a header for a signature that has its own',
    { signatureHeader: 'X-Mine' },
    'signatureHeader',
    /no meaning for the scheme 'standard'/,
    /'hmac'/,
  ),
  refused('no URL', { url: undefined }, 'url', /missing/, /send a URL/),
  refused('no event types', { eventTypes: undefined }, 'eventTypes', /missing/, /1 to 50/),
  refused('a long contract', { contractId: 'x'.repeat(65) }, 'contractId', /65 characters/, /1 to 64/),
  refused('a contract that is a number', { contractId: 7 }, 'contractId', /7 is not a text/, /1 to 64/),
  refused(
    'a status that the engine gives',
    { status: 'disabled' },
    'status',
    /'disabled'/,
    /'active', 'inactive'/,
  ),
  refused('a secret', { secret: 'whsec_mine' }, 'secret', /not a field/, /the fields here are/),
];

const PATCH: Refused[] = [
  refused('a status', { status: 'inactive' }, 'status', /not a field/, /POST to activate or deactivate/),
  refused('an owner', { contractId: 'C-2' }, 'contractId', /not a field/, /keeps its owner/),
  refused('a secret', { secret: 'whsec_mine' }, 'secret', /not a field/, /rotate-secret/),
  refused('another signature', { signing: 'none' }, 'signing', /not a field/, /create another webhook/),
  refused('a URL of null', { url: null }, 'url', /not a text/, /send a URL/),
];

/** What JSON.stringify cannot write, or a client would not. */
const RAW: [title: string, body: string][] = [
  ['a list', '[]'],
  ['a list of webhooks', JSON.stringify([HOOK])],
  ['a list within', JSON.stringify({ ...HOOK, headers: [[['x']]] })],
  ['a prototype', `{"__proto__":{"url":"https://a.example"},"eventTypes":["*"]}`],
  ['a constructor', `{"constructor":{"prototype":{}},"url":"https://a.example","eventTypes":["*"]}`],
  ['ten thousand levels', `{"url":"https://a.example","eventTypes":["*"],"headers":{"a":${deep(10_000)}}}`],
  ['half a document', '{"url":'],
  ['nothing', ''],
];

describe.each(PLATFORMS)('on %s', (platform) => {
  let host: RestHost;
  let contract: string;
  let webhookId: string;

  beforeAll(async () => {
    host = await RestHost.start({ platform });
    contract = freshContract();
    const stored = await host
      .as(contract)
      .post('/webhooks')
      .send({ ...HOOK, headers: { 'X-Kept': 'kept' } });
    webhookId = stored.body.id;
  });
  afterAll(() => host.stop());

  const rows = () => host.dataSource.manager.find(Webhook);

  async function expectRefusal(
    call: ReturnType<ReturnType<RestHost['as']>['post']>,
    wanted: Refused,
  ): Promise<void> {
    const before = await rows();
    const { status, body } = await call;
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'INVALID_INPUT' });
    expect(body.errors).toEqual([
      {
        field: wanted.field,
        reason: expect.stringMatching(wanted.reason),
        expected: expect.stringMatching(wanted.expected),
      },
    ]);
    expect(body.message).toContain(wanted.field);
    expect(await rows()).toEqual(before);
  }

  it.each([...BOTH, ...CREATION])(
    'a creation refuses $title, and says what would be right',
    async (wanted) => {
      const body = { ...HOOK, ...wanted.body };
      await expectRefusal(host.as(contract).post('/webhooks').send(body), wanted);
    },
  );

  it.each([...BOTH, ...PATCH])('a patch refuses $title, and says what would be right', async (wanted) => {
    await expectRefusal(host.as(contract).patch(`/webhooks/${webhookId}`).send(wanted.body), wanted);
  });

  it.each(RAW)('a body that is %s gets 400 and stores nothing', async (_title, body) => {
    const before = await rows();
    const { status } = await host.as(contract).post('/webhooks').type('json').send(body);
    expect(status).toBe(400);
    expect(await rows()).toEqual(before);
  });

  it('a refusal names every field at once', async () => {
    const { body } = await host
      .as(contract)
      .post('/webhooks')
      .send({ eventTypes: ['x'], locale: '!', maxInFlight: -1, colour: 'red' })
      .expect(400);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      'colour',
      'eventTypes',
      'locale',
      'maxInFlight',
      'url',
    ]);
  });

  it('a refusal of thousands of fields is short', async () => {
    const body = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`f${String(index)}`, 1]));
    const { text } = await host.as(contract).post('/webhooks').send(body).expect(400);
    expect(text.length).toBeLessThan(20_000);
  });

  it('a refusal repeats no credential', async () => {
    const bodies = [
      { ...HOOK, url: 'ftp://user:s3cret@partner.example/?token=s3cret' },
      { ...HOOK, url: 'https://user:s3cret@10.0.0.1/' },
      { ...HOOK, url: ['https://user:s3cret@partner.example/'] },
      { ...HOOK, headers: { 'X-A': 's3cret\n' } },
      { ...HOOK, headers: { 'X-A': ['s3cret'] } },
      { ...HOOK, headers: 'Authorization: s3cret' },
      { ...HOOK, headers: { 'Authorization: s3cret': 'x' } },
      { ...HOOK, secret: 's3cret' },
    ];
    for (const body of bodies) {
      const { text } = await host.as(contract).post('/webhooks').send(body).expect(400);
      expect(text).not.toContain('s3cret');
    }
  });

  it('an operator has to name the contract', async () => {
    const wanted = refused('', {}, 'contractId', /missing/, /send the id of the contract/);
    await expectRefusal(host.as('*').post('/webhooks').send(HOOK), wanted);
  });
});

it('the registry refuses from the host’s own code what it refuses from partners', async () => {
  const host = await RestHost.start({ platform: 'express' });
  const registry = host.app.get(WebhookRegistry);
  const wrong = { url: 'https://a.example', eventTypes: ['booking.canceled'], contractId: 'x'.repeat(65) };
  const error: unknown = await registry.create('C-1', wrong).catch((thrown: unknown) => thrown);
  const count = await host.dataSource.manager.count(Webhook);
  await host.stop();
  expect(error).toBeInstanceOf(InvalidInputError);
  expect((error as InvalidInputError).errors.map(({ field }) => field).sort()).toEqual([
    'contractId',
    'eventTypes',
  ]);
  expect(count).toBe(0);
});
