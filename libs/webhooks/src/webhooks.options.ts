import type { CanActivate, ModuleMetadata, Type } from '@nestjs/common';

import type { EventData } from './catalog/domain-events.js';
import type { HostEventType } from './catalog/host-event-types.js';
import type { DomainEventMapping } from './publishing/domain-event.mapping.js';
import type { CanonicalEvent, Profile } from './rendering/profile.js';

/** What `contract` returns for a caller who may see and change every contract's webhooks. */
export const ALL_CONTRACTS = Symbol.for('nestjs-booking-webhooks.all-contracts');

/** Whose webhooks the caller of a request may see and change. */
export type ContractScope = string | typeof ALL_CONTRACTS;

/** Who may call the module's REST resources, and as which contract. */
export interface WebhooksAccess {
  /** Guards put on every controller of the module, before the contract is asked for. @default [] */
  guards?: Type<CanActivate>[];
  /**
   * The caller's contract, read from the platform's request object (Express or Fastify) after the guards have passed.
   * Return {@link ALL_CONTRACTS} for an operator. A caller without a contract gets 403.
   */
  contract: (request: never) => ContractScope | undefined;
  /**
   * Who makes a change, for lifecycle events and the log: 1 to 191 characters, an id rather than a name or an address. Read
   * from the request only where something is changed; undefined names nobody. @default none
   */
  actor?: (request: never) => string | undefined;
}

/**
 * Options that shape the module itself. Nest needs them before an asynchronous factory has run, so in `forRootAsync`
 * they stand beside `useFactory`; a factory that returns one stops the application.
 */
export interface WebhooksStructure {
  /**
   * Who may call the REST resources. `'open'` lets everybody see and change everything: for a network where nobody
   * else is. Required while `controllers` is true.
   */
  access?: WebhooksAccess | 'open';
  /** Modules that provide what the guards in `access` inject. @default [] */
  imports?: NonNullable<ModuleMetadata['imports']>;
  /** Whether the module's providers are visible everywhere without importing it. @default true */
  isGlobal?: boolean;
  /** Name of the TypeORM data source that holds the module's tables. @default the host's default data source */
  dataSource?: string;
  /** Whether this process answers the REST resources. @default true */
  controllers?: boolean;
  /** Where the webhooks' resources are; `deliveries` and `event-types` stand beside its last segment. @default 'webhooks' */
  path?: string;
  /**
   * Where OCTO's own routes are, `webhooks` and `notifications/subscriptions` below it; `path` is 'octo' when left out.
   * `false` leaves the routes out, as does `controllers: false`. @default {}
   */
  octo?: { path?: string } | false;
  /**
   * Where the portal is, the page on which partners' staff see and change their webhooks; `path` is 'portal' below the
   * webhooks' own when left out. The same guards let callers in. `false` leaves it out, as does `controllers: false`.
   * @default {}
   */
  portal?: { path?: string } | false;
  /** Whether this process relays events, works lanes, sweeps and prunes. @default true */
  worker?: boolean;
  /**
   * What wakes lanes: `'bull'` needs `BullModule.forRoot` in the host and works with any number of processes;
   * `'in-process'` needs no Redis and works with one process. @default 'bull'
   */
  scheduler?: 'bull' | 'in-process';
  /** The Bull queue that carries the wakes. */
  queue?: WebhooksQueue;
}

export interface WebhooksQueue {
  /** The queue's name. @default 'webhooks' */
  name?: string;
  /** Name of the host's shared Bull configuration. @default the default one */
  configKey?: string;
  /** Key prefix in Redis; `'{webhooks}'` for a Redis Cluster. @default the shared configuration's, or Bull's own */
  prefix?: string;
}

export interface WebhooksCatalog {
  /** Event types of the host's own, published and asked for under their names. @default [] */
  eventTypes?: HostEventType[];
  /** Bodies of the host's own; one with the name of a shipped profile replaces it. @default [] */
  profiles?: Profile[];
}

/**
 * Fetches an event's content in a language at the time of sending. Return the whole data, or undefined to leave it as it
 * was published, which is also what happens when it throws or takes longer than `deadlineMs`.
 */
export type Localizer = (event: CanonicalEvent, locale: string) => Promise<EventData | undefined>;

/** A prom-client `Registry`, by what is used of it. */
export interface MetricsRegistry {
  getSingleMetric(name: string): unknown;
  registerMetric(metric: never): void;
}

