import { BullModule } from '@nestjs/bull';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { TypeOrmModule } from '@nestjs/typeorm';
import { webhookMigrations, WebhooksModule } from 'nestjs-booking-webhooks';
import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';

import { setting } from '../processes/setting.js';
import { MODULE_OPTIONS } from './settings.js';

type HttpClient = WebhooksModuleOptions['httpClient'];

/** A booking platform's application with the module in it. */
@Module({})
export class HostModule {
  static forRoot({ worker }: { worker: boolean }): DynamicModule {
    return {
      module: HostModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: setting('DATABASE_URL'),
          autoLoadEntities: true,
          migrations: webhookMigrations,
          migrationsRun: !worker,
        }),
        BullModule.forRoot({ url: setting('REDIS_URL'), prefix: setting('REDIS_PREFIX') }),
        EventEmitterModule.forRoot(),
        WebhooksModule.forRoot({
          ...MODULE_OPTIONS,
          worker,
          httpClient: setting('HTTP_CLIENT') as HttpClient,
        }),
      ],
    };
  }
}
