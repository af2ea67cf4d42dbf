import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WebhooksModule } from 'nestjs-booking-webhooks';

import { PartnerGuard } from './platform/partner.guard.js';
import type { PartnerRequest } from './platform/partner.guard.js';
import { PartnersModule } from './platform/partners.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { settings } from './settings.js';

@Module({
  imports: [
    TypeOrmModule.forRoot({ ...settings.database, autoLoadEntities: true }),
    BullModule.forRoot({ redis: settings.redisUrl }),
    EventEmitterModule.forRoot(),
    WebhooksModule.forRoot({
      secretKeys: [settings.webhooksKey],
      access: { guards: [PartnerGuard], contract: (request: PartnerRequest) => request.contractId },
      imports: [PartnersModule],
      ...settings.localAndQuick,
    }),
    PlatformModule,
  ],
})
export class AppModule {}
