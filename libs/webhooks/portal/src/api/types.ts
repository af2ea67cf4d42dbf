import type { DeliveryView, DeliveryWithAttempts } from '../../../src/deliveries/delivery-view.js';
import type { WebhookView } from '../../../src/webhooks/webhook-view.js';

// The server's own types: a field that is renamed there does not compile here.
export type { EventFilter } from '../../../src/catalog/event-filter.js';
export type { EventTypeEntry } from '../../../src/catalog/event-catalog.js';
export type { Dialect } from '../../../src/catalog/dialects/dialect.js';
export type {
  AttemptView,
  DeliveryView,
  DeliveryWithAttempts,
} from '../../../src/deliveries/delivery-view.js';
export type { DeliveryStatus, DeliveryTrigger } from '../../../src/deliveries/webhook-delivery.entity.js';
export type { WebhookStatistics } from '../../../src/deliveries/delivery-statistics.js';
export type { RecoveryPreview } from '../../../src/deliveries/redelivery.js';
export type { SigningScheme } from '../../../src/signing/signing-schemes.js';
export type { Page } from '../../../src/webhooks/keyset.js';
export type { PreviewedBody } from '../../../src/webhooks/preview.js';
export type { CreateWebhookDto as NewWebhook } from '../../../src/webhooks/create-webhook.dto.js';
export type { ListWebhooksQuery, WebhookSort } from '../../../src/webhooks/list-webhooks.query.js';
export type { ListDeliveriesQuery } from '../../../src/deliveries/list-deliveries.query.js';
export type { PreviewDto as PreviewInput } from '../../../src/webhooks/preview-input.dto.js';
export type { UpdateWebhookDto as WebhookPatch } from '../../../src/webhooks/update-webhook.dto.js';
export type { DisabledReason, Ordering, Transport } from '../../../src/webhooks/webhook.entity.js';
export type { WebhookView, WebhookWithSecret } from '../../../src/webhooks/webhook-view.js';

export type WebhookStatus = WebhookView['status'];

/** What a test sent, with credentials masked. */
export interface SentRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** `request` is null when none was made. */
export type TestResult = DeliveryWithAttempts & { request: SentRequest | null };

/** What the live stream tells. */
export interface LiveDeliveries {
  items: DeliveryView[];
  counts: { pending: number; held: number };
}
