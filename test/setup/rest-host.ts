import type { CanActivate, ExecutionContext, INestApplication, Type } from '@nestjs/common';
import { Injectable, ValidationPipe } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { LifecycleEvent, WebhooksModuleOptions } from 'nestjs-booking-webhooks';
import { ALL_CONTRACTS, WebhookLifecycle, webhookMigrations, WebhooksModule } from 'nestjs-booking-webhooks';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import request from 'supertest';
import { DataSource } from 'typeorm';

import type { DatabaseKind } from './database.js';
import { freshDatabase } from './database.js';
import { QUICK } from './host.js';

export type Platform = 'express' | 'fastify';
export const PLATFORMS: Platform[] = ['express', 'fastify'];

/** What the specs' host reads a caller from: `*` is an operator, `blocked` is stopped by the host's own guard. */
const CALLER = 'x-contract';

interface AnyRequest {
  headers: Record<string, string | undefined>;
}

@Injectable()
class PartnerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.switchToHttp().getRequest<AnyRequest>().headers[CALLER] !== 'blocked';
  }
}

export interface RestHostOptions extends Partial<WebhooksModuleOptions> {
  platform: Platform;
  /** @default 'postgres' */
  database?: DatabaseKind;
  /** A host with a global prefix and a ValidationPipe of its own that allows nothing it does not know. */
  strict?: boolean;
  /** Controllers of the host's own. */
  hostControllers?: Type[];
  /** Internal providers of the module's in place of its own, by their tokens' names. */
  replaced?: Record<string, unknown>;
  /** For `fastify`, if it is to be another one than Nest's own. */
  adapter?: FastifyAdapter;
}

/** A booking platform's application that serves the REST resources, on a database of its own. */
export class RestHost {
  /** What the host was told since it started. */
  readonly told: LifecycleEvent[] = [];

  private constructor(
    readonly app: INestApplication,
    private readonly prefix: string,
    private readonly drop: () => Promise<void>,
  ) {
    app.get(WebhookLifecycle).subscribe((event) => this.told.push(event));
  }

  static async start({
    platform,
    database: kind,
    strict = false,
    replaced = {},
    adapter,
    hostControllers = [],
    ...options
  }: RestHostOptions): Promise<RestHost> {
    const database = await freshDatabase(kind);
    const building = Test.createTestingModule({
      controllers: hostControllers,
      imports: [
        TypeOrmModule.forRoot({
          ...database.options,
          autoLoadEntities: true,
          migrations: webhookMigrations,
          migrationsRun: true,
        }),
        WebhooksModule.forRoot({
          ...QUICK,
          scheduler: 'in-process',
          access: { guards: [PartnerGuard], contract: contractOf },
          ...options,
        } as WebhooksModuleOptions),
      ],
    });
    for (const [name, value] of Object.entries(replaced))
      building.overrideProvider(Symbol.for(`nestjs-booking-webhooks.${name}`)).useValue(value);
    const testing = await building.compile();
    const app = await start(testing, platform, strict, adapter);
    return new RestHost(app, strict ? '/api' : '', () => database.drop());
  }

  get dataSource(): DataSource {
    return this.app.get(DataSource);
  }

  /** The API as it is for one caller; a path is one below the host's prefix. */
  as(contractId: string) {
    const agent = request(this.app.getHttpServer() as Server);
    const call = (method: 'get' | 'post' | 'patch' | 'delete') => (path: string) =>
      agent[method](`${this.prefix}${path}`).set(CALLER, contractId);
    return { get: call('get'), post: call('post'), patch: call('patch'), delete: call('delete') };
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.drop();
  }
}

/** A contract that no other test of the application uses. */
export function freshContract(): string {
  return `C-${randomUUID()}`;
}

function contractOf({ headers }: AnyRequest) {
  const contract = headers[CALLER];
  return contract === '*' ? ALL_CONTRACTS : contract;
}

async function start(
  testing: Awaited<ReturnType<ReturnType<typeof Test.createTestingModule>['compile']>>,
  platform: Platform,
  strict: boolean,
  adapter = new FastifyAdapter(),
): Promise<INestApplication> {
  const quiet = { logger: ['error', 'warn'] as ('error' | 'warn')[] };
  const app =
    platform === 'fastify'
      ? testing.createNestApplication<NestFastifyApplication>(adapter, quiet)
      : testing.createNestApplication(quiet);
  if (strict) {
    app.setGlobalPrefix('api');
    app.useGlobalPipes(
      new ValidationPipe({
        transform: true,
        whitelist: true,
        forbidNonWhitelisted: true,
        forbidUnknownValues: true,
        validateCustomDecorators: true,
      }),
    );
  }
  await app.init();
  if (platform === 'fastify') await (app as NestFastifyApplication).getHttpAdapter().getInstance().ready();
  return app;
}
