import { HttpModule } from '@nestjs/axios';
import { BullModule, getQueueToken } from '@nestjs/bull';
import { Inject, Module } from '@nestjs/common';
import type {
  CanActivate,
  DynamicModule,
  InjectionToken,
  OptionalFactoryDependency,
  Provider,
  Type,
} from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { Queue } from 'bull';

import { EventCatalog } from './catalog/event-catalog.js';
import { deliveriesControllers } from './deliveries/deliveries.controllers.js';
import { DeliveryLog } from './deliveries/delivery-log.js';
import { DeliverySnapshots } from './deliveries/delivery-snapshots.js';
import { DeliveryStatistics } from './deliveries/delivery-statistics.js';
import { DEFAULT_LIVE_LIMITS, LiveDeliveries } from './deliveries/live-deliveries.js';
import { Redelivery } from './deliveries/redelivery.js';
import { SendTest } from './deliveries/send-test.js';
import { exportControllers } from './export/export.controllers.js';
import { WebhookExport } from './export/webhook-export.js';
import { FanOut } from './fanout/fan-out.js';
import { Relay, RELAY_LANE } from './fanout/relay.js';
import { SubscriptionIndex } from './fanout/subscription-index.js';
import { WaitingEvents } from './fanout/waiting-events.js';
import { Attempt } from './lanes/attempt.js';
import { Bodies } from './lanes/bodies.js';
import { BullLaneScheduler } from './lanes/bull-lane-scheduler.js';
import { EventCache } from './lanes/event-cache.js';
import { InProcessLaneScheduler } from './lanes/in-process-lane-scheduler.js';
import { LaneClaims } from './lanes/lane-claims.js';
import { LaneNews } from './lanes/lane-news.js';
import { LaneReader } from './lanes/lane-reader.js';
import { LaneRecorder } from './lanes/lane-recorder.js';
import { LaneTurn } from './lanes/lane-turn.js';
import { OrderedSlices } from './lanes/ordered-slices.js';
import { SliceWorker } from './lanes/slice-worker.js';
import { Sweep } from './lanes/sweep.js';
import { TestAttempt } from './lanes/test-attempt.js';
import { WebhookDisabler } from './lanes/webhook-disabler.js';
import { WebhookTargets } from './lanes/webhook-targets.js';
import { WebhookLifecycle } from './lifecycle/webhook-lifecycle.js';
import { OctoSubscriptions } from './octo/octo-subscriptions.js';
import { OctoWebhooks } from './octo/octo-webhooks.js';
import { octoControllers } from './octo/octo.controllers.js';
import { Backlog } from './observing/backlog.js';
import { PathWatch } from './observing/path-watch.js';
import { pathWatch } from './observing/watchers.js';
import { BootChecks, requireEntities } from './operations/boot-checks.js';
import { ClockSync, databaseClock } from './operations/clock-sync.js';
import { Engine } from './operations/engine.js';
import { WebhooksHealthIndicator } from './operations/health-indicator.js';
import { refuseStructural, resolveOptions, withoutUndefined } from './operations/resolve-options.js';
import { Retention } from './operations/retention.js';
import { WakeQueue } from './operations/wake-queue.js';
import { CommitWatch } from './outbox/commit-watch.js';
import { Outbox } from './outbox/outbox.js';
import { Portal } from './portal/portal.js';
import { BUILT_PAGE } from './portal/portal-folder.js';
import { portalPath } from './portal/portal-path.js';
import { portalControllers } from './portal/portal.controllers.js';
import { DomainEventListener } from './publishing/domain-event.listener.js';
import { OperationalEvents } from './publishing/operational-events.js';
import { WebhooksService } from './publishing/webhooks.service.js';
import { MessageCatalog } from './rendering/localization/message-catalog.js';
import { ProfileCatalog } from './rendering/profile-catalog.js';
import { HttpSender } from './sending/http-sender.js';
import { UrlPolicy } from './sending/url-policy.js';
import { SecretBox } from './signing/secret-box.js';
import type { Clock } from './webhooks.clock.js';
import { webhookEntities } from './webhooks.entities.js';
import { WebhooksConfigurationError } from './webhooks.errors.js';
import type {
  ResolvedWebhooksOptions,
  WebhooksModuleOptions,
  WebhooksOptions,
  WebhooksStructure,
} from './webhooks.options.js';
import { STRUCTURE_DEFAULTS } from './webhooks.options.js';
import {
  LANE_SCHEDULER,
  LIVE_LIMITS,
  PORTAL_FOLDER,
  WEBHOOKS_CLOCK,
  WEBHOOKS_DATA_SOURCE,
  WEBHOOKS_OPTIONS,
} from './webhooks.tokens.js';
import { KnownProfiles } from './webhooks/known-profiles.js';
import { OpenApiDocument } from './webhooks/openapi/openapi-document.js';
import { Preview } from './webhooks/preview.js';
import { SealedColumns } from './webhooks/sealed-columns.js';
import { WebhookOverview } from './webhooks/webhook-overview.js';
import { WebhookRegistry } from './webhooks/webhook-registry.js';
import { webhooksControllers } from './webhooks/webhooks.controllers.js';

