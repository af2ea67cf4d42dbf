import fc from 'fast-check';
import { EVENT_TYPES } from 'nestjs-booking-webhooks';

import { jsonText, nastyText, nastyValue, neverAccepted } from './nasty-values.js';

/** Stands wherever a credential may stand: no answer and no log line may ever hold it. */
export const CANARY = 'CANARY';

/** What is sent as a body or in a query, and what is known to be wrong with it. */
export interface Fields {
  /** JSON text of a body. */
  text: string;
  /** The fields as they were meant, while nothing is wrong with them. */
  sent?: Record<string, unknown>;
  /** This field holds what no field takes: the answer must name it. */
  wrong?: string;
}

type Valid = fc.Arbitrary<Record<string, unknown>>;

const word = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
  minLength: 1,
  maxLength: 12,
});
const credential = word.map((text) => `${CANARY}${text}`);
const headerName = fc.constantFrom('X-Api-Key', 'Authorization', 'X-Tenant', 'X_Odd~Name');

const plainUrl = fc.tuple(word, nastyText).map(([host, path]) => {
  const segment = encodeURIComponent(path.slice(0, 50).replace(/\p{Cs}/gu, ''));
  return `https://${host}.example/${segment}?q=${segment}`;
});
const urlWithCredentials = fc
  .tuple(word, credential, credential)
  .map(([host, password, token]) => `https://user:${password}@${host}.example/hooks?token=${token}&a=1`);
/** One character too many, somewhere in a URL with a password: before it, in it or after it. */
const brokenUrl = fc
  .tuple(
    fc.tuple(word, credential).map(([host, password]) => `https://user:${password}@${host}.example/hooks`),
    fc.nat({ max: 40 }),
    fc.constantFrom(' ', '\t', '\0', '\ud800', '@', '%', '<', '|', '*', '[', '"'),
  )
  .map(([url, at, character]) => `${url.slice(0, 8 + at)}${character}${url.slice(8 + at)}`);
const url = fc.oneof(
  { weight: 4, arbitrary: plainUrl },
  { weight: 3, arbitrary: urlWithCredentials },
  { weight: 1, arbitrary: brokenUrl },
);

const headers = fc.oneof(
  { weight: 6, arbitrary: fc.dictionary(headerName, credential, { maxKeys: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(nastyText, credential, { maxKeys: 3 }) },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      headerName,
      fc.tuple(credential, nastyText).map((parts) => parts.join('')),
      { maxKeys: 3 },
    ),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);
const eventType = fc.constantFrom(...EVENT_TYPES.map(({ name }) => name));
const pattern = fc.oneof(
  eventType,
  fc.constantFrom('*', 'booking.*', 'Booking Status Change', 'booking_update'),
);
const filters = fc.oneof(
  fc.constant(null),
  fc.record(
    {
      productIds: fc.array(word, { minLength: 1, maxLength: 4 }),
      statuses: fc.array(
        nastyText.filter((text) => /^[^\0\ud800-\udfff]{1,64}$/.test(text)),
        { minLength: 1, maxLength: 3 },
      ),
      changedPaths: fc.array(fc.constantFrom('/booking/status', '/a~1b', '/a~0', ''), {
        minLength: 1,
        maxLength: 3,
      }),
    },
    { requiredKeys: [] },
  ),
);
const common = {
  filters,
  profile: fc.constantFrom(
    'standard',
    'octo',
    'octo-notification',
    'checkfront',
    'capdata',
    'delay-care',
    'none',
  ),
  format: fc.constantFrom('json', 'xml', 'form'),
  locale: fc.constantFrom('en', 'de-at', 'zh-hant', 'x-private', null),
  useContactLanguage: fc.boolean(),
  retryOnError: fc.boolean(),
  headers,
  capabilities: fc.array(fc.constantFrom('octo/pricing', 'octo/content', 'a:b'), { maxLength: 3 }),
  maxInFlight: fc.integer({ min: 1, max: 100 }),
  transport: fc.constantFrom('push', 'pull', 'both'),
  ordering: fc.constantFrom('none', 'resource'),
  maxPerSecond: fc.constantFrom(1, 1_000, null),
  coalesceMs: fc.constantFrom(100, 600_000, null, null),
};

export const newWebhook: Valid = fc.record(
  {
    ...common,
    url,
    eventTypes: fc.array(pattern, { minLength: 1, maxLength: 4 }),
    signing: fc.constantFrom('standard', 'ed25519', 'hmac', 'none'),
    status: fc.constantFrom('active', 'inactive'),
  },
  { requiredKeys: ['url', 'eventTypes'] },
);
export const webhookPatch: Valid = fc.record(
  { ...common, url, eventTypes: fc.array(pattern, { minLength: 1, maxLength: 4 }) },
  { requiredKeys: [] },
);
export const preview: Valid = fc.record(
  {
    eventType,
    profile: common.profile,
    format: common.format,
    locale: common.locale,
    useContactLanguage: fc.boolean(),
    capabilities: common.capabilities,
  },
  { requiredKeys: ['eventType'] },
);
export const recovery: Valid = fc.record({
  since: fc.constantFrom(
    '2020-01-01',
    '2026-11-22T00:00:00Z',
    '0000-01-01',
    '9999-12-31',
    new Date(Date.now() - 1_000).toISOString(),
  ),
});
export const test: Valid = fc.record({ eventType }, { requiredKeys: [] });
export const octoWebhook: Valid = fc.record(
  {
    url,
    event: fc.constantFrom('booking_update', 'availability_update', 'product_update'),
    retryOnError: fc.boolean(),
    useContactLanguage: fc.boolean(),
    headers,
  },
  { requiredKeys: ['url'] },
);
export const octoSubscription: Valid = fc.record(
  {
    url,
    notificationTypes: fc.subarray([
      'BOOKING_UPDATE',
      'AVAILABILITY_UPDATE',
      'PRODUCT_UPDATE',
      'booking.updated',
    ]),
    headers,
  },
  { requiredKeys: ['url'] },
);

/** Bodies of one kind: fine ones, ones with one thing off, and no such thing at all. */
export function bodies(valid: Valid, names: readonly string[]): fc.Arbitrary<Fields> {
  const name = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: nastyText },
  );
  const with_ = (fields: Record<string, unknown>, field: string, value: unknown) =>
    Object.fromEntries([...Object.entries(fields), [field, value]]);
  return fc.oneof(
    { weight: 6, arbitrary: valid.map((sent) => ({ text: jsonText(sent), sent })) },
    {
      weight: 6,
      arbitrary: fc
        .tuple(valid, name, nastyValue)
        .map(([fields, field, value]) => ({ text: jsonText(with_(fields, field, value)) })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(valid, fc.constantFrom(...names), neverAccepted)
        .map(([fields, wrong, value]) => ({ text: jsonText(with_(fields, wrong, value)), wrong })),
    },
    { weight: 1, arbitrary: nastyValue.map((value) => ({ text: jsonText(value) })) },
    { weight: 1, arbitrary: nastyText.map((text) => ({ text })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(valid, fc.nat({ max: 60 }))
        .map(([fields, length]) => ({ text: jsonText(fields).slice(0, length) })),
    },
  );
}
