import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * The platform's own record of what it told its partners, written in the transaction of the change itself. What stands
 * here has been committed, whatever the webhooks' engine believes: the demo's verdict compares it with the receiver's ledger.
 */
@Entity({ name: 'published_change' })
@Index('published_change_contract', ['contractId'])
export class PublishedChange {
  /** What `publish` answered: the `webhook-id` header that partners must see. */
  @PrimaryColumn({ name: 'event_id', type: 'varchar', length: 36 })
  eventId!: string;

  @Column({ name: 'contract_id', type: 'varchar', length: 64 })
  contractId!: string;

  @Column({ name: 'type', type: 'varchar', length: 64 })
  type!: string;

  /** Id of the booking, the flight or the product that changed. */
  @Column({ name: 'subject', type: 'varchar', length: 64 })
  subject!: string;

  /** The booking that changed, or that is on the flight that changed. */
  @Column({ name: 'booking_id', type: 'varchar', length: 64, nullable: true })
  bookingId!: string | null;

  /** Of the booking, as partners see it. */
  @Column({ name: 'status', type: 'varchar', length: 16, nullable: true })
  status!: string | null;

  /** Of the booking before the change; null when it is new, or not what changed. */
  @Column({ name: 'previous_status', type: 'varchar', length: 16, nullable: true })
  previousStatus!: string | null;

  /** Whether the booking is of a flight. */
  @Column({ name: 'flies', type: 'boolean' })
  flies!: boolean;

  /** BCP 47 tag of the language that the booking's guest reads. */
  @Column({ name: 'guest_locale', type: 'varchar', length: 35, nullable: true })
  guestLocale!: string | null;
}
