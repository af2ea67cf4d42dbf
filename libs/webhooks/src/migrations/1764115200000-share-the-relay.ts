import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TableIndex } from 'typeorm';

import { fittedIndex } from './fitting.js';

const TABLE = 'webhook_event';
const WAITING = { where: 'fanned_out_at IS NULL' };
const BY_TIME = new TableIndex({ ...WAITING, name: 'webhook_event_waiting', columnNames: ['id'] });
const BY_CONTRACT = new TableIndex({
  ...WAITING,
  name: 'webhook_event_waiting_of_contract',
  columnNames: ['contract_id', 'id'],
});

/** The relay takes its events contract by contract. Both indexes hold only what is not fanned out: they are small. */
export class ShareTheRelay1764115200000 implements MigrationInterface {
  name = 'ShareTheRelay1764115200000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createIndex(TABLE, fittedIndex(BY_CONTRACT, queryRunner));
    await queryRunner.dropIndex(TABLE, fittedIndex(BY_TIME, queryRunner));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createIndex(TABLE, fittedIndex(BY_TIME, queryRunner));
    await queryRunner.dropIndex(TABLE, fittedIndex(BY_CONTRACT, queryRunner));
  }
}