/** Options that may come from an asynchronous factory. */
export interface WebhooksOptions {
  /**
   * Keys that seal secrets, credentials and headers at rest: 32 random bytes each, in base64 or hex. The first one
   * seals, all of them open; to rotate, put a new one first and keep the old ones. Losing them loses every secret.
   */
  secretKeys: string[];
  /** The host's domain events that become webhook events. @default every canonical event type under its own name */
  events?: DomainEventMapping;
  /** What the host adds to what partners can ask for. @default {} */
  catalog?: WebhooksCatalog;
  /** The language of bodies whose webhook names none, as a BCP 47 tag. @default 'en' */
  defaultLocale?: string;
  /** ICU messages that add to the shipped ones or replace them: language → key → message. @default {} */
  messages?: Record<string, Record<string, string>>;
  /** Fetches content in the receiver's language; its answers are kept for each event and language. @default none */
  localizer?: Localizer;
  /** Whether `http:` URLs are accepted. Bodies and signatures then travel unencrypted. @default false */
  allowHttp?: boolean;
  /**
   * Address ranges (CIDR) that may be dialled although they are private or loopback, for development and internal
   * receivers. Metadata addresses stay refused. @default []
   */
  allowedAddresses?: string[];
  /** One deadline for an attempt: connect, headers and body together. @default 15000 */
  deadlineMs?: number;
  /** How much of a response is read before the connection is dropped; its first 16 kB are kept. @default 65536 */
  maxResponseBytes?: number;
  /**
   * What requests go through: the `HttpService` of `@nestjs/axios` over undici, or undici alone, which takes 8 µs less of a worker's
   * time for each. They are the same requests. @default 'axios'
   */
  httpClient?: 'axios' | 'undici';
  /** The `User-Agent` of every request. @default 'nestjs-booking-webhooks' */
  userAgent?: string;
  /** The wait before each retry. Its length is the number of retries. @default 5 s, 1 min, 10 min, 1 h, 6 h */
  retryDelaysMs?: number[];
  /** Each wait is made up to this share longer or shorter at random, so that retries do not come in waves. @default 0.2 */
  retryJitter?: number;
  /** A longer `Retry-After` counts as this long. @default 86400000 (a day) */
  maxRetryAfterMs?: number;
  /** Consecutive failures after which a lane pauses. @default 5 */
  pauseAfterFailures?: number;
  /** The first pause of a lane; each further one without a success between is twice as long. @default 10000 */
  pauseMs?: number;
  /** The longest pause of a lane. @default 300000 */
  maxPauseMs?: number;
  /** How long the old secret stays valid beside a new one, in both of which requests are signed. @default 86400000 (a day) */
  secretOverlapMs?: number;
  /** Requests in flight to one receiver at once, for webhooks that name no number. @default 10 */
  maxInFlight?: number;
  /**
   * How long a delivery of a webhook with `ordering: 'resource'` waits at most for earlier ones about its resource that
   * fail. @default 600000 (10 minutes)
   */
  orderingMaxWaitMs?: number;
  /** Webhooks a contract may have at once; one more is refused. @default none */
  maxWebhooksPerContract?: number;
  /** Lanes this process works at once. A receiver that hangs occupies exactly one. @default 100 */
  concurrency?: number;
  /** Deliveries a lane works before it goes to the end of the line. @default 500 */
  sliceSize?: number;
  /** Starting attempts stops after this long in one turn, even if the slice is not finished. @default 5000 */
  sliceMs?: number;
  /** Events the relay fans out in one transaction. @default 200 */
  relayBatchSize?: number;
  /** How often the sweep looks for events and lanes that nobody woke. @default 5000 */
  sweepIntervalMs?: number;
  /** Events, deliveries and attempts older than this are removed. @default 30 */
  retentionDays?: number;
  /** How often retention runs. @default 3600000 (an hour) */
  retentionIntervalMs?: number;
  /**
   * Where Prometheus metrics are kept: a `Registry` of prom-client, or `true` for its default one. Needs the package
   * `prom-client`; serving them is the host's. @default false
   */
  metrics?: boolean | MetricsRegistry;
  /**
   * Whether each attempt is a line in the log: an object with the ids of webhook, event and delivery, the outcome and how long
   * it took. @default false
   */
  logAttempts?: boolean;
  /**
   * Whether OpenTelemetry traces go on from the host's request over every attempt to the receiver, which gets `traceparent`. Needs
   * the package `@opentelemetry/api`; the SDK is the host's. @default false
   */
  tracing?: boolean;
}

export type WebhooksModuleOptions = WebhooksStructure & WebhooksOptions;

/** The options as the engine reads them: validated, every default in place. */
export type ResolvedWebhooksOptions = Required<
  Omit<WebhooksOptions, 'events' | 'localizer' | 'maxWebhooksPerContract'>
> &
  Required<Omit<WebhooksStructure, 'access' | 'dataSource' | 'imports' | 'queue'>> &
  Pick<WebhooksOptions, 'events' | 'localizer' | 'maxWebhooksPerContract'> &
  Pick<WebhooksStructure, 'access' | 'dataSource'> & { queue: WebhooksQueue & { name: string } };

export const STRUCTURE_DEFAULTS = {
  isGlobal: true,
  controllers: true,
  path: 'webhooks',
  octo: {},
  portal: {},
  worker: true,
  scheduler: 'bull',
} as const satisfies WebhooksStructure;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const OPTION_DEFAULTS = {
  catalog: {},
  messages: {},
  defaultLocale: 'en',
  allowHttp: false,
  allowedAddresses: [],
  deadlineMs: 15 * SECOND,
  maxResponseBytes: 64 * 1024,
  httpClient: 'axios',
  userAgent: 'nestjs-booking-webhooks',
  retryDelaysMs: [5 * SECOND, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR],
  retryJitter: 0.2,
  maxRetryAfterMs: DAY,
  pauseAfterFailures: 5,
  pauseMs: 10 * SECOND,
  maxPauseMs: 5 * MINUTE,
  secretOverlapMs: DAY,
  maxInFlight: 10,
  orderingMaxWaitMs: 10 * MINUTE,
  concurrency: 100,
  sliceSize: 500,
  sliceMs: 5 * SECOND,
  relayBatchSize: 200,
  sweepIntervalMs: 5 * SECOND,
  retentionDays: 30,
  retentionIntervalMs: HOUR,
  metrics: false,
  logAttempts: false,
  tracing: false,
} satisfies Omit<Required<WebhooksOptions>, 'secretKeys' | 'events' | 'localizer' | 'maxWebhooksPerContract'>;
