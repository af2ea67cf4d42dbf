import { ValidateIf } from 'class-validator';

import type { EventFilter } from '../catalog/event-filter.js';
import { checkHeaders } from '../sending/custom-headers.js';
import type { SigningScheme } from '../signing/signing-schemes.js';
import type { Ordering, Transport } from './webhook.entity.js';
import type { FieldRule } from './field-rules.js';
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
/** Which ones there are, and in which formats, is asked of the profile catalog. */
export const profile = text(64, "'standard'");
export const format = oneOf('json', 'xml', 'form');
export const eventTypes = eventPatterns(50);
export const capabilities = words(50, /^[\w.:/-]{1,64}$/, "'octo/pricing'");
export const inFlight = wholeNumber(1, 100);
export const ordering = oneOf('none', 'resource');
export const transport = oneOf('push', 'pull', 'both');
export const perSecond = wholeNumber(1, 1000, 'send null for no limit, or ');
export const coalesceWindow = wholeNumber(100, 600_000, 'send null to get each event, or ');
const headerName: FieldRule = {
  refusal: (value) =>
    typeof value === 'string' && checkHeaders({ [value]: '-' }).length === 0
      ? undefined
      : 'is not the name of a header that requests may carry',
  expected: "send a header name like 'X-Signature'; names that the module or HTTP uses are refused",
};
const signaturePrefix: FieldRule = {
  refusal: (value) =>
    typeof value === 'string' && /^[\x21-\x7e]{0,32}$/.test(value)
      ? undefined
      : 'is not a short text of printable ASCII characters',
  expected: "send at most 32 characters without spaces, like 'sha256='",
};

export class CreateWebhookDto {
  /** The owner. An operator names it; a contract's own caller may leave it out. */
  @optional(text(64))
  contractId?: string;

  /** Where requests go. Credentials in it are sealed, and masked in every answer. May be left out for the transport `pull`. */
  @ValidateIf(({ transport, url }: CreateWebhookDto) => transport !== 'pull' || url !== undefined)
  @required(targetUrl)
  url?: string;

  /**
   * `push`: each event is a request to `url`. `pull`: nothing is sent, the events are fetched from the webhook's feed. `both`:
   * requests, and a feed of the same events. @default 'push'
   */
  @optional(transport)
  transport?: Transport;

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

  /** How requests are signed; it stays for the webhook's life. @default 'standard' */
  @optional(oneOf('standard', 'ed25519', 'hmac', 'none'))
  signing?: SigningScheme;

  /** The header of a signature by `hmac`. @default 'X-CapData-Signature' */
  @optional(headerName)
  signatureHeader?: string;

  /** What stands before a signature by `hmac`, for example `sha256=`. @default '' */
  @optional(signaturePrefix)
  signaturePrefix?: string;

  /** Request headers to send along, name to value. Sealed, and masked in every answer. @default none */
  @nullable(headerValues)
  headers?: Record<string, string> | null;

  /** Switches that decide which fields a body carries, like `octo/pricing`. @default [] */
  @optional(capabilities)
  capabilities?: string[];

  /** Requests in flight at once, 1 to 100. @default the module's `maxInFlight` */
  @optional(inFlight)
  maxInFlight?: number;

  /** `resource`: events about one resource are sent one after another, in the order they happened. @default 'none' */
  @optional(ordering)
  ordering?: Ordering;

  /** Attempts that may start in any one second, 1 to 1000. @default null, no limit */
  @nullable(perSecond)
  maxPerSecond?: number | null;

  /**
   * How long an update of availability, a product or a rate waits for a newer one about the same resource, which is then sent
   * in its stead: 100 to 600000 milliseconds. All other events are sent at once. @default null, each is sent
   */
  @nullable(coalesceWindow)
  coalesceMs?: number | null;

  /** @default 'active' */
  @optional(oneOf('active', 'inactive'))
  status?: 'active' | 'inactive';
}
