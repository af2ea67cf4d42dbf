import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { webhookEntities } from '../webhooks.entities.js';
import { WebhooksConfigurationError } from '../webhooks.errors.js';
import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';

/**
 * The host's data source, if it knows the module's entities.
 *
 * @throws WebhooksConfigurationError `ENTITIES_MISSING`
 */
export function requireEntities(dataSource: DataSource): DataSource {
  const missing = webhookEntities.filter((entity) => !dataSource.hasMetadata(entity)).map(({ name }) => name);
  if (missing.length === 0) return dataSource;
  throw new WebhooksConfigurationError(
    'ENTITIES_MISSING',
    missing.join(', '),
    `The data source does not know the entities ${missing.join(', ')}. Set autoLoadEntities: true in TypeOrmModule.forRoot, ` +
      "or list them: entities: [...yours, ...webhookEntities]. With several data sources, name the right one in the option 'dataSource'.",
  );
}

/** What must be true of the host's database before the first event is published. */
@Injectable()
export class BootChecks {
  constructor(@Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** @throws WebhooksConfigurationError `UNSUPPORTED_DATABASE` or `TABLES_MISSING` */
  async tablesExist(): Promise<void> {
    this.databaseIsPostgres();
    const tables = webhookEntities.map((entity) => this.dataSource.getMetadata(entity).tableName);
    const queryRunner = this.dataSource.createQueryRunner();
    try {
      const missing: string[] = [];
      for (const table of tables) if (!(await queryRunner.hasTable(table))) missing.push(table);
      if (missing.length > 0) throw tablesMissing(missing);
    } finally {
      await queryRunner.release();
    }
  }

  private databaseIsPostgres(): void {
    const { type } = this.dataSource.options;
    if (type === 'postgres') return;
    throw new WebhooksConfigurationError(
      'UNSUPPORTED_DATABASE',
      'dataSource',
      `The data source is of type '${type}', but this version's statements are written for PostgreSQL. Name a data source ` +
        "of type 'postgres' in the option 'dataSource'.",
    );
  }
}

function tablesMissing(missing: string[]): WebhooksConfigurationError {
  return new WebhooksConfigurationError(
    'TABLES_MISSING',
    missing.join(', '),
    `The database has no table ${missing.join(', ')}. Add webhookMigrations to the data source's migrations and run them ` +
      '(migrationsRun: true, or the TypeORM CLI).',
  );
}
