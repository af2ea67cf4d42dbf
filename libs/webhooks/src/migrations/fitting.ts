import type { QueryRunner, Table, TableColumn } from 'typeorm';
import { TableIndex } from 'typeorm';

import { knownDialect } from '../database/dialect.js';

/** Ids, keys and URLs are told apart by every letter and sign, whatever the database has as its default. */
const ENGINE = 'InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';

/** What may be longer than the 64 kB that MySQL's `text` holds. */
const LONG = new Set(['data', 'previous']);

/**
 * MySQL has no partial indexes. What PostgreSQL leaves out of one, because it is done, MySQL keeps apart from the rest by a
 * column more.
 */
const INSTEAD_OF_PARTIAL: Record<string, string[]> = {
  webhook_event_waiting: ['fanned_out_at', 'id'],
  webhook_event_waiting_of_contract: ['fanned_out_at', 'contract_id', 'id'],
  webhook_event_waiting_of_resource: ['contract_id', 'resource_key', 'fanned_out_at', 'sequence'],
  webhook_delivery_held: ['status', 'webhook_id'],
};

export function isMysql({ dataSource }: QueryRunner): boolean {
  return knownDialect(dataSource) === 'mysql';
}

export function isSqlite({ dataSource }: QueryRunner): boolean {
  return knownDialect(dataSource) === 'sqlite';
}

/** A table as the database at hand has it. */
export function fitted(table: Table, queryRunner: QueryRunner): Table {
  const own = table.clone();
  own.columns = own.columns.map((column) => fittedColumn(column, queryRunner));
  if (!isMysql(queryRunner)) return own;
  own.engine = ENGINE;
  own.indices = own.indices.map((index) => fittedIndex(index, queryRunner));
  return own;
}

/** A column as the database at hand has it. */
export function fittedColumn(column: TableColumn, queryRunner: QueryRunner): TableColumn {
  const own = column.clone();
  if (isMysql(queryRunner) && LONG.has(own.name)) own.type = 'mediumtext';
  // As TypeORM reads it out of an entity.
  if (isSqlite(queryRunner) && own.type === 'int') own.type = 'integer';
  return own;
}

/** An index as the database at hand has it. */
export function fittedIndex(index: TableIndex, queryRunner: QueryRunner): TableIndex {
  const columnNames = isMysql(queryRunner) ? INSTEAD_OF_PARTIAL[index.name ?? ''] : undefined;
  if (columnNames === undefined) return index.clone();
  return new TableIndex({ name: index.name, columnNames, isUnique: index.isUnique });
}
