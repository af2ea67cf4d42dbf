import { isOperational } from '../../catalog/operational-events.js';
import type { JsonSchema } from './json-schema.js';
import { ANY_OBJECT, INSTANT, object, oneOfWords, orNull, TEXT, UUID, WHOLE } from './json-schema.js';

/** What the news of a webhook is about. */
export const WEBHOOK_NEWS: JsonSchema = object({
  id: UUID,
  url: { ...TEXT, description: 'Its credentials are masked.' },
  status: oneOfWords('active', 'disabled'),
  reason: TEXT,
  lastStatusCode: { type: ['integer', 'null'] },
  failingSince: orNull(INSTANT),
  consecutiveFailures: WHOLE,
  nextAttemptAt: orNull(INSTANT),
  held: { type: ['integer', 'null'] },
});

/** The data of an event where a profile leaves it as it was published. */
export function publishedData(type: string): JsonSchema {
  return isOperational(type) ? object({ webhook: WEBHOOK_NEWS }) : ANY_OBJECT;
}
