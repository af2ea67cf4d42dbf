import type { MigrationInterface, QueryRunner, TableColumnOptions } from 'typeorm';
import { Table, TableIndex } from 'typeorm';

import { fitted } from './fitting.js';

type Shape = Omit<TableColumnOptions, 'name' | 'type'>;

const id = (table: string): TableColumnOptions => ({
  ...varchar('id', 36),
  isPrimary: true,
  primaryKeyConstraintName: `${table}_pk`,
});
const varchar = (name: string, length: number, shape: Shape = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  ...shape,
});
const text = (name: string, shape: Shape = {}): TableColumnOptions => ({ name, type: 'text', ...shape });
const time = (name: string, shape: Shape = {}): TableColumnOptions => ({ name, type: 'bigint', ...shape });
const int = (name: string, shape: Shape = {}): TableColumnOptions => ({ name, type: 'int', ...shape });
const boolean = (name: string): TableColumnOptions => ({ name, type: 'boolean' });

const OPTIONAL: Shape = { isNullable: true };

const TABLES: Table[] = [
  new Table({
    name: 'webhook_event',
    columns: [
      id('webhook_event'),
      varchar('type', 128),
      varchar('contract_id', 64),
      varchar('resource_key', 191, OPTIONAL),
      varchar('event_key', 191, OPTIONAL),
      time('occurred_at'),
      text('data'),
      text('previous', OPTIONAL),
      text('originator', OPTIONAL),
      text('account_context', OPTIONAL),
      text('contact_locales', OPTIONAL),
      time('created_at'),
      time('fanned_out_at', OPTIONAL),
    ],
    indices: [
      new TableIndex({
        name: 'webhook_event_key_unique',
        columnNames: ['contract_id', 'event_key'],
        isUnique: true,
      }),
      new TableIndex({ name: 'webhook_event_waiting', columnNames: ['id'], where: 'fanned_out_at IS NULL' }),
    ],
  }),
  new Table({
    name: 'webhook',
    columns: [
      id('webhook'),
      varchar('contract_id', 64),
      varchar('url', 2048),
      text('sealed_url', OPTIONAL),
      text('event_types'),
      varchar('profile', 64),
      varchar('format', 16),
      varchar('locale', 35, OPTIONAL),
      boolean('use_contact_language'),
      boolean('retry_on_error'),
      text('capabilities'),
      text('sealed_headers', OPTIONAL),
      text('sealed_secrets'),
      varchar('signing', 16),
      text('signing_settings', OPTIONAL),
      varchar('status', 16),
      varchar('disabled_reason', 32, OPTIONAL),
      int('max_in_flight'),
      time('created_at'),
      time('updated_at'),
      time('change_seq'),
    ],
    indices: [
      new TableIndex({ name: 'webhook_contract', columnNames: ['contract_id', 'id'] }),
      new TableIndex({ name: 'webhook_change', columnNames: ['change_seq'] }),
    ],
  }),
  new Table({
    name: 'webhook_change_counter',
    columns: [
      varchar('id', 16, { isPrimary: true, primaryKeyConstraintName: 'webhook_change_counter_pk' }),
      time('value'),
    ],
  }),
  new Table({
    name: 'webhook_delivery',
    columns: [
      id('webhook_delivery'),
      varchar('event_id', 36),
      varchar('webhook_id', 36),
      varchar('contract_id', 64),
      varchar('event_type', 128),
      varchar('status', 16),
      varchar('trigger', 16),
      int('attempt_count'),
      int('attempts_before_budget'),
      time('due_at', OPTIONAL),
      time('first_attempt_at', OPTIONAL),
      int('last_status_code', OPTIONAL),
      varchar('last_error', 64, OPTIONAL),
      time('created_at'),
      time('completed_at', OPTIONAL),
    ],
    indices: [
      new TableIndex({
        name: 'webhook_delivery_once',
        columnNames: ['webhook_id', 'event_id'],
        isUnique: true,
      }),
      new TableIndex({
        name: 'webhook_delivery_due',
        columnNames: ['webhook_id', 'due_at'],
        where: 'due_at IS NOT NULL',
      }),
    ],
  }),
  new Table({
    name: 'webhook_attempt',
    columns: [
      id('webhook_attempt'),
      varchar('delivery_id', 36),
      int('number'),
      varchar('kind', 16),
      time('started_at'),
      int('duration_ms'),
      int('status_code', OPTIONAL),
      varchar('error', 64, OPTIONAL),
      varchar('detail', 512, OPTIONAL),
      text('response_body', OPTIONAL),
      varchar('body_sha256', 64),
    ],
    indices: [
      new TableIndex({ name: 'webhook_attempt_of_delivery', columnNames: ['delivery_id', 'number'] }),
    ],
  }),
  new Table({
    name: 'webhook_lane',
    columns: [
      varchar('webhook_id', 36, { isPrimary: true, primaryKeyConstraintName: 'webhook_lane_pk' }),
      varchar('lease_token', 36, OPTIONAL),
      time('lease_until', OPTIONAL),
      int('consecutive_failures', { default: 0 }),
      time('failing_since', OPTIONAL),
      time('paused_until', OPTIONAL),
      int('pause_count', { default: 0 }),
    ],
  }),
];

/** The module's tables. No foreign keys: deliveries are inserted by the thousand, and retention removes children first. */
export class CreateWebhookTables1763769600000 implements MigrationInterface {
  name = 'CreateWebhookTables1763769600000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.createTable(fitted(table, queryRunner));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await queryRunner.dropTable(table.name);
  }
}
