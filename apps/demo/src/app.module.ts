import { Module } from '@nestjs/common';
import { BullModule } from '@nestjs/bull';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WebhooksModule, webhookMigrations } from 'nestjs-booking-webhooks';

import { CreatePlatform1767225600000 } from './platform/create-platform.migration.js';
import { PartnerGuard } from './platform/partner.guard.js';
import type { PartnerRequest } from './platform/partner.guard.js';
import { PartnersModule } from './platform/partners.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { settings } from './settings.js';

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: settings.databaseUrl,
      poolSize: 20,
      autoLoadEntities: true,
      migrations: [CreatePlatform1767225600000, ...webhookMigrations],
      migrationsRun: true,
    }),
    ...(settings.redisUrl ? [BullModule.forRoot({ redis: settings.redisUrl })] : []),
    EventEmitterModule.forRoot(),
    WebhooksModule.forRoot({
      secretKeys: [settings.webhooksKey],
      access: { guards: [PartnerGuard], contract: (request: PartnerRequest) => request.contractId },
      imports: [PartnersModule],
      scheduler: settings.redisUrl ? 'bull' : 'in-process',
      // The receiver is on this machine, and nobody wants to watch a demo wait for hours.
      allowHttp: true,
      allowedAddresses: ['127.0.0.0/8'],
      deadlineMs: 1_500,
      retryDelaysMs: [300, 600, 1_200, 2_500, 5_000],
      pauseMs: 400,
      maxPauseMs: 1_500,
    }),
    PlatformModule,
  ],
})
export class AppModule {}
