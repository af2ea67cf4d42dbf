export { WebhooksModule } from './webhooks.module.js';
export type { WebhooksModuleAsyncOptions, WebhooksOptionsFactory } from './webhooks.module.js';

export { ALL_CONTRACTS } from './webhooks.options.js';
export type {
  ContractScope,
  Localizer,
  MetricsRegistry,
  WebhooksAccess,
  WebhooksCatalog,
  WebhooksModuleOptions,
  WebhooksOptions,
  WebhooksQueue,
  WebhooksStructure,
} from './webhooks.options.js';
export type { DomainEventMapper, DomainEventMapping } from './publishing/domain-event.mapping.js';

export { WebhooksService } from './publishing/webhooks.service.js';
export type { PublishedEvent, PublishOptions } from './publishing/webhooks.service.js';
export {
  availabilityUpdated,
  bookingCancelled,
  bookingConfirmed,
  bookingCreated,
  bookingUpdated,
  flightStatusChanged,
  orderUpdated,
  paymentReceived,
  paymentRefunded,
  productAdded,
  productRemoved,
  productUpdated,
  rateUpdated,
} from './catalog/domain-events.js';
export type { DomainEvent, EventData, EventFields, Originator } from './catalog/domain-events.js';
export { EventCatalog } from './catalog/event-catalog.js';
export type { EventTypeEntry } from './catalog/event-catalog.js';
export type { EventChange } from './catalog/event-change.js';
export type { EventFilter } from './catalog/event-filter.js';
export { capdataEventKey } from './rendering/profiles/capdata-event.js';
export { formatDate, formatDuration, formatMoney } from './rendering/localization/format.js';
export { localized } from './rendering/localization/localized.js';
export type { LocalizedText } from './rendering/localization/localized.js';
export type { Document, Format, Value } from './rendering/document.js';
export { JsonText } from './rendering/document.js';
export type { CanonicalEvent, Profile, RenderContext, Subscription } from './rendering/profile.js';
export { EVENT_TYPES } from './catalog/event-types.js';
export type { CanonicalEventType, EventType, EventTypeName } from './catalog/event-types.js';
export { OPERATIONAL_EVENT_TYPES } from './catalog/operational-events.js';
export type { OperationalEventType, WebhookNews } from './catalog/operational-events.js';
export type { Dialect } from './catalog/dialects/dialect.js';
export type { HostEventType } from './catalog/host-event-types.js';

export { WebhookRegistry } from './webhooks/webhook-registry.js';
export { WebhookOverview, ContractsQuery } from './webhooks/webhook-overview.js';
export { WebhookExport } from './export/webhook-export.js';
export type { ExportedFile, ExportFormat } from './export/webhook-export.js';
export { ExportWebhooksQuery } from './export/export-webhooks.query.js';
export { DeliveryLog } from './deliveries/delivery-log.js';
export { DeliveryStatistics } from './deliveries/delivery-statistics.js';
export type { HourOfDeliveries, WebhookStatistics } from './deliveries/delivery-statistics.js';
export { Redelivery } from './deliveries/redelivery.js';
export type { RecoveryPreview } from './deliveries/redelivery.js';
export { SendTest } from './deliveries/send-test.js';
export type { TestedDelivery } from './deliveries/send-test.js';
export type { SentRequest } from './deliveries/sent-request.js';
export type { AttemptView, DeliveryView, DeliveryWithAttempts } from './deliveries/delivery-view.js';
export { DeliveryFilters, ListDeliveriesQuery } from './deliveries/list-deliveries.query.js';
export { CreateWebhookDto } from './webhooks/create-webhook.dto.js';
export type { Page } from './webhooks/keyset.js';
export { ListWebhooksQuery, WebhookFilters } from './webhooks/list-webhooks.query.js';
export { EventFeed } from './feed/event-feed.js';
export type { FedEvent, FeedPage } from './feed/event-feed.js';
export { FeedQuery } from './feed/feed.query.js';
export { Preview } from './webhooks/preview.js';
export type { PreviewedBody } from './webhooks/preview.js';
export { PreviewDto } from './webhooks/preview-input.dto.js';
export { UpdateWebhookDto } from './webhooks/update-webhook.dto.js';
export type { WebhookHealth, WebhookView, WebhookWithSecret } from './webhooks/webhook-view.js';
export { WebhooksHealthIndicator } from './operations/health-indicator.js';
export type { WebhooksHealth, WebhooksHealthBounds } from './operations/health-indicator.js';
export { Retention } from './operations/retention.js';
export type { Pruned } from './operations/retention.js';
export { WebhookLifecycle } from './lifecycle/webhook-lifecycle.js';
export type { Acting, Changes, LifecycleEvent, LifecycleListener } from './lifecycle/webhook-lifecycle.js';

export { webhookEntities } from './webhooks.entities.js';
export { webhookMigrations } from './migrations/index.js';
export { Webhook } from './webhooks/webhook.entity.js';
export { WebhookEvent } from './outbox/webhook-event.entity.js';
export { WebhookDelivery } from './deliveries/webhook-delivery.entity.js';
export { WebhookAttempt } from './deliveries/webhook-attempt.entity.js';

export {
  ANSWER_CODES,
  DeliveryNotFoundError,
  EventNotFoundError,
  FeedCursorExpiredError,
  FeedUnreadableError,
  InvalidInputError,
  PublishError,
  StateConflictError,
  TooManyStreamsError,
  WebhookNotFoundError,
  WebhooksConfigurationError,
} from './webhooks.errors.js';
export type { AnswerCode, FieldError } from './webhooks.errors.js';
