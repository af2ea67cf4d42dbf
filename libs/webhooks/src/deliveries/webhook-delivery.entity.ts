import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

import { epochMs } from '../column-transformers.js';

/**
 * - `pending`: waits for `dueAt` or is being attempted.
 * - `succeeded`: the receiver answered 2xx.
 * - `exhausted`: the retry budget is spent; a redelivery or a recovery may send it again.
 * - `held`: its webhook was disabled before it could be sent; a recovery sends it.
 * - `offered`: it is in the feed of a webhook to which nothing is sent; who reads the feed has no say in it.
 * - `superseded`: nothing will be sent, since a newer event about the same resource says what it said, see `supersededBy`.
 * - `cancelled`: its webhook was deleted or switched off, or its event is gone; nothing will be sent.
 */
export type DeliveryStatus =
  'pending' | 'succeeded' | 'exhausted' | 'held' | 'cancelled' | 'offered' | 'superseded';

/** Why the next attempts happen: by the schedule, because a person asked for it again, or as a test. */
export type DeliveryTrigger = 'scheduled' | 'manual' | 'test';

/** One event for one webhook. */
@Entity({ name: 'webhook_delivery' })
@Index('webhook_delivery_once', ['webhookId', 'eventId'], { unique: true })
@Index('webhook_delivery_due', ['webhookId', 'dueAt'], { where: 'due_at IS NOT NULL' })
@Index('webhook_delivery_coalesce', ['webhookId', 'coalesceKey', 'eventType', 'sequence'], {
  where: 'coalesce_key IS NOT NULL',
})
@Index('webhook_delivery_order', ['webhookId', 'orderKey', 'sequence'], {
  where: 'due_at IS NOT NULL AND order_key IS NOT NULL',
})
@Index('webhook_delivery_held', ['webhookId'], { where: "status = 'held'" })
export class WebhookDelivery {
  /** UUIDv7; also the time index that retention prunes by. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 36, primaryKeyConstraintName: 'webhook_delivery_pk' })
  id!: string;

  @Column({ name: 'event_id', type: 'varchar', length: 36 })
  eventId!: string;

  @Column({ name: 'webhook_id', type: 'varchar', length: 36 })
  webhookId!: string;

  @Column({ name: 'contract_id', type: 'varchar', length: 64 })
  contractId!: string;

  @Column({ name: 'event_type', type: 'varchar', length: 128 })
  eventType!: string;

  @Column({ name: 'status', type: 'varchar', length: 16 })
  status!: DeliveryStatus;

  @Column({ name: 'trigger', type: 'varchar', length: 16 })
  trigger!: DeliveryTrigger;

  /** All attempts ever made, redeliveries included. */
  @Column({ name: 'attempt_count', type: 'int' })
  attemptCount!: number;

  /** How many of them belong to budgets before the present one; a redelivery starts a new budget. */
  @Column({ name: 'attempts_before_budget', type: 'int' })
  attemptsBeforeBudget!: number;

  /** Set exactly while `status` is `pending`; the lane works rows whose time has come. */
  @Column({ name: 'due_at', type: 'bigint', nullable: true, transformer: epochMs })
  dueAt!: number | null;

  /** When the present budget's first attempt started. */
  @Column({ name: 'first_attempt_at', type: 'bigint', nullable: true, transformer: epochMs })
  firstAttemptAt!: number | null;

  /** The event's resource, when its webhook wanted order as the delivery was made; null: it waits for no other one. */
  @Column({ name: 'order_key', type: 'varchar', length: 191, nullable: true })
  orderKey!: string | null;

  /** The event's `sequence`; set when `orderKey` or `coalesceKey` is. */
  @Column({ name: 'sequence', type: 'bigint', nullable: true, transformer: epochMs })
  sequence!: number | null;

  /** Set when `orderKey` is: when it was made due last, by fan-out or by a person. It waits for earlier ones from then on. */
  @Column({ name: 'ordered_since', type: 'bigint', nullable: true, transformer: epochMs })
  orderedSince!: number | null;

  /**
   * The event's resource, when its webhook coalesces events of its type; null: nothing will stand for it, or something does. The
   * log of a burst would lie in the way of the next one.
   */
  @Column({ name: 'coalesce_key', type: 'varchar', length: 191, nullable: true })
  coalesceKey!: string | null;

  /** The event that stands for it; set exactly while `status` is `superseded`. */
  @Column({ name: 'superseded_by', type: 'varchar', length: 36, nullable: true })
  supersededBy!: string | null;

  @Column({ name: 'last_status_code', type: 'int', nullable: true })
  lastStatusCode!: number | null;

  /** The last attempt's failure, see {@link FailureReason}; null after a success. */
  @Column({ name: 'last_error', type: 'varchar', length: 64, nullable: true })
  lastError!: string | null;

  @Column({ name: 'created_at', type: 'bigint', transformer: epochMs })
  createdAt!: number;

  @Column({ name: 'completed_at', type: 'bigint', nullable: true, transformer: epochMs })
  completedAt!: number | null;
}
