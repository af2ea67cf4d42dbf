import type { BasicCredentials } from '../signing/verify-credentials.js';
import type { HmacSettings } from '../signing/hmac-signature.js';

/**
 * How requests show that they come from the sender; what the sender's settings call signing or authentication. Several
 * secrets, keys or tokens are all accepted, as a rotation needs.
 */
export type VerificationOptions =
  | ({ scheme: 'standard'; secrets: string | readonly string[] } & Tolerance)
  | ({ scheme: 'ed25519'; publicKeys: string | readonly string[] } & Tolerance)
  | ({ scheme: 'hmac'; secrets: string | readonly string[] } & HmacSettings)
  | { scheme: 'bearer'; tokens: string | readonly string[] }
  | ({ scheme: 'basic' } & BasicCredentials)
  | {
      scheme: 'query-token';
      tokens: string | readonly string[];
      /** The parameter of the URL's query. @default 'token' */
      parameter?: string;
    };

interface Tolerance {
  /** How far `webhook-timestamp` may be from this machine's clock. @default 300 */
  toleranceSeconds?: number;
}

/** Where handled webhooks are remembered, so that a repeat does not run the handler again. */
export interface IdempotencyOptions {
  /** Name of the TypeORM data source that holds `received_webhook`. @default the default one */
  dataSource?: string;
  /**
   * What tells a repeat: `webhook-id`, or `x-idempotency-key` where a request has it and `webhook-id` where not. Take the
   * second when the sender's business key is the better one, and only if you trust everyone who could replay a request:
   * no signature covers it.
   *
   * @default 'webhook-id'
   */
  key?: 'webhook-id' | 'x-idempotency-key';
  /**
   * After how long a handler that has neither succeeded nor failed counts as dead (its process was killed), so that the
   * sender's next attempt runs it. Longer than your slowest handler takes, or it runs twice.
   *
   * @default 300000
   */
  abandonedAfterMs?: number;
}

export type ResolvedIdempotencyOptions = Required<Omit<IdempotencyOptions, 'dataSource'>>;

export const IDEMPOTENCY_DEFAULTS: ResolvedIdempotencyOptions = {
  key: 'webhook-id',
  abandonedAfterMs: 300_000,
};
