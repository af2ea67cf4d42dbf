import { BullModule } from '@nestjs/bull';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';
import {
  ALL_CONTRACTS,
  WebhookRegistry,
  webhookMigrations,
  WebhooksModule,
  WebhooksService,
} from 'nestjs-booking-webhooks';
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { LogCapture } from './log-capture.js';
import { ScratchDatabase } from './scratch-database.js';

export interface FuzzServices {
  databaseUrl: string;
  redisUrl: string;
}

export interface FuzzHostOptions extends Partial<WebhooksModuleOptions> {
  platform?: 'express' | 'fastify';
}

/** Says as which contract a request is made; `*` is an operator. */
export const CALLER = 'x-contract';

/** Names resolve to this machine, where nobody listens on the usual ports: nothing leaves it. */
class Resolver {}
const NETWORK = Symbol.for('nestjs-booking-webhooks.sender-network');
const resolver = {
  module: Resolver,
  global: true,
  providers: [{ provide: NETWORK, useValue: { resolve } }],
  exports: [NETWORK],
};

type Found = (error: null, addresses: { address: string; family: number }[]) => void;

function resolve(_host: string, _options: unknown, found: Found): void {
  process.nextTick(found, null, [{ address: '127.0.0.1', family: 4 }]);
}

/** A host's application with the module in it, on a database of its own, listening on a free port. */
export class FuzzHost {
  private constructor(
    readonly app: INestApplication,
    readonly database: ScratchDatabase,
    readonly logs: LogCapture,
    readonly port: number,
  ) {}

  static async start(services: FuzzServices, options: FuzzHostOptions = {}): Promise<FuzzHost> {
    const { platform = 'express', ...moduleOptions } = options;
    const database = await ScratchDatabase.create(services.databaseUrl);
    const logs = new LogCapture();
    const host = {
      module: class FuzzHostModule {},
      imports: [
        resolver,
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: database.url,
          autoLoadEntities: true,
          migrations: webhookMigrations,
          migrationsRun: true,
        }),
        BullModule.forRoot({ url: services.redisUrl, prefix: `fuzz-${randomBytes(6).toString('hex')}` }),
        WebhooksModule.forRoot({
          secretKeys: [randomBytes(32).toString('base64')],
          access: { contract: contractOf },
          allowHttp: true,
          allowedAddresses: ['127.0.0.0/8'],
          ...moduleOptions,
        }),
      ],
    };
    const adapter = platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
    const app = await NestFactory.create(host, adapter, { logger: logs, abortOnError: false });
    await app.listen(0, '127.0.0.1');
    const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
    return new FuzzHost(app, database, logs, port);
  }

  get registry(): WebhookRegistry {
    return this.app.get(WebhookRegistry);
  }

  get webhooks(): WebhooksService {
    return this.app.get(WebhooksService);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }
}

/** A host knows its contracts: what cannot be the name of one is none. */
function contractOf({ headers }: { headers: Record<string, string | undefined> }) {
  const caller = headers[CALLER];
  if (caller === '*') return ALL_CONTRACTS;
  return caller === undefined || caller.length > 64 ? undefined : caller;
}
