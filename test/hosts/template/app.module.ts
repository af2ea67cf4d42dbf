import { Module } from '@nestjs/common';
import type { Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WebhooksModule } from 'nestjs-booking-webhooks';

import { Booking } from './booking.entity.js';
import { BookingsController } from './bookings.controller.js';
import { database, entities } from './database.js';
import { contractOf, PartnerGuard, PlatformGuard } from './partner.guard.js';
import { ClusterClients, queueModules } from './queue.js';
import { settings } from './settings.js';

const { dataSource, migrationsRun, otherDatabase } = settings;
const guards: Provider[] = settings.appGuard ? [{ provide: APP_GUARD, useClass: PlatformGuard }] : [];
const listing = settings.entities === 'listed' ? { entities } : { autoLoadEntities: true };

@Module({
  imports: [
    TypeOrmModule.forRoot({
      ...database,
      ...listing,
      name: dataSource,
      migrationsRun,
    }),
    ...(otherDatabase ? [TypeOrmModule.forRoot(otherDatabase)] : []),
    TypeOrmModule.forFeature([Booking], dataSource),
    ...queueModules(),
    EventEmitterModule.forRoot(),
    WebhooksModule.forRoot({
      secretKeys: [Buffer.alloc(32, 7).toString('base64')],
      access: { guards: [PartnerGuard], contract: contractOf },
      ...(dataSource === undefined ? {} : { dataSource }),
      ...(settings.redis ? {} : { scheduler: 'in-process' as const }),
      allowHttp: true,
      allowedAddresses: ['127.0.0.0/8'],
      retryDelaysMs: [100, 200, 400],
      sweepIntervalMs: 1_000,
    }),
  ],
  controllers: [BookingsController],
  providers: [...guards, ClusterClients],
})
export class AppModule {}
