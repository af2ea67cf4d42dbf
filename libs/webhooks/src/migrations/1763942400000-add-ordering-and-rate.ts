import type { MigrationInterface, QueryRunner, TableColumnOptions } from 'typeorm';
import { TableColumn, TableIndex } from 'typeorm';

const COLUMNS: [table: string, column: TableColumnOptions][] = [
  ['webhook', { name: 'ordering', type: 'varchar', length: '16', default: "'none'" }],
  ['webhook', { name: 'max_per_second', type: 'int', isNullable: true }],
  [
    'webhook_event',
    {
      name: 'sequence',
      type: 'bigint',
      isGenerated: true,
      generationStrategy: 'identity',
      generatedIdentity: 'ALWAYS',
    },
  ],
  ['webhook_delivery', { name: 'order_key', type: 'varchar', length: '191', isNullable: true }],
  ['webhook_delivery', { name: 'sequence', type: 'bigint', isNullable: true }],
  ['webhook_delivery', { name: 'ordered_since', type: 'bigint', isNullable: true }],
  ['webhook_lane', { name: 'next_send_at', type: 'bigint', isNullable: true }],
  ['webhook_lane', { name: 'recent_starts', type: 'text', isNullable: true }],
];

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
    for (const [table, column] of COLUMNS) await queryRunner.addColumn(table, new TableColumn(column));
    for (const [table, index] of INDEXES) await queryRunner.createIndex(table, index.clone());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [table, index] of INDEXES) await queryRunner.dropIndex(table, index.clone());
    for (const [table, { name }] of COLUMNS) await queryRunner.dropColumn(table, name);
  }
}
