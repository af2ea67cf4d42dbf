import type { MigrationInterface, QueryRunner, TableColumnOptions } from 'typeorm';
import { TableColumn, TableIndex } from 'typeorm';

import { fittedColumn } from './fitting.js';

const COLUMNS: [table: string, column: TableColumnOptions][] = [
  ['webhook', { name: 'coalesce_ms', type: 'int', isNullable: true }],
  ['webhook_delivery', { name: 'coalesce_key', type: 'varchar', length: '191', isNullable: true }],
  ['webhook_delivery', { name: 'superseded_by', type: 'varchar', length: '36', isNullable: true }],
];

const INDEX = new TableIndex({
  name: 'webhook_delivery_coalesce',
  columnNames: ['webhook_id', 'coalesce_key', 'event_type', 'sequence'],
  where: 'coalesce_key IS NOT NULL',
});

/** Deliveries that the newest one about their resource stands for. */
export class AddCoalescing1764240000000 implements MigrationInterface {
  name = 'AddCoalescing1764240000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS)
      await queryRunner.addColumn(table, fittedColumn(new TableColumn(column), queryRunner));
    await queryRunner.createIndex('webhook_delivery', INDEX.clone());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('webhook_delivery', INDEX.clone());
    for (const [table, { name }] of COLUMNS) await queryRunner.dropColumn(table, name);
  }
}
