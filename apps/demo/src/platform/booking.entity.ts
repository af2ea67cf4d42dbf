import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type BookingStatus = 'on_hold' | 'confirmed' | 'cancelled';

/** A guest's booking of a flight or of a tour, made by a partner. */
@Entity({ name: 'booking' })
@Index('booking_flight', ['flightId'])
export class Booking {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 64 })
  id!: string;

  @Column({ name: 'contract_id', type: 'varchar', length: 64 })
  contractId!: string;

  /** Set for a booking of a flight. */
  @Column({ name: 'flight_id', type: 'varchar', length: 64, nullable: true })
  flightId!: string | null;

  /** Set for a booking of a tour. */
  @Column({ name: 'product_id', type: 'varchar', length: 64, nullable: true })
  productId!: string | null;

  @Column({ name: 'status', type: 'varchar', length: 16 })
  status!: BookingStatus;

  @Column({ name: 'travelers', type: 'int' })
  travelers!: number;

  @Column({ name: 'guest_name', type: 'varchar', length: 128 })
  guestName!: string;

  /** BCP 47 tag of the language the guest reads. */
  @Column({ name: 'guest_locale', type: 'varchar', length: 35 })
  guestLocale!: string;

  @Column({ name: 'total_cents', type: 'int' })
  totalCents!: number;

  @Column({ name: 'cancellation_reason', type: 'varchar', length: 191, nullable: true })
  cancellationReason!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'confirmed_at', type: 'timestamptz', nullable: true })
  confirmedAt!: Date | null;

  @Column({ name: 'cancelled_at', type: 'timestamptz', nullable: true })
  cancelledAt!: Date | null;
}
