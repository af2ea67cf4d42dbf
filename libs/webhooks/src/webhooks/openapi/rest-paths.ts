import { INSTANT } from '../../rendering/schemas/json-schema.js';
import { belowWebhooks, besideWebhooks } from '../controller-structure.js';

interface Route {
  method: 'get' | 'post' | 'patch' | 'delete';
  path: string;
  summary: string;
  status?: 200 | 201 | 202 | 204;
  /** Query parameters that have to be there, each an instant. */
  query?: string[];
  /** Names below `components.schemas`. */
  takes?: string;
  gives?: string;
}

/** The REST resources in brief: which there are, what they take and what they give. */
export function restPaths(path: string): Record<string, object> {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routesAt(path)) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  }
  return paths;
}

function routesAt(path: string): Route[] {
  const webhooks = `/${belowWebhooks(path)}`;
  const webhook = `${webhooks}/{id}`;
  const deliveries = `/${besideWebhooks(path, 'deliveries')}`;
  return [
    {
      method: 'get',
      path: `/${besideWebhooks(path, 'event-types')}`,
      summary: 'What webhooks can ask for',
      gives: 'EventTypes',
    },
    {
      method: 'post',
      path: webhooks,
      summary: 'Create a webhook',
      status: 201,
      takes: 'NewWebhook',
      gives: 'Webhook',
    },
    { method: 'get', path: webhooks, summary: 'List, filter and sort webhooks', gives: 'WebhookPage' },
    { method: 'get', path: webhook, summary: 'Read a webhook', gives: 'Webhook' },
    { method: 'patch', path: webhook, summary: 'Change a webhook', takes: 'WebhookPatch', gives: 'Webhook' },
    { method: 'delete', path: webhook, summary: 'Delete a webhook', status: 204 },
    { method: 'post', path: `${webhook}/activate`, summary: 'Switch a webhook on', gives: 'Webhook' },
    { method: 'post', path: `${webhook}/deactivate`, summary: 'Switch a webhook off', gives: 'Webhook' },
    { method: 'post', path: `${webhook}/rotate-secret`, summary: 'Get a new secret', gives: 'Webhook' },
    {
      method: 'post',
      path: `${webhook}/test`,
      summary: 'Send a sample at once',
      takes: 'SendTest',
      gives: 'Delivery',
    },
    {
      method: 'post',
      path: `${webhook}/recover`,
      summary: 'Send what was missed',
      takes: 'Recover',
      gives: 'Recovered',
    },
    {
      method: 'get',
      path: `${webhook}/recovery`,
      summary: 'Count what was missed, without sending it',
      query: ['since'],
      gives: 'RecoveryPreview',
    },
    { method: 'get', path: `${webhook}/deliveries`, summary: 'List what was sent', gives: 'DeliveryPage' },
    {
      method: 'get',
      path: `${deliveries}/{id}`,
      summary: 'Read a delivery with its attempts',
      gives: 'Delivery',
    },
    {
      method: 'post',
      path: `${deliveries}/{id}/redeliver`,
      summary: 'Send a delivery again',
      status: 202,
      gives: 'Delivery',
    },
    {
      method: 'post',
      path: `${webhooks}/preview`,
      summary: 'See a body without sending it',
      takes: 'Preview',
      gives: 'PreviewedBody',
    },
  ];
}

function operation({ path, summary, status = 200, query = [], takes, gives }: Route): object {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const parameters = [
    ...(path.includes('{id}') ? [id] : []),
    ...query.map((name) => ({ name, in: 'query', required: true, schema: INSTANT })),
  ];
  return {
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(takes === undefined ? {} : { requestBody: { content: json(takes) } }),
    responses: {
      [status]: { description: 'Done.', ...(gives === undefined ? {} : { content: json(gives) }) },
      '4XX': { description: 'Refused, with why and what would be accepted.', content: json('Error') },
    },
  };
}

function json(name: string): object {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}
