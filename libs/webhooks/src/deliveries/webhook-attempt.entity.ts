import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

import { epochMs } from '../column-transformers.js';

/** `probe` is the single request that tries a paused lane. */
export type AttemptKind = 'scheduled' | 'manual' | 'test' | 'probe';

/** One HTTP request and what came back. */
@Entity({ name: 'webhook_attempt' })
@Index('webhook_attempt_of_delivery', ['deliveryId', 'number'])
export class WebhookAttempt {
  /** UUIDv7; also the time index that retention prunes by. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 36, primaryKeyConstraintName: 'webhook_attempt_pk' })
  id!: string;

  @Column({ name: 'delivery_id', type: 'varchar', length: 36 })
  deliveryId!: string;

  /** 1 for the delivery's first attempt. */
  @Column({ name: 'number', type: 'int' })
  number!: number;

  @Column({ name: 'kind', type: 'varchar', length: 16 })
  kind!: AttemptKind;

  @Column({ name: 'started_at', type: 'bigint', transformer: epochMs })
  startedAt!: number;

  @Column({ name: 'duration_ms', type: 'int' })
  durationMs!: number;

  @Column({ name: 'status_code', type: 'int', nullable: true })
  statusCode!: number | null;

  /** See {@link FailureReason}; null after a success. */
  @Column({ name: 'error', type: 'varchar', length: 64, nullable: true })
  error!: string | null;

  /** What went wrong, in a sentence for the webhook's owner. */
  @Column({ name: 'detail', type: 'varchar', length: 512, nullable: true })
  detail!: string | null;

  /** The first 16 kB of the response, as text. */
  @Column({ name: 'response_body', type: 'text', nullable: true })
  responseBody!: string | null;

  /** SHA-256 of the request's body, hex. */
  @Column({ name: 'body_sha256', type: 'varchar', length: 64 })
  bodySha256!: string;
}
