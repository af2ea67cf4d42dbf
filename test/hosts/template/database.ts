import { webhookEntities, webhookMigrations } from 'nestjs-booking-webhooks';
import type { DataSourceOptions } from 'typeorm';

import { Booking } from './booking.entity.js';
import { CreateBooking1767225600000 } from './create-booking.migration.js';
import { settings } from './settings.js';

export const entities = [Booking, ...webhookEntities];

export const database = {
  ...settings.database,
  synchronize: false,
  migrations: [CreateBooking1767225600000, ...webhookMigrations],
} as unknown as DataSourceOptions;
