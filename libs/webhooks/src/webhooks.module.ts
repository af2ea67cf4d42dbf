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

import { EventCatalog } from './catalog/event-catalog.js';
import { deliveriesControllers } from './deliveries/deliveries.controllers.js';
import { DEFAULT_LIVE_LIMITS } from './deliveries/live-deliveries.js';
import { exportControllers } from './export/export.controllers.js';
import { feedControllers } from './feed/feed.controllers.js';
import { octoControllers } from './octo/octo.controllers.js';
import { requireEntities } from './operations/boot-checks.js';
import { databaseClock } from './operations/clock-sync.js';
import { refuseStructural, resolveOptions, withoutUndefined } from './operations/resolve-options.js';
import { Portal } from './portal/portal.js';
import { BUILT_PAGE } from './portal/portal-folder.js';
import { portalPath } from './portal/portal-path.js';
import { portalControllers } from './portal/portal.controllers.js';
import { webhookEntities } from './webhooks.entities.js';
import { WebhooksConfigurationError } from './webhooks.errors.js';
import { describedForSwagger } from './webhooks.swagger.js';
import type {
  ResolvedWebhooksOptions,
  WebhooksModuleOptions,
  WebhooksOptions,
  WebhooksStructure,
} from './webhooks.options.js';
import { STRUCTURE_DEFAULTS } from './webhooks.options.js';
import { ENGINE_PROVIDERS, PROVIDERS_OF_OPTIONS, PUBLIC_PROVIDERS } from './webhooks.providers.js';
import { queueImports, schedulerProvider, wakeQueueProvider } from './webhooks.queue.js';
import {
  LIVE_LIMITS,
  PORTAL_FOLDER,
  WEBHOOKS_CLOCK,
  WEBHOOKS_DATA_SOURCE,
  WEBHOOKS_OPTIONS,
} from './webhooks.tokens.js';
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
      ...queueImports(structure),
      ...(structure.imports ?? []),
    ],
    // Names below the webhooks' path come before their ids.
    controllers: controllers
      ? describedForSwagger(
          [
            ...(page === undefined ? [] : portalControllers(page, rest.guards)),
            ...exportControllers(rest),
            ...deliveriesControllers(rest),
            ...feedControllers(rest),
            ...webhooksControllers(rest),
            ...octoRoutes(octo, rest.guards),
          ],
          { path, octo },
        )
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
      ...PROVIDERS_OF_OPTIONS,
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
