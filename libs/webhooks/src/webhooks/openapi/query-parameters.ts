import type { JsonSchema } from '../../rendering/schemas/json-schema.js';
import { FLAG, INSTANT, oneOfWords, TEXT } from '../../rendering/schemas/json-schema.js';
import { SORTS } from '../list-webhooks.query.js';

type Parameters = Record<string, JsonSchema>;

export const WEBHOOK_FILTERS: Parameters = {
  id: TEXT,
  contractId: TEXT,
  url: { ...TEXT, description: 'A part of it, in any case.' },
  eventType: TEXT,
  profile: TEXT,
  format: TEXT,
  locale: TEXT,
  useContactLanguage: FLAG,
  retryOnError: FLAG,
  capability: TEXT,
  maxInFlight: { type: 'integer', minimum: 1, maximum: 100 },
  ordering: oneOfWords('none', 'resource'),
  transport: oneOfWords('push', 'pull', 'both'),
  maxPerSecond: { type: 'integer', minimum: 1, maximum: 1000 },
  status: oneOfWords('active', 'inactive', 'disabled'),
  disabledReason: oneOfWords('gone', 'exhausted', 'failures'),
  failing: FLAG,
  createdSince: INSTANT,
  createdUntil: INSTANT,
  updatedSince: INSTANT,
  updatedUntil: INSTANT,
};

export const SORT: Parameters = { sort: oneOfWords(...SORTS.flatMap((field) => [field, `-${field}`])) };

export const PAGE: Parameters = {
  limit: { type: 'integer', minimum: 1, maximum: 200 },
  cursor: { ...TEXT, description: 'The `nextCursor` of the page before.' },
};

export const FEED_PLACE: Parameters = {
  after: {
    ...TEXT,
    description: 'The `nextCursor` of the last answer; from the oldest event unless it is given.',
  },
  limit: PAGE.limit ?? {},
};

export const TIME_ZONE: Parameters = {
  timeZone: {
    ...TEXT,
    description: "The IANA time zone of the time in the file's name; UTC unless it is given.",
  },
};

export const DELIVERY_FILTERS: Parameters = {
  status: oneOfWords('pending', 'succeeded', 'exhausted', 'held', 'cancelled', 'offered', 'superseded'),
  eventType: TEXT,
  trigger: oneOfWords('scheduled', 'manual', 'test'),
  eventId: TEXT,
  since: INSTANT,
  until: INSTANT,
};
