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
  const remedy = knowsAnotherCopy(dataSource, missing)
    ? 'It knows classes of these names from another copy of nestjs-booking-webhooks. Install the package once, and ask for ' +
      'it either by import or by require everywhere.'
    : 'Set autoLoadEntities: true in TypeOrmModule.forRoot, or list them: entities: [...yours, ...webhookEntities]. With ' +
      "several data sources, name the right one in the option 'dataSource'.";
  throw new WebhooksConfigurationError(
    'ENTITIES_MISSING',
    missing.join(', '),
    `The data source does not know the entities ${missing.join(', ')}. ${remedy}`,
  );
}

function knowsAnotherCopy({ entityMetadatas }: DataSource, missing: string[]): boolean {
  return missing.every((entity) => entityMetadatas.some(({ targetName }) => targetName === entity));
}

/** What must be true of the host's database before the first event is published. */
@Injectable()
export class BootChecks {
  constructor(@Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** @throws WebhooksConfigurationError `UNSUPPORTED_DATABASE`, `ENTITY_PREFIX` or `TABLES_MISSING` */
  async tablesExist(): Promise<void> {
    this.databaseIsPostgres();
    this.tablesKeepTheirNames();
    const tables = webhookEntities.map((entity) => this.dataSource.getMetadata(entity).tableName);
    // As the module's own statements name them, without a schema.
    const missing: { name: string }[] = await this.dataSource.query(
      `SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NULL`,
      [tables],
    );
    if (missing.length === 0) return;
    throw tablesMissing(
      missing.map(({ name }) => name),
      this.schema,
    );
  }

  private tablesKeepTheirNames(): void {
    const { entityPrefix } = this.dataSource.options;
    if (!entityPrefix) return;
    throw new WebhooksConfigurationError(
      'ENTITY_PREFIX',
      'entityPrefix',
      `The data source puts the entityPrefix '${entityPrefix}' before every table's name, but the module's statements name ` +
        "its tables as its migrations do. Name a data source without a prefix in the option 'dataSource'.",
    );
  }

  /** Undefined unless the host asked for one. */
  private get schema(): string | undefined {
    const { options } = this.dataSource;
    return options.type === 'postgres' ? options.schema : undefined;
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

function tablesMissing(missing: string[], schema: string | undefined): WebhooksConfigurationError {
  const migrate =
    "Add webhookMigrations to the data source's migrations and run them (migrationsRun: true, or the TypeORM CLI).";
  const searchPath =
    `The data source's schema is '${schema}', which TypeORM's own statements name and the module's do not: put it on the ` +
    `connection's search path as well, extra: { options: '-c search_path=${schema}' }.`;
  return new WebhooksConfigurationError(
    'TABLES_MISSING',
    missing.join(', '),
    `The database has no table ${missing.join(', ')} on the connection's search path. ` +
      (schema === undefined ? migrate : `${migrate} ${searchPath}`),
  );
}
