import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TableColumn } from 'typeorm';

/** Which events of its types a webhook wants, by their data. */
export class AddWebhookFilters1763856000000 implements MigrationInterface {
  name = 'AddWebhookFilters1763856000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn(
      'webhook',
      new TableColumn({ name: 'filters', type: 'text', isNullable: true }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('webhook', 'filters');
  }
}
