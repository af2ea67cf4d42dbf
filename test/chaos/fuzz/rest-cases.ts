import { getMetadataStorage } from 'class-validator';
import fc from 'fast-check';
import {
  CreateWebhookDto,
  ListDeliveriesQuery,
  ListWebhooksQuery,
  PreviewDto,
  UpdateWebhookDto,
} from 'nestjs-booking-webhooks';

import { nastyText } from './nasty-values.js';
import type { Fields } from './request-bodies.js';
import * as body from './request-bodies.js';
import { encoded, idSegment, queries } from './request-paths.js';

export type Caller = 'owner' | 'operator' | 'foreign' | 'nobody';

/** One request. In its path, `{webhook}`, `{octo}`, `{subscription}` and `{delivery}` stand for ids that exist. */
export interface RestCase {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  caller: Caller;
  /** Which of the existing things the path is about. */
  target: number;
  query?: Fields;
  body?: Fields;
  headers?: Record<string, string>;
}

export const TARGETS = 8;

/** What a class of the module takes, so that a field that is added is fuzzed from then on. */
function fieldsOf(dto: new () => object): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}

const NEW = fieldsOf(CreateWebhookDto);
const PATCH = fieldsOf(UpdateWebhookDto);
const LIST = fieldsOf(ListWebhooksQuery);
const DELIVERIES = fieldsOf(ListDeliveriesQuery);
const PREVIEW = fieldsOf(PreviewDto);
const OCTO_WEBHOOK = ['url', 'event', 'retryOnError', 'useContactLanguage', 'headers', 'contractId'];
const OCTO_SUBSCRIPTION = ['url', 'notificationTypes', 'headers', 'contractId'];

const caller = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Caller>('owner') },
  { weight: 2, arbitrary: fc.constant<Caller>('operator') },
  { weight: 2, arbitrary: fc.constant<Caller>('foreign') },
  { weight: 1, arbitrary: fc.constant<Caller>('nobody') },
);
const target = fc.nat({ max: TARGETS - 1 });

interface Parts {
  query?: fc.Arbitrary<Fields>;
  body?: fc.Arbitrary<Fields>;
  headers?: fc.Arbitrary<Record<string, string>>;
}

function route(
  method: RestCase['method'],
  path: fc.Arbitrary<string>,
  parts: Parts = {},
): fc.Arbitrary<RestCase> {
  return fc.record({ method: fc.constant(method), path, caller, target, ...parts });
}

function at(before: string, placeholder?: string, after = ''): fc.Arbitrary<string> {
  return placeholder === undefined
    ? fc.constant(before)
    : idSegment(placeholder).map((id) => `${before}/${id}${after}`);
}

const anyBody = body.bodies(fc.constant({}), ['since', 'eventType', 'x']);

const OWN: [weight: number, cases: fc.Arbitrary<RestCase>][] = [
  [10, route('POST', at('/webhooks'), { body: body.bodies(body.newWebhook, NEW) })],
  [10, route('PATCH', at('/webhooks', '{webhook}'), { body: body.bodies(body.webhookPatch, PATCH) })],
  [8, route('GET', at('/webhooks'), { query: queries(LIST) })],
  [8, route('GET', at('/webhooks', '{webhook}', '/deliveries'), { query: queries(DELIVERIES) })],
  [3, route('GET', at('/webhooks', '{webhook}'), { query: queries(['x']) })],
  [1, route('DELETE', at('/webhooks', '{webhook}'))],
  [1, route('POST', at('/webhooks', '{webhook}', '/activate'), { body: anyBody })],
  [1, route('POST', at('/webhooks', '{webhook}', '/deactivate'), { body: anyBody })],
  [1, route('POST', at('/webhooks', '{webhook}', '/rotate-secret'), { body: anyBody })],
  [
    3,
    route('POST', at('/webhooks', '{webhook}', '/recover'), { body: body.bodies(body.recovery, ['since']) }),
  ],
  [2, route('POST', at('/webhooks', '{webhook}', '/test'), { body: body.bodies(body.test, ['eventType']) })],
  [6, route('POST', at('/webhooks/preview'), { body: body.bodies(body.preview, PREVIEW) })],
  [3, route('GET', at('/event-types'), { query: queries(['dialect', 'locale']) })],
  [1, route('GET', at('/webhooks/openapi.json'), { query: queries(['x']) })],
  [3, route('GET', at('/deliveries', '{delivery}'))],
  [1, route('POST', at('/deliveries', '{delivery}', '/redeliver'), { body: anyBody })],
];

const capability = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '',
      'octo/pricing',
      'octo/content, octo/pricing',
      ',,',
      'octo pricing',
      'a'.repeat(65),
    ),
  },
  { weight: 1, arbitrary: nastyText.map((text) => text.replace(/[^\t\x20-\x7e]/g, '?').slice(0, 4_000)) },
  {
    weight: 1,
    arbitrary: fc.constant(
      Array<string>(60)
        .fill('x')
        .map((x, index) => `${x}${index}`)
        .join(','),
    ),
  },
);
const octo = fc.oneof(
  { weight: 9, arbitrary: capability.map((list) => ({ 'octo-capabilities': list })) },
  { weight: 1, arbitrary: fc.constant({}) },
);
const octoQuery = nastyText.map((text) => ({ text: `_capabilities=${encoded(text.slice(0, 500))}` }));

function octoRoutes(
  path: string,
  id: string,
  fields: fc.Arbitrary<Fields>,
): [number, fc.Arbitrary<RestCase>][] {
  return [
    [3, route('POST', at(path), { body: fields, headers: octo })],
    [3, route('PATCH', at(path, id), { body: fields, headers: octo })],
    [1, route('GET', at(path), { query: octoQuery, headers: octo })],
    [1, route('GET', at(path, id), { headers: octo })],
    [1, route('DELETE', at(path, id), { headers: octo })],
  ];
}

const OCTO = [
  ...octoRoutes('/octo/webhooks', '{octo}', body.bodies(body.octoWebhook, OCTO_WEBHOOK)),
  ...octoRoutes(
    '/octo/notifications/subscriptions',
    '{subscription}',
    body.bodies(body.octoSubscription, OCTO_SUBSCRIPTION),
  ),
];

/** Every route of the module. */
export const restCases: fc.Arbitrary<RestCase> = fc.oneof(
  ...[...OWN, ...OCTO].map(([weight, arbitrary]) => ({ weight, arbitrary })),
);
