import 'reflect-metadata';

import { EventEmitterModule } from '@nestjs/event-emitter';
import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';
import { webhookMigrations, WebhooksModule } from 'nestjs-booking-webhooks';
import { receiverMigrations } from 'nestjs-booking-webhooks/receiver';

/** The platform that every example is about: PostgreSQL at `DATABASE_URL`, no Redis, receivers on this machine. */
export async function startPlatform(
  options: Partial<WebhooksModuleOptions> = {},
  { imports = [], ...others }: ModuleMetadata = {},
): Promise<INestApplication> {
  class Platform {}
  const app = await NestFactory.create(
    {
      module: Platform,
      ...others,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: process.env.DATABASE_URL,
          autoLoadEntities: true,
          migrations: [...webhookMigrations, ...receiverMigrations],
          migrationsRun: true,
        }),
        EventEmitterModule.forRoot(),
        WebhooksModule.forRoot({
          secretKeys: [Buffer.alloc(32, 1).toString('base64')],
          // Nobody else can reach it here.
          access: 'open',
          scheduler: 'in-process',
          allowHttp: true,
          allowedAddresses: ['127.0.0.0/8'],
          retryDelaysMs: [100, 200, 400],
          ...options,
        }),
        ...imports,
      ],
    },
    { logger: ['error', 'warn'] },
  );
  await app.listen(0, '127.0.0.1');
  return app;
}
