import { checkHeaders } from './custom-headers.js';

const fields = (headers: Record<string, unknown>) => checkHeaders(headers).map(({ field }) => field);

it('accepts names and values that HTTP can carry', () => {
  expect(
    checkHeaders({
      Authorization: 'Bearer abc.def',
      'X-Api-Key': '',
      "!#$%&'*+-.^_`|~0": 'a\tb "quoted" ~',
      constructor: 'x',
      'x-long': 'v'.repeat(4096),
      'x-proxy-user': 'x',
    }),
  ).toEqual([]);
  expect(checkHeaders({})).toEqual([]);
});

it.each([
  'Host',
  'content-length',
  'Content-Type',
  'CONTENT-LANGUAGE',
  'content-encoding',
  'connection',
  'Transfer-Encoding',
  'upgrade',
  'te',
  'trailer',
  'keep-alive',
  'proxy-authorization',
  'Proxy-Anything',
  'expect',
  'user-agent',
  'accept-encoding',
  'webhook-id',
  'Webhook-Signature',
  'x-webhook-event',
])('refuses the reserved name %s', (name) => {
  expect(checkHeaders({ [name]: 'x' })).toEqual([
    { field: `headers.${name}`, reason: 'the name is reserved', expected: expect.any(String) },
  ]);
});

it.each(['', ' ', 'a b', 'a:b', 'é', 'a\r\nb', 'a\0', '(x)', 'Authorization: Bearer s3cr3t'])(
  'refuses %p, which is not a name, without repeating it',
  (name) => {
    expect(checkHeaders({ [name]: 'x' })).toEqual([
      {
        field: 'headers.<invalid name>',
        reason: 'the name is not a header name',
        expected: expect.any(String),
      },
    ]);
  },
);

it('refuses a name of 129 characters', () => {
  expect(fields({ ['x'.repeat(128)]: 'v' })).toEqual([]);
  expect(fields({ ['x'.repeat(129)]: 'v' })).toEqual(['headers.<invalid name>']);
});

it.each([
  ['a line break', 's3cr3t\r\nX-Injected: 1'],
  ['a line feed', 's3cr3t\n'],
  ['NUL', 's3cr3t\0'],
  ['DEL', 's3cr3t\x7f'],
  ['text outside ASCII', 's3cr3t é'],
  ['4097 characters', 's3cr3t'.padEnd(4097)],
  ['a number', 5],
  ['null', null],
  ['a list', ['s3cr3t']],
  ['an object', { s3cr3t: 1 }],
])('refuses a value with %s, without repeating it', (_, value) => {
  const errors = checkHeaders({ 'x-key': value });
  expect(errors).toEqual([
    { field: 'headers.x-key', reason: expect.stringContaining('the value'), expected: expect.any(String) },
  ]);
  expect(JSON.stringify(errors)).not.toContain('s3cr3t');
});

it('refuses the same name in two spellings', () => {
  expect(fields({ 'X-Key': 'a', 'x-key': 'b' })).toEqual(['headers.x-key']);
});

it('takes 20 headers and not one more', () => {
  const many = (count: number) => Object.fromEntries([...Array(count).keys()].map((n) => [`x-${n}`, 'v']));
  expect(checkHeaders(many(20))).toEqual([]);
  expect(checkHeaders(many(21))).toEqual([
    { field: 'headers', reason: 'there are 21', expected: 'at most 20 headers' },
  ]);
});

it('names every fault, not only the first', () => {
  expect(fields({ host: 'a', 'x-ok': 'b', 'x-bad': 1 })).toEqual(['headers.host', 'headers.x-bad']);
});
