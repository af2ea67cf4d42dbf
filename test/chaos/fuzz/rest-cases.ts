import { getMetadataStorage } from 'class-validator';
import fc from 'fast-check';
import {
  ContractsQuery,
  CreateWebhookDto,
  DeliveryFilters,
  ExportWebhooksQuery,
  FeedQuery,
  ListDeliveriesQuery,
  ListWebhooksQuery,
  PreviewDto,
  UpdateWebhookDto,
  WebhookFilters,
} from 'nestjs-booking-webhooks';

import { nastyText } from './nasty-values.js';
import type { Fields } from './request-bodies.js';
import * as body from './request-bodies.js';
import { encoded, idSegment, queries } from './request-paths.js';

export type Caller = 'owner' | 'operator' | 'foreign' | 'nobody';

/** One request. In its path and its query, `{webhook}`, `{octo}`, `{subscription}` and `{delivery}` stand for ids that exist. */
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
const EXPORT = fieldsOf(ExportWebhooksQuery);
const DELIVERIES = fieldsOf(ListDeliveriesQuery);
const PREVIEW = fieldsOf(PreviewDto);
const RECOVERY = ['since'];
const TEST = ['eventType'];
const OCTO_WEBHOOK = ['url', 'event', 'retryOnError', 'useContactLanguage', 'headers', 'contractId'];
const OCTO_SUBSCRIPTION = ['url', 'notificationTypes', 'headers', 'contractId'];

const caller = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Caller>('owner') },
  { weight: 2, arbitrary: fc.constant<Caller>('operator') },
  { weight: 2, arbitrary: fc.constant<Caller>('foreign') },
  { weight: 1, arbitrary: fc.constant<Caller>('nobody') },
);
const target = fc.nat({ max: TARGETS - 1 });

/** How a route is called. */
interface RouteCases {
  /** How often, beside the others. */
  weight: number;
  query?: fc.Arbitrary<Fields>;
  body?: fc.Arbitrary<Fields>;
  headers?: fc.Arbitrary<Record<string, string>>;
}

const recoveryQuery = body.recovery.map(({ since }) => ({ text: `since=${encoded(String(since))}` }));
const idsQuery = fc
  .constantFrom('ids={webhook}', 'ids={webhook},x', 'ids={octo}&ids={octo}')
  .map((text) => ({ text }));
const anyBody = body.bodies(fc.constant({}), ['since', 'eventType', 'x']);

/** By method and path, as the application names them. */
const OWN: Record<string, RouteCases> = {
  'POST /webhooks': { weight: 10, body: body.bodies(body.newWebhook, NEW) },
  'GET /webhooks': { weight: 8, query: queries(LIST) },
  'GET /webhooks/count': { weight: 2, query: queries(fieldsOf(WebhookFilters)) },
  'GET /webhooks/contracts': { weight: 2, query: queries(fieldsOf(ContractsQuery)) },
  'GET /webhooks/statistics': { weight: 2, query: fc.oneof(queries(['ids']), idsQuery) },
  'GET /webhooks/export.csv': { weight: 3, query: queries(EXPORT) },
  'GET /webhooks/export.xlsx': { weight: 2, query: queries(EXPORT) },
  'GET /webhooks/:id': { weight: 3, query: queries(['x']) },
  'PATCH /webhooks/:id': { weight: 10, body: body.bodies(body.webhookPatch, PATCH) },
  'DELETE /webhooks/:id': { weight: 1 },
  'POST /webhooks/:id/activate': { weight: 1, body: anyBody },
  'POST /webhooks/:id/deactivate': { weight: 1, body: anyBody },
  'POST /webhooks/:id/rotate-secret': { weight: 1, body: anyBody },
  'GET /webhooks/:id/deliveries': { weight: 8, query: queries(DELIVERIES) },
  'GET /webhooks/:id/deliveries/live': { weight: 2, query: queries(fieldsOf(DeliveryFilters)) },
  'GET /webhooks/:id/events': { weight: 4, query: queries(fieldsOf(FeedQuery)) },
  'POST /webhooks/:id/recover': { weight: 3, body: body.bodies(body.recovery, RECOVERY) },
  'GET /webhooks/:id/recovery': { weight: 3, query: fc.oneof(queries(RECOVERY), recoveryQuery) },
  'POST /webhooks/:id/test': { weight: 2, body: body.bodies(body.test, TEST) },
  'POST /webhooks/preview': { weight: 6, body: body.bodies(body.preview, PREVIEW) },
  'GET /webhooks/openapi.json': { weight: 1, query: queries(['x']) },
  'GET /webhooks/portal': { weight: 1, query: queries(['x']) },
  'GET /webhooks/portal/': { weight: 1, query: queries(['x']) },
  'GET /webhooks/portal/assets/:name': { weight: 2 },
  'GET /event-types': { weight: 3, query: queries(['dialect', 'locale']) },
  'GET /deliveries/:id': { weight: 3 },
  'POST /deliveries/:id/redeliver': { weight: 1, body: anyBody },
};

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
const headers = fc.oneof(
  { weight: 9, arbitrary: capability.map((list) => ({ 'octo-capabilities': list })) },
  { weight: 1, arbitrary: fc.constant({}) },
);
const octoQuery = nastyText.map((text) => ({ text: `_capabilities=${encoded(text.slice(0, 500))}` }));

