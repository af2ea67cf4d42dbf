import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Table, TableIndex } from 'typeorm';

const PRIMARY = { isPrimary: true, primaryKeyConstraintName: 'received_webhook_pk' };

const TABLE = new Table({
  name: 'received_webhook',
  columns: [
    { name: 'handler', type: 'varchar', length: '191', ...PRIMARY },
    { name: 'key', type: 'varchar', length: '255', ...PRIMARY },
    { name: 'received_at', type: 'bigint' },
    { name: 'state', type: 'varchar', length: '16' },
  ],
  indices: [new TableIndex({ name: 'received_webhook_received_at', columnNames: ['received_at'] })],
});

/** The table of the webhooks that an application has received. */
export class CreateReceivedWebhook1763856000000 implements MigrationInterface {
  name = 'CreateReceivedWebhook1763856000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(TABLE.clone());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(TABLE.name);
  }
}