/** Provides the options to {@link WebhooksModule.forRootAsync} through `useClass` or `useExisting`. */
export interface WebhooksOptionsFactory {
  createWebhooksOptions(): WebhooksOptions | Promise<WebhooksOptions>;
}

/** Structural options, and beside them one way to get the others. */
export interface WebhooksModuleAsyncOptions extends WebhooksStructure {
  useFactory?: (...dependencies: never[]) => WebhooksOptions | Promise<WebhooksOptions>;
  useClass?: Type<WebhooksOptionsFactory>;
  useExisting?: InjectionToken<WebhooksOptionsFactory>;
  /** What `useFactory` is called with. */
  inject?: (InjectionToken | OptionalFactoryDependency)[];
}

const PUBLIC_PROVIDERS = [
  WebhooksService,
  WebhookRegistry,
  WebhookOverview,
  WebhookExport,
  DeliveryLog,
  DeliveryStatistics,
  Redelivery,
  SendTest,
  Preview,
  WebhookLifecycle,
  Retention,
  WebhooksHealthIndicator,
];

const ENGINE_PROVIDERS = [
  Backlog,
  CommitWatch,
  Outbox,
  DomainEventListener,
  HttpSender,
  WebhookTargets,
  EventCache,
  Bodies,
  Attempt,
  TestAttempt,
  LaneClaims,
  LaneReader,
  OrderedSlices,
  LaneRecorder,
  OperationalEvents,
  LaneNews,
  WebhookDisabler,
  SliceWorker,
  LaneTurn,
  Sweep,
  SubscriptionIndex,
  WaitingEvents,
  FanOut,
  Relay,
  SealedColumns,
  KnownProfiles,
  DeliverySnapshots,
  LiveDeliveries,
  OpenApiDocument,
  OctoWebhooks,
  OctoSubscriptions,
  BootChecks,
  ClockSync,
  Engine,
];

/**
 * Outbound webhooks for the host application. Import it once, with {@link WebhooksModule.forRoot} or
 * {@link WebhooksModule.forRootAsync}.
 */
@Module({})
export class WebhooksModule {
  constructor(@Inject(ModulesContainer) modules: ModulesContainer) {
    const roots = [...modules.values()].filter(({ metatype }) => metatype === WebhooksModule);
    if (roots.length < 2) return;
    throw new WebhooksConfigurationError(
      'TWO_ROOTS',
      'WebhooksModule.forRoot',
      `The application imports WebhooksModule.forRoot ${roots.length} times, and would publish and deliver every event as ` +
        'often. Call it once, in the root module; other modules can inject WebhooksService without importing anything.',
    );
  }

  /** @throws WebhooksConfigurationError when an option is missing or wrong */
  static forRoot(options: WebhooksModuleOptions): DynamicModule {
    return composed(options, [{ provide: WEBHOOKS_OPTIONS, useValue: resolveOptions(options, options) }]);
  }

  /** For options that other providers supply, a configuration service for example. */
  static forRootAsync(options: WebhooksModuleAsyncOptions): DynamicModule {
    const resolve = (fromFactory: WebhooksOptions): ResolvedWebhooksOptions => {
      refuseStructural(fromFactory);
      return resolveOptions(options, fromFactory);
    };
    return composed(options, asyncOptionsProviders(options, resolve));
  }
}

