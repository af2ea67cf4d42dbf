import { Column, Entity, PrimaryColumn } from 'typeorm';

import { epochMs } from '../column-transformers.js';

/**
 * One row that every change to a webhook increments inside its own transaction. The row's lock makes the changes
 * commit in the order of their numbers, so an index that has seen number n has seen every change up to n.
 */
@Entity({ name: 'webhook_change_counter' })
export class WebhookChangeCounter {
  @PrimaryColumn({
    name: 'id',
    type: 'varchar',
    length: 16,
    primaryKeyConstraintName: 'webhook_change_counter_pk',
  })
  id!: string;

  @Column({ name: 'value', type: 'bigint', transformer: epochMs })
  value!: number;
}
