import { isOperational } from '../../catalog/operational-events.js';
import type { BodySchema } from './json-schema.js';
import { ANY_OBJECT, INSTANT, nounOf, object } from './json-schema.js';
import { publishedData } from './webhook-news.js';

/** The envelope of Standard Webhooks around the data as the host published it. */
export function standardSchema(type: string): BodySchema {
  const data = isOperational(type) ? publishedData(type) : object({}, { [nounOf(type)]: ANY_OBJECT });
  return { name: `standard.${type}`, schema: object({ type: { const: type }, timestamp: INSTANT, data }) };
}
