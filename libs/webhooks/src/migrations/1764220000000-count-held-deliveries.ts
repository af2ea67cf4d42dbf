import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TableIndex } from 'typeorm';

import { fittedIndex } from './fitting.js';

const TABLE = 'webhook_delivery';
const HELD = new TableIndex({
  name: 'webhook_delivery_held',
  columnNames: ['webhook_id'],
  where: "status = 'held'",
});

/** What is held is counted whenever a monitor asks. The index holds nothing else, and is empty while all is well. */
export class CountHeldDeliveries1764220000000 implements MigrationInterface {
  name = 'CountHeldDeliveries1764220000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createIndex(TABLE, fittedIndex(HELD, queryRunner));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex(TABLE, fittedIndex(HELD, queryRunner));
  }
}
