import { call } from './partner-calls.js';

const TEXTS = [
  "'; DROP TABLE webhook; --",
  "' OR '1'='1",
  '1; SELECT pg_sleep(30)',
  '%',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
  ']]>',
  'a\r\nx-injected: 1',
  'a\nError: forged line',
  '\r\n\r\nHTTP/1.1 200 OK\r\n',
  "=cmd|' /C calc'!A0",
  '@SUM(1+1)',
  '{{7*7}}',
  '${7*7}',
  '#{7*7}',
  '${jndi:ldap://127.0.0.2/x}',
  '../../etc/passwd',
  'a\u0000b',
  '\u202egnp.exe',
  '\u001b[31mred',
  '\ud800',
  'x'.repeat(5_000),
];
const POLLUTION =
  '{"__proto__":{"status":"inactive","retryOnError":false},"constructor":{"prototype":{"status":"inactive"}}';
const HOOK = { url: 'http://127.0.0.1:9/', eventTypes: ['booking.updated'] };

const FORMS: [path: string, valid: Record<string, unknown>, fields: string[]][] = [
  [
    '/webhooks',
    HOOK,
    [
      'contractId',
      'url',
      'eventTypes',
      'profile',
      'format',
      'locale',
      'signing',
      'signatureHeader',
      'signaturePrefix',
      'headers',
      'capabilities',
      'status',
      'ordering',
      'filters',
    ],
  ],
  ['/octo/webhooks', { url: HOOK.url, event: 'booking_update' }, ['url', 'event', 'headers', 'contractId']],
  [
    '/octo/notifications/subscriptions',
    { url: HOOK.url, notificationTypes: ['BOOKING_UPDATE'] },
    ['url', 'notificationTypes', 'headers'],
  ],
  [
    '/webhooks/preview',
    { eventType: 'booking.updated' },
    ['eventId', 'eventType', 'profile', 'format', 'locale', 'capabilities'],
  ],
];
const QUERIES = [
  'id',
  'contractId',
  'url',
  'eventType',
  'profile',
  'locale',
  'capability',
  'status',
  'sort',
  'cursor',
  'limit',
  'createdSince',
];
const LIMITS = [
  '0',
  '-1',
  '201',
  '1e9',
  '1e309',
  '999999999999999999999',
  'NaN',
  '0x10',
  '10;DROP TABLE webhook',
  '',
];
const CURSORS = [
  [],
  {},
  ['-createdAt'],
  ['-createdAt', '1 OR 1=1', 'x'],
  ['-createdAt', 9007199254740991, '\uffff'],
  ['-createdAt', -1, "' OR '1'='1"],
  ['-createdAt', 1e308, 'x'],
  ['-createdAt', null, null],
  ['-createdAt', [1], { a: 1 }],
  ['url', 'x', 'a\u0000b'],
  ['__proto__', 1, 'x'],
];

interface Case {
  path: string;
  method: 'GET' | 'POST';
  body?: string;
}

/** Every text in every field and every parameter of the resources. */
export function injections(): Case[] {
  const inBodies = FORMS.flatMap(([path, valid, fields]) => [
    ...fields.flatMap((field) =>
      TEXTS.flatMap((text) =>
        inField(field, text).map((value) => posted(path, JSON.stringify({ ...valid, [field]: value }))),
      ),
    ),
    ...TEXTS.map((text) => posted(path, JSON.stringify({ ...valid, [text]: text }))),
    posted(path, `${POLLUTION},${JSON.stringify(valid).slice(1)}`),
    posted(path, `${POLLUTION}}`),
  ]);
  const lists = ['/webhooks', '/event-types', '/octo/webhooks', '/octo/notifications/subscriptions'];
  const inQueries = lists.flatMap((path) =>
    QUERIES.flatMap((name) => [
      ...TEXTS.map((text) => asked(path, name, text)),
      { method: 'GET' as const, path: `${path}?${name}[__proto__][x]=1&${name}[$gt]=&${name}[]=1` },
    ]),
  );
  const paging = [
    ...LIMITS.map((limit) => asked('/webhooks', 'limit', limit)),
    ...CURSORS.map((cursor) =>
      asked('/webhooks', 'cursor', Buffer.from(JSON.stringify(cursor)).toString('base64url')),
    ),
  ];
  return [...inBodies, ...inQueries, ...paging];
}

function inField(field: string, text: string): unknown[] {
  if (field === 'headers') return [{ 'x-note': text }, { [text]: 'x' }];
  if (field === 'filters') return [{ field: text, equals: text }, { [text]: text }];
  if (field === 'url') return [text, `http://127.0.0.1:9/${text}`, `http://127.0.0.1:9/?q=${text}`];
  if (field.endsWith('s') && field !== 'headers') return [text, [text]];
  return [text];
}

function posted(path: string, body: string): Case {
  return { method: 'POST', path, body };
}

function asked(path: string, name: string, value: string): Case {
  return { method: 'GET', path: `${path}?${new URLSearchParams({ [name]: value }).toString()}` };
}

/** What an injection did that it should not have; empty when it was refused, or stored as the text it is. */
export async function injected(url: string, contract: string, sent: Case): Promise<string[]> {
  const { status, headers, text } = await call(url, { ...sent, contract });
  const about = `${sent.method} ${sent.path} ${sent.body?.slice(0, 120) ?? ''}`;
  const wrong = [
    status >= 500 && `answered ${status}`,
    headers['x-injected'] !== undefined && 'got a header injected',
    text !== '' &&
      !headers['content-type']?.startsWith('application/json') &&
      `answered ${String(headers['content-type'])}`,
    status === 201 && changedBy(sent, text) && 'was polluted',
    status < 300 &&
      sent.method === 'POST' &&
      /"x-note":"[^"]*\\[rn]/.test(sent.body ?? '') &&
      'took a line break in a header',
  ];
  return wrong.filter((reason) => reason !== false).map((reason) => `${about} ${reason}`);
}

/** A webhook that did not ask for it is inactive. */
function changedBy({ body = '' }: Case, text: string): boolean {
  const made = JSON.parse(text) as { status?: string; retryOnError?: boolean };
  return body.includes('__proto__') && (made.status !== 'active' || made.retryOnError !== true);
}
