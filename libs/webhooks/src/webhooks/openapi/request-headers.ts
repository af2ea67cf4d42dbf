import type { JsonSchema } from '../../rendering/schemas/json-schema.js';
import { INSTANT, TEXT, UUID } from '../../rendering/schemas/json-schema.js';

interface RequestHeader {
  name: string;
  required: boolean;
  schema: JsonSchema;
  description: string;
}

/** The headers of requests to partners. */
const HEADERS: RequestHeader[] = [
  {
    name: 'X-Webhook-Event',
    required: true,
    schema: TEXT,
    description: "The event's canonical type, in every profile.",
  },
  {
    name: 'Content-Language',
    required: true,
    schema: TEXT,
    description: 'The language of the texts in the body, a BCP 47 tag.',
  },
  {
    name: 'webhook-id',
    required: true,
    schema: UUID,
    description: "The event's id, the same on every attempt: what has come before is a duplicate.",
  },
  {
    name: 'webhook-timestamp',
    required: true,
    schema: { type: 'string', pattern: '^\\d+$' },
    description: 'The time of the attempt, epoch seconds. Refuse a request that is older than a few minutes.',
  },
  {
    name: 'webhook-signature',
    required: false,
    schema: TEXT,
    description:
      'Standard Webhooks signatures over id, timestamp and body, separated by spaces: `v1,` and HMAC-SHA256, `v1a,` and ' +
      'Ed25519, base64. While a secret rotates there is one for each. Absent for the schemes `hmac` and `none`.',
  },
  {
    name: 'X-CapData-Signature',
    required: false,
    schema: TEXT,
    description:
      'For the scheme `hmac` alone: HMAC-SHA256 of the body, hex. The webhook may have chosen another name and a prefix.',
  },
  {
    name: 'X-Idempotency-Key',
    required: false,
    schema: TEXT,
    description: 'In the profile `capdata`: the key of the event, the same on every attempt.',
  },
];

/** For `components.parameters`. */
export function headerParameters(): Record<string, object> {
  return Object.fromEntries(HEADERS.map((header) => [header.name, { in: 'header', ...header }]));
}

export function headerReferences(): { $ref: string }[] {
  return HEADERS.map(({ name }) => ({ $ref: `#/components/parameters/${name}` }));
}

/** What a receiver may answer, and what comes of it. */
export const RECEIVER_RESPONSES = {
  '2XX': { description: 'The event is taken. Answer before working on it.' },
  '410': { description: 'The receiver is gone: the webhook is disabled.' },
  default: {
    description:
      'Every other answer is a failure and tried again, with growing waits, unless the webhook asks for no retries.',
    headers: {
      'Retry-After': {
        description: 'Not before then: seconds, or a date.',
        schema: { anyOf: [TEXT, INSTANT] },
      },
    },
  },
};
