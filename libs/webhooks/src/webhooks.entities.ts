import { WebhookAttempt } from './deliveries/webhook-attempt.entity.js';
import { WebhookDelivery } from './deliveries/webhook-delivery.entity.js';
import { WebhookFeedEntry } from './feed/webhook-feed-entry.entity.js';
import { WebhookFeed } from './feed/webhook-feed.entity.js';
import { WebhookLane } from './lanes/webhook-lane.entity.js';
import { WebhookEvent } from './outbox/webhook-event.entity.js';
import { WebhookChangeCounter } from './webhooks/webhook-change-counter.entity.js';
import { Webhook } from './webhooks/webhook.entity.js';

/** Every entity of the module, for hosts that list theirs: `entities: [Booking, …, ...webhookEntities]`. */
export const webhookEntities = [
  WebhookEvent,
  Webhook,
  WebhookChangeCounter,
  WebhookDelivery,
  WebhookAttempt,
  WebhookLane,
  WebhookFeed,
  WebhookFeedEntry,
];
