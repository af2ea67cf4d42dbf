import { Column, CreateDateColumn, Entity, Index, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

@Entity('plain_webhook')
export class PlainWebhook {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Index()
  @Column({ type: 'varchar' })
  contractId!: string;

  @Column({ type: 'varchar' })
  url!: string;

  @Column({ type: 'varchar' })
  secret!: string;

  @Column({ type: 'boolean', default: true })
  active!: boolean;
}

@Entity('plain_delivery')
export class PlainDelivery {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @ManyToOne(() => PlainWebhook)
  webhook!: PlainWebhook;

  @Column({ type: 'uuid' })
  eventId!: string;

  @Column({ type: 'varchar' })
  type!: string;

  @Column({ type: 'jsonb' })
  data!: object;

  @Column({ type: 'varchar', default: 'pending' })
  status!: 'pending' | 'succeeded' | 'failed';

  @CreateDateColumn()
  createdAt!: Date;
}

@Entity('plain_attempt')
export class PlainAttempt {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @ManyToOne(() => PlainDelivery)
  delivery!: PlainDelivery;

  @Column({ type: 'int', nullable: true })
  statusCode!: number | null;

  @Column({ type: 'text', nullable: true })
  error!: string | null;

  @Column({ type: 'int' })
  durationMs!: number;

  @CreateDateColumn()
  createdAt!: Date;
}
