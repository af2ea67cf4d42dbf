import { Column, Entity, PrimaryColumn } from 'typeorm';

import { epochMs } from '../column-transformers.js';

/**
 * How far the events of one webhook's feed are numbered. Its row is also the lock of whoever numbers them: nothing else uses
 * it, so a reader that hangs holds up the readers of this feed and nobody else.
 */
@Entity({ name: 'webhook_feed' })
export class WebhookFeed {
  @PrimaryColumn({
    name: 'webhook_id',
    type: 'varchar',
    length: 36,
    primaryKeyConstraintName: 'webhook_feed_pk',
  })
  webhookId!: string;

  /** The last position that was given. Positions of a feed follow each other without a gap. */
  @Column({ name: 'last_position', type: 'bigint', default: 0, transformer: epochMs })
  lastPosition!: number;
}
