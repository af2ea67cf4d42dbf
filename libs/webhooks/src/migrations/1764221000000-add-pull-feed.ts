import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Table, TableColumn, TableIndex } from 'typeorm';

import { fitted } from './fitting.js';

const TRANSPORT = new TableColumn({
  name: 'transport',
  type: 'varchar',
  length: '16',
  default: "'push'",
});

const FEED = new Table({
  name: 'webhook_feed',
  columns: [
    {
      name: 'webhook_id',
      type: 'varchar',
      length: '36',
      isPrimary: true,
      primaryKeyConstraintName: 'webhook_feed_pk',
    },
    { name: 'last_position', type: 'bigint', default: 0 },
  ],
});

const ENTRY = new Table({
  name: 'webhook_feed_entry',
  columns: [
    {
      name: 'event_id',
      type: 'varchar',
      length: '36',
      isPrimary: true,
      primaryKeyConstraintName: 'webhook_feed_entry_pk',
    },
    {
      name: 'webhook_id',
      type: 'varchar',
      length: '36',
      isPrimary: true,
      primaryKeyConstraintName: 'webhook_feed_entry_pk',
    },
    { name: 'position', type: 'bigint', isNullable: true },
  ],
  indices: [new TableIndex({ name: 'webhook_feed_entry_position', columnNames: ['webhook_id', 'position'] })],
});

/** Webhooks whose events are fetched, and where each event stands in their feeds. */
export class AddPullFeed1764221000000 implements MigrationInterface {
  name = 'AddPullFeed1764221000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn('webhook', TRANSPORT.clone());
    await queryRunner.createTable(fitted(FEED, queryRunner));
    await queryRunner.createTable(fitted(ENTRY, queryRunner));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(ENTRY.name);
    await queryRunner.dropTable(FEED.name);
    await queryRunner.dropColumn('webhook', TRANSPORT.name);
  }
}
