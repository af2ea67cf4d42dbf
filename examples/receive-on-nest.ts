// A partner on Nest: a guard that verifies, and a handler that runs once for each event. Prints:
//   handled booking.created
//   sent again, and handled 1 time in all
import type { INestApplication } from '@nestjs/common';
import { Controller, Module, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  ALL_CONTRACTS,
  bookingCreated,
  DeliveryLog,
  Redelivery,
  WebhookRegistry,
  WebhooksService,
} from 'nestjs-booking-webhooks';
import type { ReceivedEvent } from 'nestjs-booking-webhooks/receiver';
import {
  IdempotencyInterceptor,
  WebhookEvent,
  WebhookGuard,
  WebhookReceiverModule,
} from 'nestjs-booking-webhooks/receiver';
import { untilIdle } from 'nestjs-booking-webhooks/testing';

import { startPlatform } from './platform.js';

let handled = 0;

@Controller('hooks')
@UseGuards(WebhookGuard)
@UseInterceptors(IdempotencyInterceptor)
class HooksController {
  @Post()
  receive(@WebhookEvent() event: ReceivedEvent): void {
    handled += 1;
    console.log(`handled ${event.type}`);
  }
}

/** The secret is known once the webhook is there, so this application starts second. */
function startPartner(secret: string): Promise<INestApplication> {
  @Module({
    imports: [
      // Named, since the platform's own is in this process, too.
      TypeOrmModule.forRoot({
        name: 'partner',
        type: 'postgres',
        url: process.env.DATABASE_URL,
        autoLoadEntities: true,
      }),
      WebhookReceiverModule.register({
        scheme: 'standard',
        secrets: secret,
        idempotency: { dataSource: 'partner' },
      }),
    ],
    controllers: [HooksController],
  })
  class Partner {}
  // The signature is over the bytes as they came.
  return NestFactory.create(Partner, { rawBody: true, logger: ['error', 'warn'] });
}

const platform = await startPlatform();
const registry = platform.get(WebhookRegistry);
const webhook = await registry.create(ALL_CONTRACTS, {
  contractId: 'partner-1',
  url: 'http://127.0.0.1:9/not-there-yet',
  eventTypes: ['booking.*'],
});
const partner = await startPartner(webhook.secret ?? '');
await partner.listen(0, '127.0.0.1');
await registry.update(ALL_CONTRACTS, webhook.id, { url: `${await partner.getUrl()}/hooks` });

const event = bookingCreated({ contractId: 'partner-1', data: { booking: { id: 'B-1' } } });
await platform.get(WebhooksService).publish(event);
await untilIdle(platform);

const { data } = await platform.get(DeliveryLog).list(ALL_CONTRACTS, webhook.id, {});
for (const { id } of data) await platform.get(Redelivery).redeliver(ALL_CONTRACTS, id);
await untilIdle(platform);
console.log(`sent again, and handled ${handled} time in all`);

await platform.close();
await partner.close();
