import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A booking that the platform changes again and again. */
@Entity({ name: 'chaos_booking' })
export class ChaosBooking {
  @PrimaryColumn({ type: 'varchar' })
  id!: string;

  @Column({ type: 'varchar' })
  contract!: string;

  /** How often it has been changed. */
  @Column({ type: 'int' })
  changes!: number;
}

/** A change that the platform has committed: the truth that ledgers are held against. */
@Entity({ name: 'chaos_change' })
export class ChaosChange {
  @PrimaryColumn({ type: 'varchar' })
  key!: string;

  @Column({ type: 'varchar' })
  contract!: string;

  @Column({ type: 'varchar' })
  booking!: string;

  /** Counts the changes of the booking. */
  @Column({ type: 'int' })
  number!: number;
}
