import { Column, Entity, PrimaryColumn } from 'typeorm';

import { epochMs, jsonText } from '../column-transformers.js';

/**
 * The lane of one webhook: who works it now, and how its receiver has been doing. One lease for the lane instead of
 * one for each delivery: claiming a slice of a hundred deliveries writes one narrow row.
 */
@Entity({ name: 'webhook_lane' })
export class WebhookLane {
  @PrimaryColumn({
    name: 'webhook_id',
    type: 'varchar',
    length: 36,
    primaryKeyConstraintName: 'webhook_lane_pk',
  })
  webhookId!: string;

  /** The claim of the worker that holds the lane; a result is recorded only while it still matches. */
  @Column({ name: 'lease_token', type: 'varchar', length: 36, nullable: true })
  leaseToken!: string | null;

  @Column({ name: 'lease_until', type: 'bigint', nullable: true, transformer: epochMs })
  leaseUntil!: number | null;

  @Column({ name: 'consecutive_failures', type: 'int', default: 0 })
  consecutiveFailures!: number;

  /** Start of the first attempt that failed since the last success; null while all is well. */
  @Column({ name: 'failing_since', type: 'bigint', nullable: true, transformer: epochMs })
  failingSince!: number | null;

  /** The lane sleeps until then; set by the breaker or by the receiver's `Retry-After`. */
  @Column({ name: 'paused_until', type: 'bigint', nullable: true, transformer: epochMs })
  pausedUntil!: number | null;

  /** Breaker pauses since the last success: above zero, the lane wakes with a single probe. */
  @Column({ name: 'pause_count', type: 'int', default: 0 })
  pauseCount!: number;

  /** No turn before then: the webhook's `maxPerSecond` is used up. */
  @Column({ name: 'next_send_at', type: 'bigint', nullable: true, transformer: epochMs })
  nextSendAt!: number | null;

  /** When the attempts of the last second started, for a webhook with `maxPerSecond`. */
  @Column({ name: 'recent_starts', type: 'text', nullable: true, transformer: jsonText })
  recentStarts!: number[] | null;
}
