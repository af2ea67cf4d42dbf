import { HttpModule } from '@nestjs/axios';
import { BullModule } from '@nestjs/bull';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { setting } from '../processes/setting.js';
import { DeliveryProcessor } from './delivery.processor.js';
import { PlainAttempt, PlainDelivery, PlainWebhook } from './entities.js';
import { PlainWebhooksService, QUEUE } from './webhooks.service.js';

/** What a team writes in a day from the chapters of Nest's documentation on TypeORM, queues and HTTP. */
@Module({})
export class PlainModule {
  static forRoot({ worker }: { worker: boolean }): DynamicModule {
    return {
      module: PlainModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: setting('DATABASE_URL'),
          autoLoadEntities: true,
          synchronize: !worker,
        }),
        TypeOrmModule.forFeature([PlainWebhook, PlainDelivery, PlainAttempt]),
        BullModule.forRoot({ url: setting('REDIS_URL'), prefix: setting('REDIS_PREFIX') }),
        BullModule.registerQueue({ name: QUEUE }),
        HttpModule,
      ],
      providers: [PlainWebhooksService, ...(worker ? [DeliveryProcessor] : [])],
    };
  }
}
