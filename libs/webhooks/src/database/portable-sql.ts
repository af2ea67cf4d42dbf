import type {
  DataSource,
  EntityManager,
  EntityTarget,
  FindOneOptions,
  FindOptionsWhere,
  ObjectLiteral,
} from 'typeorm';

import type { Dialect } from './dialect.js';
import { dialectOf, knownDialect } from './dialect.js';

/** What a column of {@link jsonRows} holds: an id or a word of at most 191 characters, a longer text, or a whole number. */
type Kind = 'text' | 'long' | 'number';

/** Runs a statement whose parameters are named, `:ids` or `:...ids` for a list. */
export async function select<Row>(
  manager: EntityManager,
  sql: string,
  parameters: Record<string, unknown>,
): Promise<Row[]> {
  const [text, values] = manager.dataSource.driver.escapeQueryWithParameters(sql, parameters);
  return manager.query(text, values);
}

/** Runs an INSERT, UPDATE or DELETE of MySQL's or SQLite's. @returns how many rows it wrote, or on MySQL matched */
export async function write(
  manager: EntityManager,
  sql: string,
  parameters: Record<string, unknown>,
): Promise<number> {
  const isSqlite = dialectOf(manager) === 'sqlite';
  const [text, values] = manager.dataSource.driver.escapeQueryWithParameters(
    isSqlite ? `${sql} RETURNING 1` : sql,
    parameters,
  );
  const result: unknown[] | { affectedRows: number } = await manager.query(text, values);
  return Array.isArray(result) ? result.length : result.affectedRows;
}

/**
 * A transaction in which every statement sees what was committed before it. MySQL's default would show all of them what
 * the first one saw, and lock gaps between rows that others insert into.
 */
export function inTransaction<Result>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  return knownDialect(dataSource) === 'mysql'
    ? dataSource.transaction('READ COMMITTED', work)
    : dataSource.transaction(work);
}

/** {@link inTransaction}, whatever the host's data source has as its default. SQLite has one connection, and no choice. */
export function inReadCommitted<Result>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  return knownDialect(dataSource) === 'sqlite'
    ? dataSource.transaction(work)
    : dataSource.transaction('READ COMMITTED', work);
}

/** Locks what a SELECT finds. SQLite has no such words: its transactions come one after another. */
export function locking(manager: EntityManager, lock: 'FOR UPDATE' | 'LOCK IN SHARE MODE'): string {
  return dialectOf(manager) === 'sqlite' ? '' : lock;
}

/** The same for `find` and its kin. */
export function writeLock(manager: EntityManager): Pick<FindOneOptions, 'lock'> {
  return dialectOf(manager) === 'sqlite' ? {} : { lock: { mode: 'pessimistic_write' } };
}

/** Finds a row by its id, among other things, that nobody changes before the transaction ends. */
export async function findHeld<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  where: FindOptionsWhere<Row> & { id: string },
): Promise<Row | null> {
  const dialect = dialectOf(manager);
  if (dialect === 'postgres') return manager.findOne(entity, { where, lock: { mode: 'pessimistic_read' } });
  // TypeORM's words for it are those of MySQL 8, which a MariaDB does not know that is connected to as `mysql`.
  const table = manager.dataSource.getMetadata(entity).tableName;
  if (dialect === 'mysql')
    await select(manager, `SELECT id FROM ${table} WHERE id = :id LOCK IN SHARE MODE`, { id: where.id });
  return manager.findOne(entity, { where });
}

/** The parameter `:rows`, a JSON list of objects, as a table. */
export function jsonRows(dialect: Dialect, alias: string, columns: Record<string, Kind>): string {
  const names = Object.entries(columns);
  if (dialect === 'sqlite') {
    const read = names.map(([name]) => `value ->> '$.${name}' AS ${name}`);
    return `(SELECT ${read.join(', ')} FROM json_each(:rows)) AS ${alias}`;
  }
  const read = names.map(([name, kind]) => `${name} ${MYSQL_TYPES[kind]} PATH '$.${name}'`);
  return `JSON_TABLE(:rows, '$[*]' COLUMNS (${read.join(', ')})) AS ${alias}`;
}

const MYSQL_TYPES: Record<Kind, string> = {
  // Compared with columns of another collation, an index would not be used.
  text: 'VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  long: 'TEXT CHARACTER SET utf8mb4',
  number: 'BIGINT',
};

/** What {@link updateEach} writes, by the names of columns. */
interface Columns {
  /** What a row is found by. */
  match: Record<string, Kind>;
  /** A `null` is for all rows, what it says of others is in each row. */
  set: Record<string, Kind | null>;
}

/** Sets columns of many rows, each to values of its own. @returns how many of the rows there were */
export async function updateEach(
  manager: EntityManager,
  table: string,
  { match, set }: Columns,
  rows: readonly object[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const dialect = dialectOf(manager);
  const read = Object.fromEntries(
    Object.entries(set).filter(([, kind]) => kind !== null),
  ) as Columns['match'];
  const each = jsonRows(dialect, 'new_values', { ...match, ...read });
  const found = Object.keys(match).map((name) => `new_values.${name} = target.${name}`);
  const assigned = Object.entries(set).map(([name, kind]) => [
    name,
    kind === null ? 'NULL' : `new_values.${name}`,
  ]);
  const sql =
    dialect === 'mysql'
      ? `UPDATE ${table} AS target JOIN ${each} ON ${found.join(' AND ')}
         SET ${assigned.map(([name, value]) => `target.${name} = ${value}`).join(', ')}`
      : `UPDATE ${table} AS target SET ${assigned.map(([name, value]) => `${name} = ${value}`).join(', ')}
         FROM ${each} WHERE ${found.join(' AND ')}`;
  return write(manager, sql, { rows: JSON.stringify(rows) });
}

/** One statement of many selections: each must be complete, its own ORDER BY and LIMIT included. */
export function unionAll(selections: readonly string[]): string {
  return selections
    .map((selection, index) => `SELECT * FROM (${selection}) AS part${index}`)
    .join(' UNION ALL ');
}
