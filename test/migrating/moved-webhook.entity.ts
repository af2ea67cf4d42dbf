import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which webhook of the module stands for which of the old sender's. */
@Entity('moved_webhook')
export class MovedWebhook {
  @PrimaryColumn({ type: 'uuid' })
  oldId!: string;

  @Column({ type: 'varchar', length: 36, unique: true })
  newId!: string;
}
