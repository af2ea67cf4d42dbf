import type { Owner } from './foreign-rows.js';
import { inField, inHeader, POLLUTION, TEXTS } from './injection-texts.js';
import type { Call } from './partner-calls.js';
import { call } from './partner-calls.js';

const HOOK = { url: 'http://127.0.0.1:9/', eventTypes: ['booking.updated'] };

const HOOK_FIELDS = [
  'url',
  'eventTypes',
  'profile',
  'format',
  'locale',
  'headers',
  'capabilities',
  'ordering',
  'filters',
];
const SIGNING_FIELDS = ['signing', 'signatureHeader', 'signaturePrefix'];

type Form = [route: string, valid: Record<string, unknown>, fields: string[]];

/** What the routes take; in their paths the stranger's own ids. */
function formsAbout({ webhook, octo, subscription }: Owner['ids']): Form[] {
  const octoHook = { url: HOOK.url, event: 'booking_update' };
  const subscribed = { url: HOOK.url, notificationTypes: ['BOOKING_UPDATE'] };
  const octoFields = ['url', 'event', 'headers', 'contractId'];
  const notified = ['url', 'notificationTypes', 'headers', 'contractId'];
  return [
    ['POST /webhooks', HOOK, [...HOOK_FIELDS, ...SIGNING_FIELDS, 'contractId', 'status']],
    [`PATCH /webhooks/${webhook}`, { locale: 'de' }, [...HOOK_FIELDS, ...SIGNING_FIELDS, 'status']],
    ['POST /octo/webhooks', octoHook, octoFields],
    [`PATCH /octo/webhooks/${octo}`, { useContactLanguage: true }, octoFields],
    ['POST /octo/notifications/subscriptions', subscribed, notified],
    [
      `PATCH /octo/notifications/subscriptions/${subscription}`,
      { notificationTypes: ['BOOKING_UPDATE'] },
      notified,
    ],
    [
      'POST /webhooks/preview',
      { eventType: 'booking.updated' },
      ['eventId', 'eventType', 'profile', 'format', 'locale', 'capabilities'],
    ],
    [`POST /webhooks/${webhook}/recover`, { since: new Date().toISOString() }, ['since']],
    [`POST /webhooks/${webhook}/test`, { eventType: 'booking.updated' }, ['eventType']],
  ];
}

const OCTO_LISTS = ['/octo/webhooks', '/octo/notifications/subscriptions'];
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
const DELIVERY_QUERIES = ['status', 'eventType', 'trigger', 'eventId', 'since', 'until', 'limit', 'cursor'];
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

type Case = Omit<Call, 'contract'>;

/** Every text in every field and every parameter of the resources, as the stranger sends them about what is its own. */
export function injections(ids: Owner['ids']): Case[] {
  const inBodies = formsAbout(ids).flatMap(([route, valid, fields]) => [
    ...fields.flatMap((field) =>
      TEXTS.flatMap((text) =>
        inField(field, text).map((value) => written(route, JSON.stringify({ ...valid, [field]: value }))),
      ),
    ),
    ...TEXTS.map((text) => written(route, JSON.stringify({ ...valid, [text]: text }))),
    written(route, `${POLLUTION},${JSON.stringify(valid).slice(1)}`),
    written(route, `${POLLUTION}}`),
  ]);
  const deliveries = `/webhooks/${ids.webhook}/deliveries`;
  const queries: [path: string, names: string[]][] = [
    ['/webhooks', QUERIES],
    ['/event-types', QUERIES],
    ...OCTO_LISTS.map((path): [string, string[]] => [path, [...QUERIES, '_capabilities']]),
    ['/webhooks/count', QUERIES],
    ['/webhooks/contracts', ['search']],
    ['/webhooks/statistics', ['ids']],
    ['/webhooks/export.csv', [...QUERIES, 'timeZone']],
    ['/webhooks/export.xlsx', ['url', 'timeZone']],
    [deliveries, DELIVERY_QUERIES],
    [`${deliveries}/live`, DELIVERY_QUERIES],
    [`/webhooks/${ids.webhook}/recovery`, ['since']],
  ];
  const inQueries = queries.flatMap(([path, names]) =>
    names.flatMap((name) => [
      ...TEXTS.map((text) => asked(path, name, text)),
      { method: 'GET', path: `${path}?${name}[__proto__][x]=1&${name}[$gt]=&${name}[]=1` },
    ]),
  );
  const paging = ['/webhooks', deliveries].flatMap((path) => [
    ...LIMITS.map((limit) => asked(path, 'limit', limit)),
    ...CURSORS.map((cursor) =>
      asked(path, 'cursor', Buffer.from(JSON.stringify(cursor)).toString('base64url')),
    ),
  ]);
  return [...inBodies, ...inQueries, ...paging, ...inHeaders(ids)];
}

function inHeaders({ octo }: Owner['ids']): Case[] {
  const calls: Case[] = [
    ...OCTO_LISTS.map((path) => ({ method: 'GET', path })),
    written('POST /octo/webhooks', JSON.stringify({ url: HOOK.url, event: 'booking_update' })),
    written(`PATCH /octo/webhooks/${octo}`, '{}'),
  ];
  return calls.flatMap((sent) =>
    TEXTS.map((text) => ({ ...sent, headers: { 'octo-capabilities': inHeader(text) } })),
  );
}

function written(route: string, body: string): Case {
  const [method = '', path = ''] = route.split(' ');
  return { method, path, body };
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
      !answersWith(sent, status).test(String(headers['content-type'])) &&
      `answered ${String(headers['content-type'])}`,
    status < 300 && isHook(sent) && changedBy(sent, text) && 'was polluted',
    status < 300 && /"x-note":"[^"]*\\[rn]/.test(sent.body ?? '') && 'took a line break in a header',
  ];
  return wrong.filter((reason) => reason !== false).map((reason) => `${about} ${reason}`);
}

/** What a browser may be told it gets: nothing that it would show or run. */
function answersWith({ path }: Case, status: number): RegExp {
  if (status < 300 && path.includes('/export.')) return /^(text\/csv|application\/vnd\.openxmlformats)/;
  return status < 300 && path.includes('/live?') ? /^text\/event-stream/ : /^application\/json/;
}

/** Whether it is answered by a webhook as the registry has it. */
function isHook({ method, path }: Case): boolean {
  return path === '/webhooks' ? method === 'POST' : method === 'PATCH' && path.startsWith('/webhooks/');
}

/** A webhook that did not ask for it is inactive. */
function changedBy({ body = '' }: Case, text: string): boolean {
  const made = JSON.parse(text) as { status?: string; retryOnError?: boolean };
  return body.includes('__proto__') && (made.status !== 'active' || made.retryOnError !== true);
}
