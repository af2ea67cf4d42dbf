import { Transform } from 'class-transformer';

import {
  eventPattern,
  flag,
  instant,
  languageTag,
  oneOf,
  optional,
  text,
  wholeNumber,
} from './field-rules.js';

/** Query parameters are texts; hosts that call the registry themselves pass the value. */
export const readFlag = Transform(({ value }: { value: unknown }) =>
  value === 'true' ? true : value === 'false' ? false : value,
);
export const readNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
);

export const pageLimit = wholeNumber(1, 200);
export const DEFAULT_PAGE_LIMIT = 50;

export const SORTS = ['createdAt', 'updatedAt', 'contractId', 'url', 'status'] as const;
export type WebhookSort = (typeof SORTS)[number] | `-${(typeof SORTS)[number]}`;
export const webhookSort = oneOf(...SORTS.flatMap((field) => [field, `-${field}`]));

/** Which webhooks are meant. Filters are combined with AND; times are ISO 8601, `Since` inclusive, `Until` exclusive. */
export class WebhookFilters {
  @optional(text(64)) id?: string;
  @optional(text(64)) contractId?: string;
  /** Part of the URL as it is shown, in any case. */
  @optional(text(2048)) url?: string;
  /** A canonical type: webhooks that get it, under any dialect's name. Another name or a pattern: webhooks that name it. */
  @optional(eventPattern) eventType?: string;
  @optional(text(64)) profile?: string;
  @optional(text(16)) format?: string;
  @optional(languageTag) locale?: string;
  @optional(flag) @readFlag useContactLanguage?: boolean;
  @optional(flag) @readFlag retryOnError?: boolean;
  /** Webhooks that have this one switched on. */
  @optional(text(64)) capability?: string;
  @optional(wholeNumber(1, 100)) @readNumber maxInFlight?: number;
  @optional(oneOf('none', 'resource')) ordering?: 'none' | 'resource';
  @optional(oneOf('push', 'pull', 'both')) transport?: 'push' | 'pull' | 'both';
  @optional(wholeNumber(1, 1000)) @readNumber maxPerSecond?: number;
  @optional(oneOf('active', 'inactive', 'disabled')) status?: 'active' | 'inactive' | 'disabled';
  @optional(oneOf('gone', 'exhausted', 'failures')) disabledReason?: 'gone' | 'exhausted' | 'failures';
  /** Whether attempts have failed since the last success. */
  @optional(flag) @readFlag failing?: boolean;
  @optional(instant) createdSince?: string;
  @optional(instant) createdUntil?: string;
  @optional(instant) updatedSince?: string;
  @optional(instant) updatedUntil?: string;
}

export class ListWebhooksQuery extends WebhookFilters {
  /** `-` before the name: descending. @default '-createdAt' */
  @optional(webhookSort)
  sort?: WebhookSort;

  /** 1 to 200. @default 50 */
  @optional(pageLimit)
  @readNumber
  limit?: number;

  /** The `nextCursor` of the page before, with the same sort. */
  @optional(text(4096))
  cursor?: string;
}
