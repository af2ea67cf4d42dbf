import type { EventFilter } from '../catalog/event-filter.js';
import {
  capabilities,
  coalesceWindow,
  eventTypes,
  format,
  inFlight,
  ordering,
  perSecond,
  profile,
  targetUrl,
  transport,
} from './create-webhook.dto.js';
import { eventFilter, flag, languageTag, nullable, optional } from './field-rules.js';
import { headerValues } from './header-values.js';
import type { Ordering, Transport } from './webhook.entity.js';

/** What a change may name; a field that is left out stays as it is. Meanings as in {@link CreateWebhookDto}. */
export class UpdateWebhookDto {
  @optional(targetUrl)
  url?: string;

  /** Holds for what happens from then on: what is pending is still sent, and a feed begins there. */
  @optional(transport)
  transport?: Transport;

  @optional(eventTypes)
  eventTypes?: string[];

  /** Replaces all of them. Null: all events of its types again. */
  @nullable(eventFilter)
  filters?: EventFilter | null;

  @optional(profile)
  profile?: string;

  @optional(format)
  format?: string;

  /** Null: the module's default language again. */
  @nullable(languageTag)
  locale?: string | null;

  @optional(flag)
  useContactLanguage?: boolean;

  @optional(flag)
  retryOnError?: boolean;

  /** Replaces all of them; the value `***` keeps the one that is stored under that name. Null takes them all away. */
  @nullable(headerValues)
  headers?: Record<string, string> | null;

  @optional(capabilities)
  capabilities?: string[];

  @optional(inFlight)
  maxInFlight?: number;

  /** Holds for what happens from then on. */
  @optional(ordering)
  ordering?: Ordering;

  /** Null: no limit again. */
  @nullable(perSecond)
  maxPerSecond?: number | null;

  /** Null: each event is sent again. Holds for what happens from then on; what waits already is sent when its time has come. */
  @nullable(coalesceWindow)
  coalesceMs?: number | null;
}

/** Where to change what a PATCH refuses. */
export const CHANGED_ELSEWHERE = {
  status: 'leave it out and POST to activate or deactivate',
  contractId: 'leave it out; a webhook keeps its owner, create another one instead',
  secret: 'leave it out and POST to rotate-secret',
  signing: 'leave it out; create another webhook to sign in another way',
  signatureHeader: 'leave it out; create another webhook to sign in another way',
  signaturePrefix: 'leave it out; create another webhook to sign in another way',
};
