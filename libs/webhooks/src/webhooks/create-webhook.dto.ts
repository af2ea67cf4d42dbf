import type { EventFilter } from '../catalog/event-filter.js';
import {
  eventFilter,
  eventPatterns,
  flag,
  languageTag,
  nullable,
  oneOf,
  optional,
  required,
  secretText,
  text,
  wholeNumber,
  words,
} from './field-rules.js';
import { headerValues } from './header-values.js';

export const targetUrl = secretText(
  2048,
  "send a URL of at most 2048 characters, like 'https://example.com/hooks'",
);
export const profile = oneOf('standard');
export const format = oneOf('json');
export const eventTypes = eventPatterns(50);
export const capabilities = words(50, /^[\w.:/-]{1,64}$/, "'octo/pricing'");
export const inFlight = wholeNumber(1, 100);

export class CreateWebhookDto {
  /** The owner. An operator names it; a contract's own caller may leave it out. */
  @optional(text(64))
  contractId?: string;

  /** Where requests go. Credentials in it are sealed, and masked in every answer. */
  @required(targetUrl)
  url!: string;

  /** 1 to 50 event types of any dialect, or patterns: `booking.cancelled`, `Booking Modified`, `booking.*`, `*`. */
  @required(eventTypes)
  eventTypes!: string[];

  /** Which of these events are wanted, by their data. @default null, all of them */
  @nullable(eventFilter)
  filters?: EventFilter | null;

  /** The shape of the body. @default 'standard' */
  @optional(profile)
  profile?: string;

  /** @default 'json' */
  @optional(format)
  format?: string;

  /** BCP 47 tag of the language of texts. @default null, the module's `defaultLocale` */
  @nullable(languageTag)
  locale?: string | null;

  /** Whether the guest's own language comes before `locale`. @default true */
  @optional(flag)
  useContactLanguage?: boolean;

  /** @default true */
  @optional(flag)
  retryOnError?: boolean;

  /** Request headers to send along, name to value. Sealed, and masked in every answer. @default none */
  @nullable(headerValues)
  headers?: Record<string, string> | null;

  /** Switches that decide which fields a body carries, like `octo/pricing`. @default [] */
  @optional(capabilities)
  capabilities?: string[];

  /** Requests in flight at once, 1 to 100. @default the module's `maxInFlight` */
  @optional(inFlight)
  maxInFlight?: number;

  /** @default 'active' */
  @optional(oneOf('active', 'inactive'))
  status?: 'active' | 'inactive';
}
