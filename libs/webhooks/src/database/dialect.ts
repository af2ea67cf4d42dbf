import type { DataSource, EntityManager } from 'typeorm';

/** The SQL that a database speaks: MariaDB is `mysql`, sql.js and better-sqlite3 are `sqlite`. */
export type Dialect = 'postgres' | 'mysql' | 'sqlite';

const DIALECTS: Partial<Record<DataSource['options']['type'], Dialect>> = {
  postgres: 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqljs: 'sqlite',
  'better-sqlite3': 'sqlite',
};

/** Undefined for a database that the module has no statements for. */
export function knownDialect({ options }: DataSource): Dialect | undefined {
  return DIALECTS[options.type];
}

/** @throws an Error for a database that the boot checks should have refused */
export function dialectOf({ dataSource }: EntityManager): Dialect {
  const dialect = knownDialect(dataSource);
  if (dialect === undefined)
    throw new Error(`No statements for a database of type ${dataSource.options.type}.`);
  return dialect;
}

/** Whether the statements tuned for PostgreSQL are the ones to run. */
export function isPostgres(manager: EntityManager): boolean {
  return dialectOf(manager) === 'postgres';
}