function composed(structure: WebhooksStructure, options: Provider[]): DynamicModule {
  const { dataSource, controllers, path, octo, portal, isGlobal } = {
    ...STRUCTURE_DEFAULTS,
    ...withoutUndefined(structure),
  };
  const access = structure.access === 'open' ? undefined : structure.access;
  const rest = { path, guards: access?.guards ?? [] };
  const page = controllers ? portalPath({ path, portal }) : undefined;
  return {
    module: WebhooksModule,
    global: isGlobal,
    imports: [
      TypeOrmModule.forFeature(webhookEntities, dataSource),
      // An instance of the module's own: the host's interceptors and defaults must not reach partners' requests.
      HttpModule.register({}),
      ...queueImports(structure),
      ...(structure.imports ?? []),
    ],
    // Names below the webhooks' path come before their ids.
    controllers: controllers
      ? [
          ...(page === undefined ? [] : portalControllers(page, rest.guards)),
          ...exportControllers(rest),
          ...deliveriesControllers(rest),
          ...webhooksControllers(rest),
          ...octoRoutes(octo, rest.guards),
        ]
      : [],
    providers: [
      ...options,
      {
        provide: WEBHOOKS_DATA_SOURCE,
        useFactory: requireEntities,
        inject: [getDataSourceToken(dataSource)],
      },
      { provide: WEBHOOKS_CLOCK, useFactory: databaseClock, inject: [WEBHOOKS_DATA_SOURCE] },
      schedulerProvider(structure),
      wakeQueueProvider(structure),
      { provide: LIVE_LIMITS, useValue: DEFAULT_LIVE_LIMITS },
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
      ...PUBLIC_PROVIDERS,
      ...ENGINE_PROVIDERS,
      ...(page === undefined ? [] : [Portal, { provide: PORTAL_FOLDER, useValue: BUILT_PAGE }]),
    ],
    exports: [...PUBLIC_PROVIDERS, EventCatalog, WEBHOOKS_OPTIONS],
  };
}

function octoRoutes(octo: WebhooksStructure['octo'], guards: Type<CanActivate>[]): Type[] {
  return octo ? octoControllers(octo.path ?? 'octo', guards) : [];
}

function asyncOptionsProviders(
  { useFactory, useClass, useExisting, inject }: WebhooksModuleAsyncOptions,
  resolve: (options: WebhooksOptions) => ResolvedWebhooksOptions,
): Provider[] {
  if (useFactory) {
    const factory = async (...dependencies: never[]) => resolve(await useFactory(...dependencies));
    return [{ provide: WEBHOOKS_OPTIONS, useFactory: factory, inject }];
  }
  const source = useExisting ?? useClass;
  if (!source) {
    throw new WebhooksConfigurationError(
      'NO_OPTIONS_SOURCE',
      'forRootAsync',
      'WebhooksModule.forRootAsync was given neither useFactory nor useClass nor useExisting. Pass one of them.',
    );
  }
  const factory = async (from: WebhooksOptionsFactory) => resolve(await from.createWebhooksOptions());
  const created: Provider[] = useClass && !useExisting ? [useClass] : [];
  return [...created, { provide: WEBHOOKS_OPTIONS, useFactory: factory, inject: [source] }];
}

function queueName(structure: WebhooksStructure): string {
  return structure.queue?.name ?? 'webhooks';
}

/** Only what the host asked for: an undefined prefix would override the shared configuration's. */
function queueImports(structure: WebhooksStructure): DynamicModule[] {
  if (structure.scheduler === 'in-process') return [];
  const { configKey, prefix } = structure.queue ?? {};
  return [
    BullModule.registerQueue({
      name: queueName(structure),
      ...(configKey === undefined ? {} : { configKey }),
      ...(prefix === undefined ? {} : { prefix }),
      // Rows decide how often a delivery is tried; a lane's wake that stalls is simply worked again. Its lock says no more
      // than that somebody lives: the lease keeps the lane single, and must not have to wait for the lock of a dead worker.
      settings: { maxStalledCount: 1_000_000, lockDuration: 5_000, stalledInterval: 2_500 },
    }),
  ];
}

function schedulerProvider(structure: WebhooksStructure): Provider {
  if (structure.scheduler === 'in-process')
    return { provide: LANE_SCHEDULER, useClass: InProcessLaneScheduler };
  return {
    provide: LANE_SCHEDULER,
    useFactory: (queue: Queue, clock: Clock) => new BullLaneScheduler(queue, clock, new Set([RELAY_LANE])),
    inject: [getQueueToken(queueName(structure)), WEBHOOKS_CLOCK],
  };
}

function wakeQueueProvider(structure: WebhooksStructure): Provider {
  if (structure.scheduler === 'in-process') return { provide: WakeQueue, useValue: new WakeQueue() };
  return {
    provide: WakeQueue,
    useFactory: (queue: Queue) => new WakeQueue(queue),
    inject: [getQueueToken(queueName(structure))],
  };
}
