import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('booking')
export class Booking {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 36 })
  contractId!: string;
}
