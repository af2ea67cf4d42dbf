import { Module } from '@nestjs/common';
import { WebhooksModule } from 'nestjs-booking-webhooks';

import { BookingsController } from '../bookings.controller.js';
import { platformModules, webhooksOptions } from '../platform.js';
import { HealthModule } from './health.module.js';
import { MetricsModule, registry } from './metrics.module.js';

@Module({
  imports: [
    ...platformModules,
    WebhooksModule.forRoot({ ...webhooksOptions, metrics: registry, logAttempts: true, tracing: true }),
    HealthModule,
    MetricsModule,
  ],
  controllers: [BookingsController],
})
export class AppModule {}
