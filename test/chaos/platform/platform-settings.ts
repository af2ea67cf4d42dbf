import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';

import type { Network } from './network-witness.js';
import type { TamperingName } from './tampering.js';

/** The name of the test's own connections to the database: what cuts the platform's leaves them alone. */
export const TEST_APPLICATION = 'chaos_test';

/** What the platform's business does while the process lives. */
export interface Traffic {
  contracts: string[];
  /** Bookings of each contract that are changed again and again. */
  bookings: number;
  /** Transactions that run at the same time. */
  parallel: number;
  /** Upper bound; 0 is as fast as it goes. */
  perSecond: number;
  /** Stops after so many transactions. @default never */
  transactions?: number;
  /** Share of the transactions that roll back as a whole. @default 0 */
  rollbackShare?: number;
  /** Share of the transactions that change a second booking inside a savepoint, half of which roll back. @default 0 */
  savepointShare?: number;
  /** Publishes beside the host's transaction instead of in it: what the module asks hosts not to do. @default false */
  publishesOutside?: boolean;
}

/** One process of the platform. Everything in it can be sent to another process. */
export interface PlatformSettings {
  /** Laid over the quick ones of the test. */
  options?: Partial<Omit<WebhooksModuleOptions, 'access' | 'imports'>>;
  traffic?: Traffic;
  /** Makes the business's choices. @default one of the stage's */
  seed?: number;
  /** What is switched off or made to happen in this process's engine, by name; the value is handed on. */
  tampering?: Partial<Record<TamperingName, number | string | boolean>>;
  /** Other people's resolver, and a note of every address that is dialled. @default the system's, none */
  network?: Network;
  /** Laid over the environment. @default {} */
  environment?: Record<string, string>;
  /** How far this process's system clock is off. @default 0 */
  clockSkewMs?: number;
}

export interface PlatformConnections {
  databaseUrl: string;
  redisUrl: string;
  redisPrefix: string;
}

/** What a platform process reports every now and then. */
export interface PlatformReport {
  transactions: number;
  rolledBack: number;
  /** Transactions that ended with an error that the business did not ask for. */
  failed: number;
  /** The longest time that `publish` itself took. */
  worstPublishMs: number;
  /** The longest time from the begin to the end of a transaction. */
  worstTransactionMs: number;
  residentBytes: number;
  heapBytes: number;
  /** Sockets, timers and the like that keep the process alive. */
  handles: number;
}
