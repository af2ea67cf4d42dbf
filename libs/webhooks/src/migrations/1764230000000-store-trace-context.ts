import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TableColumn } from 'typeorm';

const TABLE = 'webhook_event';
const TRACE_CONTEXT = new TableColumn({
  name: 'trace_context',
  type: 'varchar',
  length: '600',
  isNullable: true,
});

/** Where an event's trace goes on. Null in every row but those of hosts with the option `tracing`. */
export class StoreTraceContext1764230000000 implements MigrationInterface {
  name = 'StoreTraceContext1764230000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn(TABLE, TRACE_CONTEXT.clone());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn(TABLE, TRACE_CONTEXT.clone());
  }
}
