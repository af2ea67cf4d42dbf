import { createRequire } from 'node:module';

import type { Type } from '@nestjs/common';
import { RequestMethod } from '@nestjs/common';
import type * as NestSwagger from '@nestjs/swagger';

import { DeliveryFilters, ListDeliveriesQuery } from './deliveries/list-deliveries.query.js';
import { ExportWebhooksQuery } from './export/export-webhooks.query.js';
import { octoPaths } from './octo/octo-paths.js';
import type { JsonSchema } from './rendering/schemas/json-schema.js';
import { ANY_OBJECT } from './rendering/schemas/json-schema.js';
import type { WebhooksStructure } from './webhooks.options.js';
import { belowWebhooks } from './webhooks/controller-structure.js';
import { CreateWebhookDto } from './webhooks/create-webhook.dto.js';
import { ListWebhooksQuery, WebhookFilters } from './webhooks/list-webhooks.query.js';
import { inlined } from './webhooks/openapi/inlined-schema.js';
import { OPENAPI_FILE } from './webhooks/openapi/openapi.controller.js';
import {
  DELIVERY_FILTERS,
  PAGE,
  SORT,
  TIME_ZONE,
  WEBHOOK_FILTERS,
} from './webhooks/openapi/query-parameters.js';
import { restPaths } from './webhooks/openapi/rest-paths.js';
import { REST_SCHEMAS } from './webhooks/openapi/rest-schemas.js';
import { PreviewDto } from './webhooks/preview-input.dto.js';
import { UpdateWebhookDto } from './webhooks/update-webhook.dto.js';

type Swagger = typeof NestSwagger;
type Handler = (...args: never[]) => unknown;
type Content = Record<string, { schema: JsonSchema }>;

/** As the module's own document has them. */
interface Operation {
  summary: string;
  parameters?: { name: string; in: string; required?: boolean; schema: JsonSchema }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

const EVERY_QUERY = { ...WEBHOOK_FILTERS, ...SORT };

/** The classes that hosts put on routes of their own. */
const MODELS: [model: Type, schema: JsonSchema][] = [
  [CreateWebhookDto, REST_SCHEMAS.NewWebhook ?? {}],
  [UpdateWebhookDto, REST_SCHEMAS.WebhookPatch ?? {}],
  [PreviewDto, REST_SCHEMAS.Preview ?? {}],
  [WebhookFilters, { properties: WEBHOOK_FILTERS }],
  [ListWebhooksQuery, { properties: { ...EVERY_QUERY, ...PAGE } }],
  [ExportWebhooksQuery, { properties: { ...EVERY_QUERY, ...TIME_ZONE } }],
  [DeliveryFilters, { properties: DELIVERY_FILTERS }],
  [ListDeliveriesQuery, { properties: { ...DELIVERY_FILTERS, ...PAGE } }],
];

/** Handlers are shared by all modules of a process, and lists of parameters would grow with each. */
const described = new WeakSet<object>();

/**
 * Puts `@nestjs/swagger`'s decorators on the module's controllers and inputs, where a host has that package: what they say is
 * what the module's own document says. The portal is a page and no API.
 */
export function describedForSwagger(
  controllers: Type[],
  { path, octo }: Required<Pick<WebhooksStructure, 'path' | 'octo'>>,
): Type[] {
  const swagger = controllers.length > 0 ? loaded() : undefined;
  if (!swagger) return controllers;
  for (const [model, schema] of MODELS) once(model, () => describeModel(swagger, model, schema));
  const operations = {
    ...restPaths(path),
    ...ownDocument(path),
    ...(octo ? octoPaths(octo.path ?? 'octo') : {}),
  } as Record<string, Record<string, Operation>>;
  for (const controller of controllers) describeController(swagger, controller, operations);
  return controllers;
}

function ownDocument(path: string): Record<string, object> {
  const content = { 'application/json': { schema: ANY_OBJECT } };
  const responses = { 200: { description: 'OpenAPI 3.1.', content }, '4XX': { description: 'Refused.' } };
  const summary = 'The requests that webhooks get, for generated receivers';
  return { [`/${belowWebhooks(path, OPENAPI_FILE)}`]: { get: { summary, responses } } };
}

/** At once and not by import(): Nest reads the decorators of what `forRoot` returns. */
function loaded(): Swagger | undefined {
  try {
    return createRequire(import.meta.url)('@nestjs/swagger') as Swagger;
  } catch {
    return undefined;
  }
}

function describeController(
  swagger: Swagger,
  controller: Type,
  operations: Record<string, Record<string, Operation>>,
): void {
  let known = 0;
  for (const { handler, method, paths } of routesOf(controller)) {
    const operation = paths.map((path) => operations[path]?.[method]).find(Boolean);
    if (!operation) continue;
    known += 1;
    once(handler, () => describeRoute(swagger, handler, operation));
  }
  if (known > 0) swagger.ApiTags('webhooks')(controller);
  else swagger.ApiExcludeController()(controller);
}

/** Nest's own metadata, by the names that swagger itself reads. */
function routesOf(controller: Type): { handler: Handler; method: string; paths: string[] }[] {
  const bases = [Reflect.getMetadata('path', controller) as string | string[]].flat();
  const names = new Set<string>();
  for (
    let at = controller.prototype as object | null;
    at && at !== Object.prototype;
    at = Object.getPrototypeOf(at) as object | null
  )
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  const prototype = controller.prototype as Record<string, Handler>;
  return [...names].flatMap((name) => {
    const handler = name === 'constructor' ? undefined : prototype[name];
    const verb: unknown = handler && Reflect.getMetadata('method', handler);
    if (!handler || typeof verb !== 'number') return [];
    const own = Reflect.getMetadata('path', handler) as string;
    const method = (RequestMethod[verb] ?? '').toLowerCase();
    return [{ handler, method, paths: bases.map((base) => templated(`/${base}/${own}`)) }];
  });
}

function templated(path: string): string {
  return path
    .replace(/\/+/g, '/')
    .replace(/(.)\/$/, '$1')
    .replace(/:(\w+)/g, '{$1}');
}

function describeRoute(swagger: Swagger, handler: Handler, operation: Operation): void {
  const { summary, parameters = [], requestBody, responses } = operation;
  const decorators: MethodDecorator[] = [swagger.ApiOperation({ summary })];
  for (const { name, in: place, required = false, schema } of parameters) {
    const parameter = { name, schema: inlined(schema) };
    decorators.push(
      place === 'path' ? swagger.ApiParam(parameter) : swagger.ApiQuery({ ...parameter, required }),
    );
  }
  const [body] = Object.values(requestBody?.content ?? {});
  if (body) decorators.push(swagger.ApiBody({ schema: inlined(body.schema) }));
  for (const [status, { description, content = {} }] of Object.entries(responses)) {
    const inline = Object.entries(content).map(([type, { schema }]) => [type, { schema: inlined(schema) }]);
    const answer = {
      status: /^\d+$/.test(status) ? Number(status) : status,
      description,
      ...(inline.length > 0 && { content: Object.fromEntries(inline) as object }),
    };
    decorators.push(swagger.ApiResponse(answer as NestSwagger.ApiResponseOptions));
  }
  for (const decorate of decorators) decorate({}, '', { value: handler });
}

function describeModel(swagger: Swagger, model: Type, schema: JsonSchema): void {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  for (const [name, property] of Object.entries(properties)) {
    const options = { ...inlined(property), required: required.includes(name) };
    swagger.ApiProperty(options)(model.prototype as object, name);
  }
}

function once(subject: object, describe: () => void): void {
  if (described.has(subject)) return;
  described.add(subject);
  describe();
}
