import { BullModule } from '@nestjs/bull';
import type { DynamicModule } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ALL_CONTRACTS, webhookMigrations, WebhooksModule } from 'nestjs-booking-webhooks';
import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';

import { ChaosBooking, ChaosChange } from './change.entity.js';
import { CreateChaosTables1763700000000 } from './create-tables.migration.js';
import type { PlatformConnections, PlatformSettings } from './platform-settings.js';

/** Retries and pauses short enough for a test of seconds. */
const QUICK = {
  secretKeys: [Buffer.alloc(32, 7).toString('base64')],
  allowHttp: true,
  allowedAddresses: ['127.0.0.0/8'],
  deadlineMs: 2_000,
  sliceMs: 1_000,
  retryDelaysMs: [300, 600, 1_200, 2_400, 4_800, 9_600, 19_200],
  pauseMs: 200,
  maxPauseMs: 2_000,
  sweepIntervalMs: 1_000,
} satisfies Partial<WebhooksModuleOptions>;

/** Whoever names a contract in the header `x-contract` is its partner; whoever names none is the operator. */
interface PartnerRequest {
  headers: Record<string, string | undefined>;
}

export class PlatformModule {
  static of(settings: PlatformSettings & PlatformConnections): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: settings.databaseUrl,
          autoLoadEntities: true,
          entities: [ChaosBooking, ChaosChange],
          migrations: [...webhookMigrations, CreateChaosTables1763700000000],
          migrationsRun: true,
          // A restarted database refuses connections for a moment.
          retryAttempts: 50,
          retryDelay: 200,
        }),
        BullModule.forRoot({ url: settings.redisUrl, prefix: settings.redisPrefix }),
        EventEmitterModule.forRoot(),
        WebhooksModule.forRoot({
          ...QUICK,
          access: { contract: (request: PartnerRequest) => request.headers['x-contract'] ?? ALL_CONTRACTS },
          ...settings.options,
        }),
      ],
    };
  }
}
