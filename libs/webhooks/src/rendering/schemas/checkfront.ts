import { checkfrontSubject, checkfrontWords } from './checkfront-words.js';
import type { BodySchema, JsonSchema } from './json-schema.js';
import {
  ANY_OBJECT,
  each,
  FLAG,
  ID_OR_NULL,
  list,
  NUMBER,
  object,
  oneOfWords,
  TEXT_OR_NULL,
} from './json-schema.js';
import { publishedData } from './webhook-news.js';

const SUBJECTS: Partial<Record<string, JsonSchema>> = {
  booking: object({
    id: ID_OR_NULL,
    status: TEXT_OR_NULL,
    customer: object(each(['name', 'email'], TEXT_OR_NULL)),
    items: list(object({ id: ID_OR_NULL, name: TEXT_OR_NULL, quantity: NUMBER })),
  }),
  transaction: object({
    id: ID_OR_NULL,
    status: oneOfWords('PAID', 'REFUNDED'),
    ...each(['amount', 'currency'], TEXT_OR_NULL),
    booking_id: ID_OR_NULL,
  }),
  item: object({ id: ID_OR_NULL, name: TEXT_OR_NULL, status: oneOfWords('ACTIVE', 'REMOVED') }),
  rate: object({
    id: ID_OR_NULL,
    ...each(['name', 'start_date', 'end_date'], TEXT_OR_NULL),
    enabled: FLAG,
    items: list(object({ id: ID_OR_NULL })),
  }),
  calendar: object({
    ...each(['item_id', 'option_id'], ID_OR_NULL),
    ...each(['start_date', 'end_date', 'status'], TEXT_OR_NULL),
    available: ID_OR_NULL,
  }),
};

/** The bodies of Checkfront's page. */
export function checkfrontSchema(type: string): BodySchema {
  const subject = checkfrontSubject(type);
  const about = { [subject ?? 'data']: subject ? (SUBJECTS[subject] ?? ANY_OBJECT) : publishedData(type) };
  const schema = object({ event: oneOfWords(...checkfrontWords(type)), ...about });
  return { name: `checkfront.${type}`, schema };
}
