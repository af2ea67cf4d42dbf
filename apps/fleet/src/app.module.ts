import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ALL_CONTRACTS, WebhooksModule } from 'nestjs-booking-webhooks';

import { BookingsController } from './bookings.controller.js';
import { HealthController } from './health.controller.js';
import { OperatorGuard } from './operator.guard.js';
import { redisOptions } from './redis.js';
import { settings } from './settings.js';

const isApi = settings.role === 'api';

@Module({
  imports: [
    // No migrations: the command `migrate` has run them before any process starts.
    TypeOrmModule.forRoot({ type: 'postgres', url: settings.databaseUrl, autoLoadEntities: true }),
    BullModule.forRoot(redisOptions(settings.redis)),
    WebhooksModule.forRoot({
      secretKeys: settings.secretKeys,
      access: { guards: [OperatorGuard], contract: () => ALL_CONTRACTS },
      // A browser has no bearer token.
      portal: false,
      worker: !isApi,
      controllers: isApi,
      allowHttp: settings.allowHttp,
      allowedAddresses: settings.allowedAddresses,
    }),
  ],
  controllers: isApi ? [BookingsController, HealthController] : [HealthController],
})
export class AppModule {}
