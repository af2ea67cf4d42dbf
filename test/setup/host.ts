import { BullModule } from '@nestjs/bull';
import { EventEmitterModule } from '@nestjs/event-emitter';
import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { EventFields, WebhooksModuleOptions } from 'nestjs-booking-webhooks';
import {
  ALL_CONTRACTS,
  bookingCancelled,
  webhookMigrations,
  WebhookRegistry,
  WebhooksModule,
  WebhooksService,
} from 'nestjs-booking-webhooks';
import { DataSource } from 'typeorm';

import type { DatabaseKind, FreshDatabase } from './database.js';
import { freshDatabase } from './database.js';
import { freshRedis } from './redis.js';
import { StatementLog } from './statement-log.js';

/** A key that seals the specs' secrets. */
export const SECRET_KEY = Buffer.alloc(32, 7).toString('base64');

/** Retries and pauses short enough to be waited for, loopback receivers allowed. */
export const QUICK: Partial<WebhooksModuleOptions> = {
  secretKeys: [SECRET_KEY],
  access: 'open',
  // Specs run without a build; those of the portal bring a page of their own.
  portal: false,
  allowHttp: true,
  allowedAddresses: ['127.0.0.0/8'],
  deadlineMs: 2_000,
  retryDelaysMs: [50, 50, 50, 50, 50],
  pauseMs: 100,
  maxPauseMs: 400,
  sweepIntervalMs: 500,
};

export interface HostOptions extends Partial<WebhooksModuleOptions> {
  /** Shared by hosts that stand for processes of one platform. */
  shared?: SharedServices;
  /** What it runs on, unless it is shared. @default 'postgres' */
  database?: DatabaseKind;
  hostImports?: ModuleMetadata['imports'];
}

export interface SharedServices {
  database: FreshDatabase;
  redis: { url: string; prefix: string };
}

export async function sharedServices(kind?: DatabaseKind): Promise<SharedServices> {
  return { database: await freshDatabase(kind), redis: freshRedis() };
}

/** A booking platform's application with the module in it, on a database and a Redis prefix of its own. */
export class Host {
  private constructor(
    readonly app: INestApplication,
    readonly statements: StatementLog,
    readonly redis: { url: string; prefix: string },
    private readonly ownDatabase: SharedServices['database'] | undefined,
  ) {}

  static async start({
    shared,
    database: kind,
    hostImports = [],
    ...options
  }: HostOptions = {}): Promise<Host> {
    const { database, redis } = shared ?? (await sharedServices(kind));
    const statements = new StatementLog();
    const testing = await Test.createTestingModule({
      imports: [
        TypeOrmModule.forRoot({
          ...database.options,
          autoLoadEntities: true,
          migrations: webhookMigrations,
          migrationsRun: true,
          logger: statements,
          logging: ['query'],
        }),
        BullModule.forRoot({ url: redis.url, prefix: redis.prefix }),
        EventEmitterModule.forRoot(),
        ...hostImports,
        WebhooksModule.forRoot({ ...QUICK, ...options } as WebhooksModuleOptions),
      ],
    }).compile();
    const app = testing.createNestApplication({ logger: ['error', 'warn'] });
    await app.init();
    return new Host(app, statements, redis, shared ? undefined : database);
  }

  get dataSource(): DataSource {
    return this.app.get(DataSource);
  }

  get webhooks(): WebhooksService {
    return this.app.get(WebhooksService);
  }

  get registry(): WebhookRegistry {
    return this.app.get(WebhookRegistry);
  }

  /** An active webhook of contract C-1 for every event, unless told otherwise. */
  async subscribe(
    url: string,
    fields: Record<string, unknown> = {},
  ): Promise<{ id: string; secret: string }> {
    const { id, secret = '' } = await this.registry.create(ALL_CONTRACTS, {
      contractId: 'C-1',
      url,
      eventTypes: ['*'],
      ...fields,
    });
    return { id, secret };
  }

  /** Closes the application, and drops the database unless it is shared. */
  async stop(): Promise<void> {
    await this.app.close();
    await this.ownDatabase?.drop();
  }
}

/** A cancelled booking of contract C-1, unless told otherwise. */
export function cancelled(bookingId: string, fields: Partial<EventFields> = {}) {
  return bookingCancelled({
    contractId: 'C-1',
    data: { booking: { id: bookingId, status: 'CANCELLED' } },
    ...fields,
  });
}
