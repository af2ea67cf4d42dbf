import type { JsonSchema } from '../../rendering/schemas/json-schema.js';
import {
  ANY_OBJECT,
  FLAG,
  INSTANT,
  list,
  object,
  oneOfWords,
  orNull,
  TEXT,
  TEXT_OR_NULL,
  UUID,
  WHOLE,
} from '../../rendering/schemas/json-schema.js';

const HEADERS: JsonSchema = { type: 'object', additionalProperties: TEXT };

/** What a partner chooses, at a creation and later. */
const CHOICES = {
  filters: orNull(ANY_OBJECT),
  profile: TEXT,
  format: oneOfWords('json', 'xml', 'form'),
  locale: TEXT_OR_NULL,
  useContactLanguage: FLAG,
  retryOnError: FLAG,
  headers: orNull(HEADERS),
  capabilities: list(TEXT),
  maxInFlight: { type: 'integer', minimum: 1, maximum: 100 },
  transport: oneOfWords('push', 'pull', 'both'),
  coalesceMs: orNull({ type: 'integer', minimum: 100, maximum: 600_000 }),
  ordering: oneOfWords('none', 'resource'),
  maxPerSecond: orNull({ type: 'integer', minimum: 1, maximum: 1000 }),
};
const EVENT_TYPES = { eventTypes: list(TEXT) };

const NEW_WEBHOOK = object(EVENT_TYPES, {
  url: { ...TEXT, description: 'Required unless the transport is `pull`.' },
  ...CHOICES,
  contractId: TEXT,
  signing: oneOfWords('standard', 'ed25519', 'hmac', 'none'),
  signatureHeader: TEXT,
  signaturePrefix: TEXT,
  status: oneOfWords('active', 'inactive'),
});

const WEBHOOK = object(
  {
    id: UUID,
    contractId: TEXT,
    url: TEXT_OR_NULL,
    ...EVENT_TYPES,
    ...CHOICES,
    signing: ANY_OBJECT,
    status: oneOfWords('active', 'inactive', 'disabled'),
    disabledReason: TEXT_OR_NULL,
    health: ANY_OBJECT,
    createdAt: INSTANT,
    updatedAt: INSTANT,
  },
  { secret: { ...TEXT, description: 'Only in the answers to a creation and to a rotation.' } },
);

const DELIVERY = object(
  {
    id: UUID,
    webhookId: UUID,
    eventId: UUID,
    eventType: TEXT,
    status: TEXT,
    attemptCount: WHOLE,
    supersededBy: TEXT_OR_NULL,
  },
  { attempts: list(ANY_OBJECT) },
);

const SENT_REQUEST = object({ method: TEXT, url: TEXT, headers: HEADERS, body: TEXT });

const FED_EVENT = object({ id: UUID, type: TEXT, headers: HEADERS, body: TEXT });

const HOUR = { start: INSTANT, succeeded: WHOLE, failed: WHOLE };
const STATISTICS = object({
  webhookId: UUID,
  since: INSTANT,
  succeeded: WHOLE,
  failed: WHOLE,
  partial: FLAG,
  hours: list(object(HOUR)),
});

const page = (items: JsonSchema) => object({ data: list(items), nextCursor: TEXT_OR_NULL });
const reference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** The bodies of the REST resources, in brief. */
export const REST_SCHEMAS: Record<string, JsonSchema> = {
  NewWebhook: NEW_WEBHOOK,
  WebhookPatch: object({}, { url: TEXT, ...EVENT_TYPES, ...CHOICES }),
  Webhook: WEBHOOK,
  WebhookPage: page(reference('Webhook')),
  Delivery: DELIVERY,
  DeliveryPage: page(reference('Delivery')),
  FeedPage: object({ data: list(FED_EVENT), nextCursor: TEXT, hasMore: FLAG }),
  TestedDelivery: { allOf: [reference('Delivery'), object({ request: orNull(SENT_REQUEST) })] },
  LiveDeliveries: object({
    items: list(reference('Delivery')),
    counts: object({ pending: WHOLE, held: WHOLE }),
  }),
  Count: object({ count: WHOLE }),
  Contracts: object({ items: list(TEXT) }),
  Statistics: object({ items: list(STATISTICS) }),
  EventTypes: object({
    data: list(object({ name: TEXT, dialect: TEXT, label: TEXT, description: TEXT, types: list(TEXT) })),
  }),
  SendTest: object({}, { eventType: TEXT }),
  Recover: object({ since: INSTANT }),
  Recovered: object({ recovered: WHOLE }),
  RecoveryPreview: object({ deliveries: WHOLE, failed: WHOLE, missed: WHOLE, olderThanWebhook: WHOLE }),
  Preview: object(
    {},
    {
      eventId: UUID,
      eventType: TEXT,
      profile: TEXT,
      format: CHOICES.format,
      locale: TEXT_OR_NULL,
      useContactLanguage: FLAG,
      capabilities: list(TEXT),
    },
  ),
  PreviewedBody: object({ contentType: TEXT, contentLanguage: TEXT, body: TEXT, bodySha256: TEXT }),
  Error: object({ statusCode: WHOLE, code: TEXT, message: TEXT }, { errors: list(ANY_OBJECT) }),
};
