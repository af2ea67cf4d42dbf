import type { DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { webhookMigrations } from 'nestjs-booking-webhooks';
import { DataSource } from 'typeorm';

/**
 * A host's connection of its own, for applications that may not start: tried once.
 *
 * @param connecting gets every connection that is begun, for the spec to close those that such an application leaves open
 * @param options of the data source, beside those that it has anyway
 */
export function unretriedOrm(
  url: string,
  connecting: Promise<DataSource>[],
  options: object = {},
  name?: string,
): DynamicModule {
  return TypeOrmModule.forRootAsync({
    ...(name && { name }),
    useFactory: () => ({
      type: 'postgres',
      url,
      autoLoadEntities: true,
      migrations: webhookMigrations,
      migrationsRun: true,
      retryAttempts: 0,
      ...options,
    }),
    dataSourceFactory: (given) => {
      const dataSource = new DataSource(given!).initialize();
      connecting.push(dataSource);
      return dataSource;
    },
  });
}

/** Closes what {@link unretriedOrm} began and nobody has closed. */
export async function closeAll(connecting: readonly Promise<DataSource>[]): Promise<void> {
  for (const dataSource of await Promise.all(connecting))
    if (dataSource.isInitialized) await dataSource.destroy();
}
