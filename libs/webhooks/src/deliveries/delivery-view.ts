import type { WebhookEvent } from '../outbox/webhook-event.entity.js';
import { isoOrNull } from '../iso-time.js';
import type { AttemptKind, WebhookAttempt } from './webhook-attempt.entity.js';
import type { DeliveryStatus, DeliveryTrigger, WebhookDelivery } from './webhook-delivery.entity.js';

/** A delivery as the webhook's owner sees it. Times are ISO 8601. */
export interface DeliveryView {
  id: string;
  webhookId: string;
  /** The `webhook-id` header of every request of it. */
  eventId: string;
  eventType: string;
  status: DeliveryStatus;
  trigger: DeliveryTrigger;
  attemptCount: number;
  /** Set while the status is `pending`. */
  nextAttemptAt: string | null;
  lastStatusCode: number | null;
  lastError: string | null;
  /** The event that stands for it, set while the status is `superseded`. */
  supersededBy: string | null;
  createdAt: string;
  completedAt: string | null;
}

export interface AttemptView {
  number: number;
  kind: AttemptKind;
  startedAt: string;
  durationMs: number;
  statusCode: number | null;
  error: string | null;
  detail: string | null;
  /** The first 16 kB of what the receiver answered. */
  responseBody: string | null;
}

export interface DeliveryWithAttempts extends DeliveryView {
  /** What happened; null when retention has removed the event. */
  event: { id: string; type: string; occurredAt: string; resourceKey: string | null } | null;
  attempts: AttemptView[];
}

export function deliveryView(delivery: WebhookDelivery): DeliveryView {
  return {
    id: delivery.id,
    webhookId: delivery.webhookId,
    eventId: delivery.eventId,
    eventType: delivery.eventType,
    status: delivery.status,
    trigger: delivery.trigger,
    attemptCount: delivery.attemptCount,
    nextAttemptAt: isoOrNull(delivery.dueAt),
    lastStatusCode: delivery.lastStatusCode,
    lastError: delivery.lastError,
    supersededBy: delivery.supersededBy,
    createdAt: new Date(delivery.createdAt).toISOString(),
    completedAt: isoOrNull(delivery.completedAt),
  };
}

export function attemptView(attempt: WebhookAttempt): AttemptView {
  return {
    number: attempt.number,
    kind: attempt.kind,
    startedAt: new Date(attempt.startedAt).toISOString(),
    durationMs: attempt.durationMs,
    statusCode: attempt.statusCode,
    error: attempt.error,
    detail: attempt.detail,
    responseBody: attempt.responseBody,
  };
}

export function eventSummary(event: WebhookEvent | null): DeliveryWithAttempts['event'] {
  if (!event) return null;
  const { id, type, resourceKey } = event;
  return { id, type, occurredAt: new Date(event.occurredAt).toISOString(), resourceKey };
}
