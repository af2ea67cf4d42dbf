import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A partner account: sells under it, and receives webhooks for it. */
@Entity({ name: 'contract' })
export class Contract {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 64 })
  id!: string;

  @Column({ name: 'name', type: 'varchar', length: 128 })
  name!: string;

  /** SHA-256 of the partner's API token. */
  @Column({ name: 'token_hash', type: 'varchar', length: 64, unique: true })
  tokenHash!: string;
}
