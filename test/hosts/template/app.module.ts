import { Module } from '@nestjs/common';
import type { Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { WebhooksModule } from 'nestjs-booking-webhooks';

import { BookingsController } from './bookings.controller.js';
import { PlatformGuard } from './partner.guard.js';
import { platformModules, webhooksOptions } from './platform.js';
import { ClusterClients } from './queue.js';
import { settings } from './settings.js';

const guards: Provider[] = settings.appGuard ? [{ provide: APP_GUARD, useClass: PlatformGuard }] : [];

@Module({
  imports: [...platformModules, WebhooksModule.forRoot(webhooksOptions)],
  controllers: [BookingsController],
  providers: [...guards, ClusterClients],
})
export class AppModule {}
