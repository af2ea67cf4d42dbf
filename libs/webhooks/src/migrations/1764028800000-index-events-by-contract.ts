import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TableIndex } from 'typeorm';

const TABLE = 'webhook_event';
const CONTRACT = { name: 'webhook_event_contract', columnNames: ['contract_id', 'id'] };
const KEY = {
  name: 'webhook_event_key_unique',
  columnNames: ['contract_id', 'event_key'],
  isUnique: true,
};

/**
 * A contract's events by their time, for recoveries. In exchange events without a key leave the unique index of keys, so
 * that publishing them costs no more than before. Both indexes are built anew while writes to the table wait.
 */
export class IndexEventsByContract1764028800000 implements MigrationInterface {
  name = 'IndexEventsByContract1764028800000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createIndex(TABLE, new TableIndex(CONTRACT));
    await queryRunner.dropIndex(TABLE, KEY.name);
    await queryRunner.createIndex(TABLE, new TableIndex({ ...KEY, where: 'event_key IS NOT NULL' }));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex(TABLE, KEY.name);
    await queryRunner.createIndex(TABLE, new TableIndex(KEY));
    await queryRunner.dropIndex(TABLE, CONTRACT.name);
  }
}
