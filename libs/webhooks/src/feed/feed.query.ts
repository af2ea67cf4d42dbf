import { optional, text } from '../webhooks/field-rules.js';
import { pageLimit, readNumber } from '../webhooks/list-webhooks.query.js';
import { validated } from '../webhooks/validated.js';

export class FeedQuery {
  /** The `nextCursor` of the last answer. @default none, from the oldest event that is kept */
  @optional(text(512))
  after?: string;

  /** 1 to 200. @default 50 */
  @optional(pageLimit)
  @readNumber
  limit?: number;
}

export const feedQuery = validated(FeedQuery);
