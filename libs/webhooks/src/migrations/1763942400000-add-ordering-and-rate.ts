import type { MigrationInterface, QueryRunner, TableColumnOptions } from 'typeorm';
import { TableColumn, TableIndex } from 'typeorm';

import { fittedColumn, fittedIndex, isMysql, isSqlite } from './fitting.js';

const COLUMNS: [table: string, column: TableColumnOptions][] = [
  ['webhook', { name: 'ordering', type: 'varchar', length: '16', default: "'none'" }],
  ['webhook', { name: 'max_per_second', type: 'int', isNullable: true }],
  ['webhook_delivery', { name: 'order_key', type: 'varchar', length: '191', isNullable: true }],
  ['webhook_delivery', { name: 'sequence', type: 'bigint', isNullable: true }],
  ['webhook_delivery', { name: 'ordered_since', type: 'bigint', isNullable: true }],
  ['webhook_lane', { name: 'next_send_at', type: 'bigint', isNullable: true }],
  ['webhook_lane', { name: 'recent_starts', type: 'text', isNullable: true }],
];

/** PostgreSQL and MySQL number events as they are inserted; on SQLite the statement that inserts them does. */
const SEQUENCE: TableColumnOptions = { name: 'sequence', type: 'bigint' };
const IDENTITY: TableColumnOptions = {
  ...SEQUENCE,
  isGenerated: true,
  generationStrategy: 'identity',
  generatedIdentity: 'ALWAYS',
};
/** Of TypeORM's, only a primary key counts up by itself on MySQL. */
const NUMBER_ON_MYSQL = `ALTER TABLE webhook_event ADD sequence bigint NOT NULL AUTO_INCREMENT,
  ADD INDEX webhook_event_sequence (sequence)`;
/** For the highest number. */
const BY_SEQUENCE = new TableIndex({ name: 'webhook_event_sequence', columnNames: ['sequence'] });

const INDEXES: [table: string, index: TableIndex][] = [
  [
    'webhook_event',
    new TableIndex({
      name: 'webhook_event_waiting_of_resource',
      columnNames: ['contract_id', 'resource_key', 'sequence'],
      where: 'fanned_out_at IS NULL AND resource_key IS NOT NULL',
    }),
  ],
  [
    'webhook_delivery',
    new TableIndex({
      name: 'webhook_delivery_order',
      columnNames: ['webhook_id', 'order_key', 'sequence'],
      where: 'due_at IS NOT NULL AND order_key IS NOT NULL',
    }),
  ],
];

/** Order of deliveries about one resource, and a limit of attempts a second. Numbering the events rewrites their table. */
export class AddOrderingAndRate1763942400000 implements MigrationInterface {
  name = 'AddOrderingAndRate1763942400000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await numberEvents(queryRunner);
    for (const [table, column] of COLUMNS)
      await queryRunner.addColumn(table, fittedColumn(new TableColumn(column), queryRunner));
    for (const [table, index] of INDEXES)
      await queryRunner.createIndex(table, fittedIndex(index, queryRunner));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [table, index] of INDEXES) await queryRunner.dropIndex(table, index.clone());
    for (const [table, { name }] of COLUMNS) await queryRunner.dropColumn(table, name);
    if (isMysql(queryRunner)) await queryRunner.query('ALTER TABLE webhook_event DROP COLUMN sequence');
    else {
      if (isSqlite(queryRunner)) await queryRunner.dropIndex('webhook_event', BY_SEQUENCE.clone());
      await queryRunner.dropColumn('webhook_event', SEQUENCE.name);
    }
  }
}

async function numberEvents(queryRunner: QueryRunner): Promise<void> {
  if (isMysql(queryRunner)) {
    await queryRunner.query(NUMBER_ON_MYSQL);
  } else if (isSqlite(queryRunner)) {
    await queryRunner.addColumn('webhook_event', new TableColumn(SEQUENCE));
    await queryRunner.createIndex('webhook_event', BY_SEQUENCE.clone());
  } else {
    await queryRunner.addColumn('webhook_event', new TableColumn(IDENTITY));
  }
}
