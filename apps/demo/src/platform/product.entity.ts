import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A tour that is sold at a flight's destination. */
@Entity({ name: 'product' })
export class Product {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 64 })
  id!: string;

  @Column({ name: 'name', type: 'varchar', length: 191 })
  name!: string;

  @Column({ name: 'city', type: 'varchar', length: 128 })
  city!: string;

  @Column({ name: 'price_cents', type: 'int' })
  priceCents!: number;

  /** Places that can still be sold. */
  @Column({ name: 'vacancies', type: 'int' })
  vacancies!: number;
}
