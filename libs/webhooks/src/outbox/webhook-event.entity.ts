import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

import { epochMs } from '../column-transformers.js';

/** One stored occurrence: the outbox row. Its id is the `webhook-id` header of every request about it. */
@Entity({ name: 'webhook_event' })
@Index('webhook_event_contract', ['contractId', 'id'])
@Index('webhook_event_key_unique', ['contractId', 'eventKey'], {
  unique: true,
  where: 'event_key IS NOT NULL',
})
@Index('webhook_event_waiting_of_contract', ['contractId', 'id'], { where: 'fanned_out_at IS NULL' })
@Index('webhook_event_waiting_of_resource', ['contractId', 'resourceKey', 'sequence'], {
  where: 'fanned_out_at IS NULL AND resource_key IS NOT NULL',
})
// Only MySQL and SQLite have it, and only by the migrations.
@Index('webhook_event_sequence', { synchronize: false })
export class WebhookEvent {
  /** UUIDv7, made by the application; also the time index that retention prunes by. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 36, primaryKeyConstraintName: 'webhook_event_pk' })
  id!: string;

  /**
   * Given by the database as the row is inserted, so no process's clock has a say in it. Of two transactions that lock one
   * resource's row before they publish, the later one's is the greater.
   */
  @Column({
    name: 'sequence',
    type: 'bigint',
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
    transformer: epochMs,
  })
  sequence?: number;

  /** The canonical event type, for example `booking.cancelled`. */
  @Column({ name: 'type', type: 'varchar', length: 128 })
  type!: string;

  @Column({ name: 'contract_id', type: 'varchar', length: 64 })
  contractId!: string;

  /** What the event is about, for example `booking:B-1`. */
  @Column({ name: 'resource_key', type: 'varchar', length: 191, nullable: true })
  resourceKey!: string | null;

  /** The same key published twice for a contract is one event. */
  @Column({ name: 'event_key', type: 'varchar', length: 191, nullable: true })
  eventKey!: string | null;

  @Column({ name: 'occurred_at', type: 'bigint', transformer: epochMs })
  occurredAt!: number;

  /** Exact JSON text: a JSON column would re-order keys, and what is signed must be what was published. */
  @Column({ name: 'data', type: 'text' })
  data!: string;

  /** The data as it was before the change, exact JSON text. */
  @Column({ name: 'previous', type: 'text', nullable: true })
  previous!: string | null;

  /** Who caused the event, JSON text. */
  @Column({ name: 'originator', type: 'text', nullable: true })
  originator!: string | null;

  /** The account the event belongs to, JSON text. */
  @Column({ name: 'account_context', type: 'text', nullable: true })
  accountContext!: string | null;

  /** The guest's languages in order of preference, JSON text of BCP 47 tags. */
  @Column({ name: 'contact_locales', type: 'text', nullable: true })
  contactLocales!: string | null;

  @Column({ name: 'created_at', type: 'bigint', transformer: epochMs })
  createdAt!: number;

  /** Where its trace goes on, `traceparent` and `tracestate`; null unless the host traces. */
  @Column({ name: 'trace_context', type: 'varchar', length: 600, nullable: true })
  traceContext?: string | null;

  /** Null until the deliveries exist. The relay picks rows by this, never by "id greater than the last". */
  @Column({ name: 'fanned_out_at', type: 'bigint', nullable: true, transformer: epochMs })
  fannedOutAt!: number | null;
}
