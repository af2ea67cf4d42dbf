import { OCTO_NOTIFICATION } from '../catalog/dialects/octo-notification.js';
import { OCTO } from '../catalog/dialects/octo.js';
import type { JsonSchema } from '../rendering/schemas/json-schema.js';
import { FLAG, list, object, oneOfWords, orNull, TEXT, UUID } from '../rendering/schemas/json-schema.js';
import { belowWebhooks } from '../webhooks/controller-structure.js';

const HEADERS: JsonSchema = { type: 'object', additionalProperties: TEXT };
const event = oneOfWords(...OCTO.map(({ name }) => name));
const notificationTypes = list(oneOfWords(...OCTO_NOTIFICATION.map(({ name }) => name)));
const CHOICES = { retryOnError: FLAG, useContactLanguage: FLAG };
const GIVEN = { headers: orNull(HEADERS) };
const BY_OPERATOR = { contractId: TEXT };

interface Resource {
  noun: string;
  creates: JsonSchema;
  patches: JsonSchema;
  gives: JsonSchema;
}

const WEBHOOK: Resource = {
  noun: 'webhook',
  creates: object({ url: TEXT, event }, { ...CHOICES, ...GIVEN, ...BY_OPERATOR }),
  patches: object({}, { url: TEXT, event, ...CHOICES, ...GIVEN }),
  gives: object({ id: UUID, event: TEXT, url: TEXT, ...CHOICES, headers: HEADERS, capabilities: list(TEXT) }),
};

const SUBSCRIPTION: Resource = {
  noun: 'subscription to notifications',
  creates: object({ url: TEXT, notificationTypes }, { ...GIVEN, ...BY_OPERATOR }),
  patches: object({}, { url: TEXT, notificationTypes, ...GIVEN }),
  gives: object({ id: UUID, url: TEXT, notificationTypes: list(TEXT), headers: HEADERS }),
};

const DELETED = object({ success: FLAG, message: TEXT });
const REFUSED = object({ error: TEXT, errorMessage: TEXT });

/** OCTO's own routes, for a host's document. */
export function octoPaths(path: string): Record<string, object> {
  return {
    ...resource(belowWebhooks(path, 'webhooks'), WEBHOOK),
    ...resource(belowWebhooks(path, 'notifications', 'subscriptions'), SUBSCRIPTION),
    ...resource(belowWebhooks(path, 'notifications', 'subcriptions'), SUBSCRIPTION),
  };
}

function resource(path: string, { noun, creates, patches, gives }: Resource): Record<string, object> {
  const parameters = [{ name: 'id', in: 'path', required: true, schema: TEXT }];
  return {
    [`/${path}`]: {
      post: { summary: `OCTO: create a ${noun}`, ...taking(creates), ...giving(gives) },
      get: { summary: `OCTO: list each ${noun}`, ...giving(list(gives)) },
    },
    [`/${path}/{id}`]: {
      get: { summary: `OCTO: read a ${noun}`, parameters, ...giving(gives) },
      patch: { summary: `OCTO: change a ${noun}`, parameters, ...taking(patches), ...giving(gives) },
      delete: { summary: `OCTO: delete a ${noun}`, parameters, ...giving(DELETED) },
    },
  };
}

function taking(schema: JsonSchema): object {
  return { requestBody: { content: { 'application/json': { schema } } } };
}

function giving(schema: JsonSchema): object {
  return {
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema } } },
      '4XX': {
        description: "Refused, in OCTO's words.",
        content: { 'application/json': { schema: REFUSED } },
      },
    },
  };
}
