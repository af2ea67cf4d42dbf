import 'reflect-metadata';

import { NestFactory } from '@nestjs/core';
import { ALL_CONTRACTS, bookingCreated, WebhookRegistry, WebhooksService } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';

import { AppModule } from '../app.module.js';

it('the host delivers within Jest, by the CommonJS copy', async () => {
  expect(require.resolve('nestjs-booking-webhooks')).toMatch(/dist\/cjs\/index\.js$/);
  const partner = await TestReceiver.start();
  const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error', 'warn'] });
  await app
    .get(WebhookRegistry)
    .create(ALL_CONTRACTS, { contractId: 'C-1', url: partner.url, eventTypes: ['booking.*'] });
  await app
    .get(WebhooksService)
    .publish(bookingCreated({ contractId: 'C-1', data: { booking: { id: 'B-1' } } }));
  await untilIdle(app);
  expect(partner.requests).toHaveLength(1);
  await app.close();
  await partner.stop();
}, 60_000);
