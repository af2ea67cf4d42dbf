import type { DynamicModule, InjectionToken, OptionalFactoryDependency, Provider } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

import { ReceivedWebhook } from './received-webhook.entity.js';
import { ReceivedWebhooks } from './received-webhooks.js';
import { ReceiverConfigurationError } from './receiver.errors.js';
import type {
  IdempotencyOptions,
  ResolvedIdempotencyOptions,
  VerificationOptions,
} from './receiver.options.js';
import { IDEMPOTENCY_DEFAULTS } from './receiver.options.js';
import { RECEIVER_IDEMPOTENCY, RECEIVER_ROWS, RECEIVER_VERIFICATION } from './receiver.tokens.js';
import { requireUsableKeys } from './verify-request.js';

/** How requests are verified and, with `idempotency`, how repeats are told. */
export type WebhookReceiverOptions = VerificationOptions & {
  /** What {@link IdempotencyInterceptor} needs; without it there is only the guard, and no database. */
  idempotency?: IdempotencyOptions;
};

/** For secrets that other providers supply, a configuration service for example. */
export interface WebhookReceiverAsyncOptions {
  useFactory: (...dependencies: never[]) => VerificationOptions | Promise<VerificationOptions>;
  /** What `useFactory` is called with. */
  inject?: (InjectionToken | OptionalFactoryDependency)[];
  imports?: DynamicModule['imports'];
  idempotency?: IdempotencyOptions;
}

/**
 * The receiver's half, for an application that is sent webhooks. Import it in the module of the receiving controller, once
 * for each sender; {@link WebhookGuard} and {@link IdempotencyInterceptor} then work there.
 *
 * @publicApi
 */
@Module({})
export class WebhookReceiverModule {
  /**
   * @throws VerificationKeyError when a secret, key or token is not usable
   * @throws ReceiverConfigurationError when another option is not
   */
  static register({ idempotency, ...verification }: WebhookReceiverOptions): DynamicModule {
    const options = requireUsableKeys(verification);
    return composed([{ provide: RECEIVER_VERIFICATION, useValue: options }], idempotency);
  }

  /** As {@link WebhookReceiverModule.register}; what the factory returns is checked at boot. */
  static registerAsync(options: WebhookReceiverAsyncOptions): DynamicModule {
    const { useFactory, inject, imports = [], idempotency } = options;
    const factory = async (...dependencies: never[]) => requireUsableKeys(await useFactory(...dependencies));
    return composed([{ provide: RECEIVER_VERIFICATION, useFactory: factory, inject }], idempotency, imports);
  }
}

function composed(
  verification: Provider[],
  idempotency: IdempotencyOptions | undefined,
  imports: NonNullable<DynamicModule['imports']> = [],
): DynamicModule {
  if (!idempotency) {
    return {
      module: WebhookReceiverModule,
      imports,
      providers: verification,
      exports: [RECEIVER_VERIFICATION],
    };
  }
  const { dataSource } = idempotency;
  return {
    module: WebhookReceiverModule,
    imports: [...imports, TypeOrmModule.forFeature([ReceivedWebhook], dataSource)],
    providers: [
      ...verification,
      { provide: RECEIVER_IDEMPOTENCY, useValue: resolved(idempotency) },
      { provide: RECEIVER_ROWS, useFactory: rowsOf, inject: [getDataSourceToken(dataSource)] },
      ReceivedWebhooks,
    ],
    exports: [RECEIVER_VERIFICATION, RECEIVER_IDEMPOTENCY, ReceivedWebhooks],
  };
}

function resolved({ key, abandonedAfterMs }: IdempotencyOptions): ResolvedIdempotencyOptions {
  const options = {
    key: key ?? IDEMPOTENCY_DEFAULTS.key,
    abandonedAfterMs: abandonedAfterMs ?? IDEMPOTENCY_DEFAULTS.abandonedAfterMs,
  };
  if (!Number.isFinite(options.abandonedAfterMs) || options.abandonedAfterMs < 1) {
    throw new ReceiverConfigurationError(
      'INVALID_OPTION',
      `idempotency.abandonedAfterMs is ${options.abandonedAfterMs}; expected a positive number of milliseconds, longer ` +
        'than the slowest handler takes.',
    );
  }
  return options;
}

function rowsOf(dataSource: DataSource) {
  if (dataSource.hasMetadata(ReceivedWebhook)) return dataSource.getRepository(ReceivedWebhook);
  throw new ReceiverConfigurationError(
    'NO_ENTITY',
    'The data source does not know the table of received webhooks. Set autoLoadEntities: true, or add ReceivedWebhook to ' +
      'its entities, and receiverMigrations to its migrations.',
  );
}
