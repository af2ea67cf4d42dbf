import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

import type { EventFilter } from '../catalog/event-filter.js';
import { epochMs, jsonText } from '../column-transformers.js';
import type { HmacSettings } from '../signing/hmac-signature.js';
import type { SigningScheme } from '../signing/signing-schemes.js';

/**
 * - `active`: events match it and are delivered.
 * - `inactive`: its owner switched it off; events pass it by without a row.
 * - `disabled`: the engine switched it off, see `disabledReason`; what was pending is held for recovery.
 * - `deleted`: kept, stripped of URL and secrets, until retention has removed its deliveries.
 */
export type WebhookStatus = 'active' | 'inactive' | 'disabled' | 'deleted';

/**
 * `gone`: the receiver answered 410. `exhausted`: a delivery spent its retries while nothing else succeeded.
 * `failures`: as many failures in a row as the webhook's profile allows.
 */
export type DisabledReason = 'gone' | 'exhausted' | 'failures';

/**
 * `none`: deliveries go as they come due. `resource`: those about one resource go in the order in which the host's
 * transactions happened.
 */
export type Ordering = 'none' | 'resource';

/**
 * - `push`: each event is a request to `url`.
 * - `pull`: nothing is sent; the owner fetches the events of its feed.
 * - `both`: requests, and a feed of the same events.
 */
export type Transport = 'push' | 'pull' | 'both';

/** A subscription: where a contract wants which events, and in which shape. */
@Entity({ name: 'webhook' })
@Index('webhook_contract', ['contractId', 'id'])
@Index('webhook_change', ['changeSeq'])
export class Webhook {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 36, primaryKeyConstraintName: 'webhook_pk' })
  id!: string;

  @Column({ name: 'contract_id', type: 'varchar', length: 64 })
  contractId!: string;

  /** The URL as it may be shown: credentials in it are masked. Empty for a webhook that was given none. */
  @Column({ name: 'url', type: 'varchar', length: 2048 })
  url!: string;

  /** The URL as it is dialled, sealed; null when it carries no credentials, `url` is the one to dial then. */
  @Column({ name: 'sealed_url', type: 'text', nullable: true })
  sealedUrl!: string | null;

  /** Event types of any dialect, or patterns (`booking.cancelled`, `Booking Modified`, `booking.*`, `*`). */
  @Column({ name: 'event_types', type: 'text', transformer: jsonText })
  eventTypes!: string[];

  /** Which of these events it wants, by their data; null means all of them. */
  @Column({ name: 'filters', type: 'text', nullable: true, transformer: jsonText })
  filters!: EventFilter | null;

  @Column({ name: 'profile', type: 'varchar', length: 64 })
  profile!: string;

  @Column({ name: 'format', type: 'varchar', length: 16 })
  format!: string;

  /** BCP 47 tag; null means the module's default language. */
  @Column({ name: 'locale', type: 'varchar', length: 35, nullable: true })
  locale!: string | null;

  @Column({ name: 'use_contact_language', type: 'boolean' })
  useContactLanguage!: boolean;

  @Column({ name: 'retry_on_error', type: 'boolean' })
  retryOnError!: boolean;

  @Column({ name: 'capabilities', type: 'text', transformer: jsonText })
  capabilities!: string[];

  /** Custom request headers, sealed JSON of name to value; null when there are none. */
  @Column({ name: 'sealed_headers', type: 'text', nullable: true })
  sealedHeaders!: string | null;

  /** Sealed JSON of {@link StoredSecret}[], newest first. */
  @Column({ name: 'sealed_secrets', type: 'text' })
  sealedSecrets!: string;

  @Column({ name: 'signing', type: 'varchar', length: 16 })
  signing!: SigningScheme;

  /** For the scheme `hmac`: the header's name and what stands before the signature. */
  @Column({ name: 'signing_settings', type: 'text', nullable: true, transformer: jsonText })
  signingSettings!: HmacSettings | null;

  @Column({ name: 'status', type: 'varchar', length: 16 })
  status!: WebhookStatus;

  @Column({ name: 'disabled_reason', type: 'varchar', length: 32, nullable: true })
  disabledReason!: DisabledReason | null;

  /** How many requests to this receiver may be in flight at once. */
  @Column({ name: 'max_in_flight', type: 'int' })
  maxInFlight!: number;

  @Column({ name: 'transport', type: 'varchar', length: 16, default: 'push' })
  transport!: Transport;

  @Column({ name: 'ordering', type: 'varchar', length: 16, default: 'none' })
  ordering!: Ordering;

  /** How many attempts may start in any one second; null means as many as it takes. */
  @Column({ name: 'max_per_second', type: 'int', nullable: true })
  maxPerSecond!: number | null;

  /** How long an update of a state waits for a newer one that stands for it; null: each is sent. */
  @Column({ name: 'coalesce_ms', type: 'int', nullable: true })
  coalesceMs!: number | null;

  @Column({ name: 'created_at', type: 'bigint', transformer: epochMs })
  createdAt!: number;

  @Column({ name: 'updated_at', type: 'bigint', transformer: epochMs })
  updatedAt!: number;

  /** The value of the change counter at this row's last change: what a subscription index reloads by. */
  @Column({ name: 'change_seq', type: 'bigint', transformer: epochMs })
  changeSeq!: number;
}
