import type { JsonSchema } from '../../rendering/schemas/json-schema.js';
import { INSTANT, TEXT } from '../../rendering/schemas/json-schema.js';
import { belowWebhooks, besideWebhooks } from '../controller-structure.js';
import { DELIVERY_FILTERS, FEED_PLACE, PAGE, SORT, TIME_ZONE, WEBHOOK_FILTERS } from './query-parameters.js';

interface Route {
  method: 'get' | 'post' | 'patch' | 'delete';
  path: string;
  summary: string;
  status?: 200 | 201 | 202 | 204;
  /** Query parameters that have to be there. */
  query?: Record<string, JsonSchema>;
  /** Those that may be left out. */
  options?: Record<string, JsonSchema>;
  /** Names below `components.schemas`. */
  takes?: string;
  gives?: string;
  /** What the answer is instead of JSON. */
  as?: string;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

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
    {
      method: 'get',
      path: webhooks,
      summary: 'List, filter and sort webhooks',
      options: { ...WEBHOOK_FILTERS, ...SORT, ...PAGE },
      gives: 'WebhookPage',
    },
    {
      method: 'get',
      path: `${webhooks}/count`,
      summary: 'Count webhooks',
      options: WEBHOOK_FILTERS,
      gives: 'Count',
    },
    {
      method: 'get',
      path: `${webhooks}/contracts`,
      summary: 'The first fifty contracts that have webhooks',
      options: { search: TEXT },
      gives: 'Contracts',
    },
    {
      method: 'get',
      path: `${webhooks}/statistics`,
      summary: 'How the deliveries of the last 24 hours fared',
      query: {
        ids: {
          ...TEXT,
          description:
            '1 to 200 ids of webhooks, separated by commas; those that are not there are left out.',
        },
      },
      gives: 'Statistics',
    },
    {
      method: 'get',
      path: `${webhooks}/export.xlsx`,
      summary: 'All webhooks that match, for a spreadsheet',
      options: { ...WEBHOOK_FILTERS, ...SORT, ...TIME_ZONE },
      as: XLSX,
    },
    {
      method: 'get',
      path: `${webhooks}/export.csv`,
      summary: 'All webhooks that match, as comma-separated values',
      options: { ...WEBHOOK_FILTERS, ...SORT, ...TIME_ZONE },
      as: 'text/csv',
    },
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
      gives: 'TestedDelivery',
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
      query: { since: INSTANT },
      gives: 'RecoveryPreview',
    },
    {
      method: 'get',
      path: `${webhook}/deliveries`,
      summary: 'List what was sent',
      options: { ...DELIVERY_FILTERS, ...PAGE },
      gives: 'DeliveryPage',
    },
    {
      method: 'get',
      path: `${webhook}/events`,
      summary: 'Fetch events, for a webhook with the transport `pull` or `both`',
      options: FEED_PLACE,
      gives: 'FeedPage',
    },
    {
      method: 'get',
      path: `${webhook}/deliveries/live`,
      summary: 'Hear of deliveries as they happen: messages `deliveries`, each with a LiveDeliveries',
      options: DELIVERY_FILTERS,
      as: 'text/event-stream',
    },
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

function operation(route: Route): object {
  const { path, summary, status = 200, query = {}, options = {}, takes, gives, as } = route;
  const id = { name: 'id', in: 'path', required: true, schema: TEXT };
  const parameters = [
    ...(path.includes('{id}') ? [id] : []),
    ...Object.entries(query).map(([name, schema]) => ({ name, in: 'query', required: true, schema })),
    ...Object.entries(options).map(([name, schema]) => ({ name, in: 'query', schema })),
  ];
  const content = as === undefined ? gives && json(gives) : { [as]: { schema: TEXT } };
  return {
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(takes === undefined ? {} : { requestBody: { content: json(takes) } }),
    responses: {
      [status]: { description: 'Done.', ...(content === undefined ? {} : { content }) },
      '4XX': { description: 'Refused, with why and what would be accepted.', content: json('Error') },
    },
  };
}

function json(name: string): object {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}