function octoRoutes(path: string, fields: fc.Arbitrary<Fields>): Record<string, RouteCases> {
  return {
    [`POST ${path}`]: { weight: 3, body: fields, headers },
    [`GET ${path}`]: { weight: 1, query: octoQuery, headers },
    [`GET ${path}/:id`]: { weight: 1, headers },
    [`PATCH ${path}/:id`]: { weight: 3, body: fields, headers },
    [`DELETE ${path}/:id`]: { weight: 1, headers },
  };
}

const subscriptions = body.bodies(body.octoSubscription, OCTO_SUBSCRIPTION);

/** Every route of the module. */
const ROUTES: Record<string, RouteCases> = {
  ...OWN,
  ...octoRoutes('/octo/webhooks', body.bodies(body.octoWebhook, OCTO_WEBHOOK)),
  ...octoRoutes('/octo/notifications/subscriptions', subscriptions),
  ...octoRoutes('/octo/notifications/subcriptions', subscriptions),
};

export const restCases: fc.Arbitrary<RestCase> = fc.oneof(
  ...Object.entries(ROUTES).map(([route, { weight, ...parts }]) => {
    const [method = '', path = ''] = route.split(' ');
    const cases = {
      method: fc.constant(method as RestCase['method']),
      path: filled(path),
      caller,
      target,
      ...parts,
    };
    return { weight, arbitrary: fc.record(cases) };
  }),
);

/** The path with an id that exists where one stands, or with anything else. */
function filled(path: string): fc.Arbitrary<string> {
  const [before = '', after] = path.split(/\/:\w+/);
  return after === undefined
    ? fc.constant(path)
    : idSegment(placeholderOf(path)).map((id) => `${before}/${id}${after}`);
}

function placeholderOf(path: string): string {
  if (path.startsWith('/octo/')) return path.startsWith('/octo/webhooks/') ? '{octo}' : '{subscription}';
  if (path.endsWith('/assets/:name')) return 'index.js';
  return path.startsWith('/deliveries/') ? '{delivery}' : '{webhook}';
}

/** What the cases and the routes of the running application do not have in common. */
export function uncovered(routes: readonly string[]): string[] {
  return [
    ...routes.filter((route) => !(route in ROUTES)).map((route) => `no case is made for ${route}`),
    ...Object.keys(ROUTES)
      .filter((route) => !routes.includes(route))
      .map((route) => `the application has no ${route}`),
  ];
}
