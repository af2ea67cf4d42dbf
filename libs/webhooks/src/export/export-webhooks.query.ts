import type { FieldRule } from '../webhooks/field-rules.js';
import { described, optional } from '../webhooks/field-rules.js';
import type { WebhookSort } from '../webhooks/list-webhooks.query.js';
import { WebhookFilters, webhookSort } from '../webhooks/list-webhooks.query.js';
import { validated } from '../webhooks/validated.js';

const timeZone: FieldRule = {
  refusal: (value) => {
    if (typeof value !== 'string') return `${described(value)} is not a text`;
    return isTimeZone(value) ? undefined : `${described(value)} is not a time zone`;
  },
  expected: "send the name of a time zone, for example 'UTC' or 'Europe/Madrid'",
};

/** All webhooks that match, not a page of them. */
export class ExportWebhooksQuery extends WebhookFilters {
  /** `-` before the name: descending. @default '-createdAt' */
  @optional(webhookSort)
  sort?: WebhookSort;

  /** The IANA time zone of the time in the file's name. @default 'UTC' */
  @optional(timeZone)
  timeZone?: string;
}

export const exportQuery = validated(ExportWebhooksQuery);

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
