import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner, TableColumnOptions } from 'typeorm';

const text = (name: string, length: number, isNullable = false): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  isNullable,
});
const time = (name: string, isNullable = false): TableColumnOptions => ({
  name,
  type: 'timestamptz',
  isNullable,
});
const int = (name: string, isNullable = false): TableColumnOptions => ({ name, type: 'int', isNullable });
const id = (name: string, length: number): TableColumnOptions => ({ ...text(name, length), isPrimary: true });

const TABLES = [
  new Table({
    name: 'contract',
    columns: [id('id', 64), text('name', 128), { ...text('token_hash', 64), isUnique: true }],
  }),
  new Table({
    name: 'flight',
    columns: [
      id('id', 64),
      text('number', 8),
      text('origin', 3),
      text('origin_city', 128),
      text('destination', 3),
      text('destination_city', 128),
      text('departs_at', 16),
      int('distance_miles'),
      text('status', 16),
      int('delay_minutes', true),
      int('last_report'),
    ],
  }),
  new Table({
    name: 'product',
    columns: [id('id', 64), text('name', 191), text('city', 128), int('price_cents'), int('vacancies')],
  }),
  new Table({
    name: 'booking',
    columns: [
      id('id', 64),
      text('contract_id', 64),
      text('flight_id', 64, true),
      text('product_id', 64, true),
      text('status', 16),
      int('travelers'),
      text('guest_name', 128),
      text('guest_locale', 35),
      int('total_cents'),
      text('cancellation_reason', 191, true),
      time('created_at'),
      time('confirmed_at', true),
      time('cancelled_at', true),
    ],
    indices: [{ name: 'booking_flight', columnNames: ['flight_id'] }],
  }),
  new Table({
    name: 'published_change',
    columns: [
      id('event_id', 36),
      text('contract_id', 64),
      text('type', 64),
      text('subject', 64),
      text('booking_id', 64, true),
      text('status', 16, true),
      text('previous_status', 16, true),
      { name: 'flies', type: 'boolean' },
      text('guest_locale', 35, true),
    ],
    indices: [{ name: 'published_change_contract', columnNames: ['contract_id'] }],
  }),
];

/** The platform's own tables; the webhooks' tables come with their own migrations. */
export class CreatePlatform1767225600000 implements MigrationInterface {
  readonly name = 'CreatePlatform1767225600000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await queryRunner.dropTable(table);
  }
}
