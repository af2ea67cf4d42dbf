import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

import { epochMs } from '../column-transformers.js';

/** An event in the feed of a webhook whose owner fetches them. Written with the delivery, in its transaction. */
@Entity({ name: 'webhook_feed_entry' })
@Index('webhook_feed_entry_position', ['webhookId', 'position'])
export class WebhookFeedEntry {
  /** UUIDv7; also the time index that retention prunes by. */
  @PrimaryColumn({
    name: 'event_id',
    type: 'varchar',
    length: 36,
    primaryKeyConstraintName: 'webhook_feed_entry_pk',
  })
  eventId!: string;

  @PrimaryColumn({
    name: 'webhook_id',
    type: 'varchar',
    length: 36,
    primaryKeyConstraintName: 'webhook_feed_entry_pk',
  })
  webhookId!: string;

  /** Its place in the feed; null until a reader comes by, since only what has committed can be given one. */
  @Column({ name: 'position', type: 'bigint', nullable: true, transformer: epochMs })
  position!: number | null;
}
