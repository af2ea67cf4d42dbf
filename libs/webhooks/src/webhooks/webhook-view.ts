import type { EventFilter } from '../catalog/event-filter.js';
import { isoOrNull } from '../iso-time.js';
import type { WebhookLane } from '../lanes/webhook-lane.entity.js';
import type { SigningScheme } from '../signing/signing-schemes.js';
import type { DisabledReason, Ordering, Transport, Webhook, WebhookStatus } from './webhook.entity.js';

/** A webhook as its owner sees it. Times are ISO 8601. */
export interface WebhookView {
  id: string;
  contractId: string;
  /** With its credentials masked; null for a webhook that was given none, since nothing is sent to it. */
  url: string | null;
  eventTypes: string[];
  /** Null when the webhook gets all events of its types. */
  filters: EventFilter | null;
  profile: string;
  format: string;
  locale: string | null;
  useContactLanguage: boolean;
  retryOnError: boolean;
  capabilities: string[];
  /** Names with masked values; null when none of the module's `secretKeys` opens them. */
  headers: Record<string, string> | null;
  /** `header` and `prefix` for `hmac`, the `publicKey` that verifies for `ed25519`. */
  signing: { scheme: SigningScheme; header?: string; prefix?: string; publicKey?: string };
  status: Exclude<WebhookStatus, 'deleted'>;
  /** Why the engine switched it off; null unless `status` is `disabled`. */
  disabledReason: DisabledReason | null;
  maxInFlight: number;
  ordering: Ordering;
  /** How its events reach its owner. */
  transport: Transport;
  /** Null when there is no limit. */
  maxPerSecond: number | null;
  /** Null when each event is sent. */
  coalesceMs: number | null;
  health: WebhookHealth;
  createdAt: string;
  updatedAt: string;
}

/** How the receiver has been doing since its last success. */
export interface WebhookHealth {
  failingSince: string | null;
  consecutiveFailures: number;
  /** No request is made before then. */
  pausedUntil: string | null;
}

/** The only two answers that hold the secret: the webhook's creation and a rotation. */
export interface WebhookWithSecret extends WebhookView {
  /** Absent for `ed25519` and `none`. Verifies requests, in the form of the Standard Webhooks libraries: `whsec_` and base64. */
  secret?: string;
}

export function webhookView(
  webhook: Webhook,
  lane: WebhookLane | undefined,
  { headers, publicKey }: { headers: WebhookView['headers']; publicKey: string | null },
): WebhookView {
  return {
    id: webhook.id,
    contractId: webhook.contractId,
    url: webhook.url === '' ? null : webhook.url,
    eventTypes: webhook.eventTypes,
    filters: webhook.filters,
    profile: webhook.profile,
    format: webhook.format,
    locale: webhook.locale,
    useContactLanguage: webhook.useContactLanguage,
    retryOnError: webhook.retryOnError,
    capabilities: webhook.capabilities,
    headers,
    signing: {
      scheme: webhook.signing,
      ...webhook.signingSettings,
      ...(publicKey === null ? {} : { publicKey }),
    },
    status: webhook.status as WebhookView['status'],
    disabledReason: webhook.disabledReason,
    maxInFlight: webhook.maxInFlight,
    ordering: webhook.ordering,
    transport: webhook.transport,
    maxPerSecond: webhook.maxPerSecond,
    coalesceMs: webhook.coalesceMs,
    health: {
      failingSince: isoOrNull(lane?.failingSince),
      consecutiveFailures: lane?.consecutiveFailures ?? 0,
      pausedUntil: isoOrNull(lane?.pausedUntil),
    },
    createdAt: new Date(webhook.createdAt).toISOString(),
    updatedAt: new Date(webhook.updatedAt).toISOString(),
  };
}
