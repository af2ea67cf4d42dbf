import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

import { epochMs } from '../column-transformers.js';

/** `running`: its handler has started and has not returned. `handled`: a repeat is answered without running it. */
export type ReceivedWebhookState = 'running' | 'handled';

/** A webhook that this application has begun to handle. */
@Entity({ name: 'received_webhook' })
@Index('received_webhook_received_at', ['receivedAt'])
export class ReceivedWebhook {
  /** Which handler: one event may reach several, each by a webhook of its own, under the same id. */
  @PrimaryColumn({
    name: 'handler',
    type: 'varchar',
    length: 191,
    primaryKeyConstraintName: 'received_webhook_pk',
  })
  handler!: string;

  /** `webhook-id`, or `X-Idempotency-Key`. */
  @PrimaryColumn({
    name: 'key',
    type: 'varchar',
    length: 255,
    primaryKeyConstraintName: 'received_webhook_pk',
  })
  key!: string;

  @Column({ name: 'received_at', type: 'bigint', transformer: epochMs })
  receivedAt!: number;

  @Column({ name: 'state', type: 'varchar', length: 16 })
  state!: ReceivedWebhookState;
}
