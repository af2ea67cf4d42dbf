import { HttpService } from '@nestjs/axios';
import type { Provider } from '@nestjs/common';

import { EventCatalog } from './catalog/event-catalog.js';
import { DeliveryLog } from './deliveries/delivery-log.js';
import { DeliverySnapshots } from './deliveries/delivery-snapshots.js';
import { DeliveryStatistics } from './deliveries/delivery-statistics.js';
import { LiveDeliveries } from './deliveries/live-deliveries.js';
import { Redelivery } from './deliveries/redelivery.js';
import { SendTest } from './deliveries/send-test.js';
import { WebhookExport } from './export/webhook-export.js';
import { FanOut } from './fanout/fan-out.js';
import { Relay } from './fanout/relay.js';
import { SubscriptionIndex } from './fanout/subscription-index.js';
import { WaitingEvents } from './fanout/waiting-events.js';
import { EventFeed } from './feed/event-feed.js';
import { FeedPositions } from './feed/feed-positions.js';
import { Attempt } from './lanes/attempt.js';
import { Bodies } from './lanes/bodies.js';
import { EventCache } from './lanes/event-cache.js';
import { LaneClaims } from './lanes/lane-claims.js';
import { LaneNews } from './lanes/lane-news.js';
import { LaneReader } from './lanes/lane-reader.js';
import { LaneRecorder } from './lanes/lane-recorder.js';
import { LaneTurn } from './lanes/lane-turn.js';
import { OrderedSlices } from './lanes/ordered-slices.js';
import { SliceWorker } from './lanes/slice-worker.js';
import { SpareTime } from './lanes/spare-time.js';
import { Superseding } from './lanes/superseding.js';
import { Sweep } from './lanes/sweep.js';
import { TestAttempt } from './lanes/test-attempt.js';
import { WebhookDisabler } from './lanes/webhook-disabler.js';
import { WebhookTargets } from './lanes/webhook-targets.js';
import { WebhookLifecycle } from './lifecycle/webhook-lifecycle.js';
import { OctoSubscriptions } from './octo/octo-subscriptions.js';
import { OctoWebhooks } from './octo/octo-webhooks.js';
import { Backlog } from './observing/backlog.js';
import { PathWatch } from './observing/path-watch.js';
import { Tracing } from './observing/tracing.js';
import { pathWatch } from './observing/watchers.js';
import { BootChecks } from './operations/boot-checks.js';
import { ClockSync } from './operations/clock-sync.js';
import { Engine } from './operations/engine.js';
import { WebhooksHealthIndicator } from './operations/health-indicator.js';
import { Retention } from './operations/retention.js';
import { CommitWatch } from './outbox/commit-watch.js';
import { Outbox } from './outbox/outbox.js';
import { DomainEventListener } from './publishing/domain-event.listener.js';
import { OperationalEvents } from './publishing/operational-events.js';
import { WebhooksService } from './publishing/webhooks.service.js';
import { MessageCatalog } from './rendering/localization/message-catalog.js';
import { ProfileCatalog } from './rendering/profile-catalog.js';
import { HttpSender } from './sending/http-sender.js';
import { bareHttp } from './sending/undici-adapter.js';
import { UrlPolicy } from './sending/url-policy.js';
import { SecretBox } from './signing/secret-box.js';
import type { ResolvedWebhooksOptions } from './webhooks.options.js';
import { WEBHOOKS_OPTIONS } from './webhooks.tokens.js';
import { KnownProfiles } from './webhooks/known-profiles.js';
import { OpenApiDocument } from './webhooks/openapi/openapi-document.js';
import { Preview } from './webhooks/preview.js';
import { SealedColumns } from './webhooks/sealed-columns.js';
import { WebhookOverview } from './webhooks/webhook-overview.js';
import { WebhookRegistry } from './webhooks/webhook-registry.js';
import { WebhookStore } from './webhooks/webhook-store.js';
import { WebhookViews } from './webhooks/webhook-views.js';

/** What a host can inject. */
export const PUBLIC_PROVIDERS = [
  WebhooksService,
  WebhookRegistry,
  WebhookOverview,
  WebhookExport,
  DeliveryLog,
  DeliveryStatistics,
  Redelivery,
  SendTest,
  EventFeed,
  Preview,
  WebhookLifecycle,
  Retention,
  WebhooksHealthIndicator,
];

export const ENGINE_PROVIDERS = [
  Backlog,
  CommitWatch,
  Outbox,
  DomainEventListener,
  { provide: HttpService, useFactory: bareHttp },
  HttpSender,
  WebhookTargets,
  EventCache,
  Bodies,
  Attempt,
  TestAttempt,
  LaneClaims,
  LaneReader,
  OrderedSlices,
  Superseding,
  LaneRecorder,
  OperationalEvents,
  LaneNews,
  WebhookDisabler,
  SliceWorker,
  SpareTime,
  LaneTurn,
  Sweep,
  SubscriptionIndex,
  WaitingEvents,
  FanOut,
  Relay,
  SealedColumns,
  WebhookStore,
  WebhookViews,
  KnownProfiles,
  DeliverySnapshots,
  LiveDeliveries,
  FeedPositions,
  OpenApiDocument,
  OctoWebhooks,
  OctoSubscriptions,
  BootChecks,
  ClockSync,
  Engine,
];

/** Made once from what the host has set. */
export const PROVIDERS_OF_OPTIONS: Provider[] = [
  {
    provide: EventCatalog,
    useFactory: ({ catalog }: ResolvedWebhooksOptions) => new EventCatalog(catalog.eventTypes),
    inject: [WEBHOOKS_OPTIONS],
  },
  {
    provide: ProfileCatalog,
    useFactory: ({ catalog }: ResolvedWebhooksOptions) => new ProfileCatalog(catalog.profiles),
    inject: [WEBHOOKS_OPTIONS],
  },
  {
    provide: MessageCatalog,
    useFactory: ({ messages }: ResolvedWebhooksOptions) => new MessageCatalog(messages),
    inject: [WEBHOOKS_OPTIONS],
  },
  {
    provide: SecretBox,
    useFactory: ({ secretKeys }: ResolvedWebhooksOptions) => new SecretBox(secretKeys),
    inject: [WEBHOOKS_OPTIONS],
  },
  {
    provide: UrlPolicy,
    useFactory: (resolved: ResolvedWebhooksOptions) => new UrlPolicy(resolved),
    inject: [WEBHOOKS_OPTIONS],
  },
  {
    provide: PathWatch,
    useFactory: pathWatch,
    inject: [WEBHOOKS_OPTIONS, WebhookLifecycle, Backlog],
  },
  {
    provide: Tracing,
    useFactory: ({ tracing }: ResolvedWebhooksOptions) => (tracing ? Tracing.load() : undefined),
    inject: [WEBHOOKS_OPTIONS],
  },
];
