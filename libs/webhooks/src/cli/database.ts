import { DataSource } from 'typeorm';
import type { DataSourceOptions } from 'typeorm';

import { webhookMigrations } from '../migrations/index.js';
import { webhookEntities } from '../webhooks.entities.js';
import type { DatabaseSettings } from './database-settings.js';
import { checkedName, databaseUrl } from './database-settings.js';

const CONNECT_MS = 10_000;

/** What TypeORM needs to connect to the host's database, without the host. */
export function dataSourceOptions({
  database,
  schema,
  migrationsTable,
}: DatabaseSettings): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl({ database }),
    ...(schema === undefined ? {} : { schema: checkedName('--schema', schema) }),
    entities: webhookEntities,
    migrations: webhookMigrations,
    migrationsTableName: checkedName('--migrations-table', migrationsTable),
    applicationName: 'nestjs-booking-webhooks',
    connectTimeoutMS: CONNECT_MS,
    // The module's statements name their tables without a schema.
    extra: { max: 2, ...(schema === undefined ? {} : { options: `-c search_path=${schema}` }) },
    logging: false,
  };
}

/** Connects, works, and disconnects whatever happens. */
export async function withDatabase<Result>(
  settings: DatabaseSettings,
  work: (dataSource: DataSource) => Promise<Result>,
): Promise<Result> {
  const dataSource = await new DataSource(dataSourceOptions(settings)).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
