import { Module } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';

import { BUILT_IN_NAMES } from '../../catalog/event-catalog.js';
import type { HostEventType } from '../../catalog/host-event-types.js';
import { firstIdAt } from '../../first-id-at.js';
import { WebhookEvent } from '../../outbox/webhook-event.entity.js';
import { WebhooksModule } from '../../webhooks.module.js';
import { WEBHOOKS_DATA_SOURCE } from '../../webhooks.tokens.js';
import type { DatabaseSettings } from '../database-settings.js';
import { databaseConnection, saving } from '../database.js';

/** The longest that the option allows: what the host's own retention has left may be sent again. */
const ALL_DAYS = 3_650;

/** As much as a recovery leaves to clocks that are off. */
const CLOCK_SKEW_MS = 3_600_000;

@Module({})
class ReplayModule {}

/**
 * The module as the host has it, over the same rows: nothing is worked here, so nothing is sent, and no secret is opened.
 * Made of the module and not of its parts, so that what is sent again is decided by the code that answers the REST
 * resources.
 */
export async function withPlatform<Result>(
  settings: DatabaseSettings,
  work: (app: INestApplicationContext, dataSource: DataSource) => Promise<Result>,
  eventTypes: HostEventType[] = [],
): Promise<Result> {
  const { options, save } = await databaseConnection(settings);
  const app = await NestFactory.createApplicationContext(
    {
      module: ReplayModule,
      imports: [
        TypeOrmModule.forRoot({ ...options, migrations: [], retryAttempts: 0 }),
        WebhooksModule.forRoot({
          secretKeys: [randomBytes(32).toString('base64')],
          controllers: false,
          worker: false,
          scheduler: 'in-process',
          catalog: { eventTypes },
          retentionDays: ALL_DAYS,
        }),
      ],
    },
    { logger: false, abortOnError: false },
  );
  try {
    const own = app.get<DataSource>(WEBHOOKS_DATA_SOURCE, { strict: false });
    return await saving(save, app.get(DataSource, { strict: false }), () => work(app, own));
  } finally {
    await app.close();
  }
}

/**
 * The event types that the host has added, by what it has published for a contract since then: in its code alone they have
 * other words, and those don't matter to who gets what.
 */
export async function hostEventTypes(
  dataSource: DataSource,
  contractId: string,
  since: Date,
): Promise<HostEventType[]> {
  const rows = await dataSource
    .getRepository(WebhookEvent)
    .createQueryBuilder('event')
    .select('event.type', 'type')
    .distinct(true)
    .where('event.contractId = :contractId AND event.id >= :first', {
      contractId,
      first: firstIdAt(since.getTime() - CLOCK_SKEW_MS),
    })
    .getRawMany<{ type: string }>();
  return rows
    .filter(({ type }) => !BUILT_IN_NAMES.has(type))
    .map(({ type }) => ({ name: type, label: type, description: type }));
}
