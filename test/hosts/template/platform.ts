import type { DynamicModule } from '@nestjs/common';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';

import { Booking } from './booking.entity.js';
import { database, entities } from './database.js';
import { contractOf, PartnerGuard } from './partner.guard.js';
import { queueModules } from './queue.js';
import { settings } from './settings.js';

const { dataSource, migrationsRun, otherDatabase } = settings;
const listing = settings.entities === 'listed' ? { entities } : { autoLoadEntities: true };

/** What there was before the webhooks. */
export const platformModules: DynamicModule[] = [
  TypeOrmModule.forRoot({ ...database, ...listing, name: dataSource, migrationsRun }),
  ...(otherDatabase ? [TypeOrmModule.forRoot(otherDatabase)] : []),
  TypeOrmModule.forFeature([Booking], dataSource),
  ...queueModules(),
  EventEmitterModule.forRoot(),
];

export const webhooksOptions = {
  secretKeys: [Buffer.alloc(32, 7).toString('base64')],
  access: { guards: [PartnerGuard], contract: contractOf },
  ...(dataSource === undefined ? {} : { dataSource }),
  ...(settings.redis ? {} : { scheduler: 'in-process' }),
  allowHttp: true,
  allowedAddresses: ['127.0.0.0/8'],
  retryDelaysMs: [100, 200, 400],
  sweepIntervalMs: 1_000,
} satisfies WebhooksModuleOptions;
