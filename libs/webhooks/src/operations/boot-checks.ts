import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import type { Dialect } from '../database/dialect.js';
import { knownDialect } from '../database/dialect.js';
import { select } from '../database/portable-sql.js';
import { ownDataSource } from '../database/sqlite-turns.js';
import { webhookEntities } from '../webhooks.entities.js';
import { WebhooksConfigurationError } from '../webhooks.errors.js';
import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';

/**
 * The host's data source as the module uses it, if it knows the module's entities.
 *
 * @throws WebhooksConfigurationError `ENTITIES_MISSING`
 */
export function requireEntities(dataSource: DataSource): DataSource {
  const missing = webhookEntities.filter((entity) => !dataSource.hasMetadata(entity)).map(({ name }) => name);
  if (missing.length === 0) return ownDataSource(dataSource);
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

  /** @throws WebhooksConfigurationError `UNSUPPORTED_DATABASE`, `ENTITY_PREFIX`, `TABLES_MISSING` or `TABLES_NOT_MIGRATED` */
  async tablesExist(): Promise<void> {
    const dialect = supportedDialect(this.dataSource);
    if (dialect === 'mysql') await this.versionSuffices();
    this.tablesKeepTheirNames();
    const tables = webhookEntities.map((entity) => this.dataSource.getMetadata(entity).tableName);
    const there = await this.tablesThere(dialect, tables);
    const missing = tables.filter((table) => !there.has(table));
    if (missing.length > 0) throw tablesMissing(missing, dialect, this.schema);
    if (dialect === 'mysql') await this.eventsAreNumbered();
  }

  /** As the module's own statements find them, without a schema. */
  private async tablesThere(dialect: Dialect, tables: string[]): Promise<Set<string>> {
    const rows = await select<{ name: string }>(this.dataSource.manager, TABLES_THERE[dialect], { tables });
    return new Set(rows.map(({ name }) => name));
  }

  /** Entities have the same columns on every database, and cannot say AUTO_INCREMENT to MySQL alone. */
  private async eventsAreNumbered(): Promise<void> {
    const numbered = await select(
      this.dataSource.manager,
      `SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'webhook_event'
       AND column_name = 'sequence' AND extra LIKE '%auto_increment%'`,
      {},
    );
    if (numbered.length > 0) return;
    throw new WebhooksConfigurationError(
      'TABLES_NOT_MIGRATED',
      'webhook_event',
      "The module's tables were made by synchronize, which on MySQL and MariaDB leaves out what an entity cannot say. Remove " +
        "them, set synchronize: false, add webhookMigrations to the data source's migrations and run them.",
    );
  }

  private async versionSuffices(): Promise<void> {
    const [row] = await select<{ version: string }>(
      this.dataSource.manager,
      'SELECT VERSION() AS version',
      {},
    );
    const version = row?.version ?? '';
    if (isRecentEnough(version)) return;
    throw new WebhooksConfigurationError(
      'UNSUPPORTED_DATABASE',
      'dataSource',
      `The database is of version ${version}. The module's statements need MariaDB 10.6, MySQL 8.0.1 or a later one.`,
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
}

function supportedDialect(dataSource: DataSource): Dialect {
  const dialect = knownDialect(dataSource);
  if (dialect !== undefined) return dialect;
  throw new WebhooksConfigurationError(
    'UNSUPPORTED_DATABASE',
    'dataSource',
    `The data source is of type '${dataSource.options.type}'. The module's statements are written for PostgreSQL, MySQL, ` +
      "MariaDB and SQLite (sql.js, better-sqlite3). Name a data source of one of them in the option 'dataSource'.",
  );
}

/** SKIP LOCKED and JSON_TABLE. */
function isRecentEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  if (/mariadb/i.test(version)) return major > 10 || (major === 10 && minor >= 6);
  return major >= 8;
}

const TABLES_THERE = {
  postgres: 'SELECT name FROM unnest(ARRAY[:...tables]) AS name WHERE to_regclass(name) IS NOT NULL',
  mysql: `SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = DATABASE() AND table_name IN (:...tables)`,
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN (:...tables)",
};

function tablesMissing(
  missing: string[],
  dialect: Dialect,
  schema: string | undefined,
): WebhooksConfigurationError {
  const migrate =
    "Add webhookMigrations to the data source's migrations and run them (migrationsRun: true, or the TypeORM CLI).";
  const searchPath =
    `The data source's schema is '${schema}', which TypeORM's own statements name and the module's do not: put it on the ` +
    `connection's search path as well, extra: { options: '-c search_path=${schema}' }.`;
  const where = dialect === 'postgres' ? " on the connection's search path" : '';
  return new WebhooksConfigurationError(
    'TABLES_MISSING',
    missing.join(', '),
    `The database has no table ${missing.join(', ')}${where}. ` +
      (schema === undefined ? migrate : `${migrate} ${searchPath}`),
  );
}
