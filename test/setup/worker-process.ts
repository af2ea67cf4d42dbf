import 'reflect-metadata';

import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';
import { WebhooksModule } from 'nestjs-booking-webhooks';

/** A worker of a platform, in a process that a spec can kill: what it works on and its options are its one argument. */
interface Given {
  databaseUrl: string;
  redis: { url: string; prefix: string };
  options: Partial<WebhooksModuleOptions>;
}

const { databaseUrl, redis, options } = JSON.parse(process.argv[2] ?? '') as Given;

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: databaseUrl, autoLoadEntities: true }),
    BullModule.forRoot(redis),
    WebhooksModule.forRoot({ ...options, controllers: false } as WebhooksModuleOptions),
  ],
})
class WorkerModule {}

const app = await NestFactory.createApplicationContext(WorkerModule, { logger: ['error', 'warn'] });
await app.init();
process.stdout.write('ready\n');
