import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Why a request was refused.
 *
 * - `missing_header`: the signature, the id or the timestamp is not there.
 * - `malformed_header`: one of them is there twice, or is not what it should be.
 * - `stale`: the timestamp is further from now than tolerated, into the past or the future.
 * - `bad_signature`: no signature fits body, id, timestamp and secret.
 * - `missing_credentials`, `bad_credentials`: likewise for a bearer token, a password or a token in the URL.
 */
export type RefusalReason =
  | 'missing_header'
  | 'malformed_header'
  | 'stale'
  | 'bad_signature'
  | 'missing_credentials'
  | 'bad_credentials';

/** What a verifier says of a request. */
export type Verification = { ok: true } | { ok: false; reason: RefusalReason };

/** The headers of a request as Node, Express and Fastify give them; names in any case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export type HeaderValue = RequestHeaders[string];

/** The receiver gave a verifier a key that cannot verify anything. The message never holds it. */
export class VerificationKeyError extends Error {
  override readonly name = 'VerificationKeyError';
  readonly code = 'VERIFICATION_KEY_NOT_USABLE';

  constructor(expected: string) {
    super(`Webhooks cannot be verified: expected ${expected}. Copy it again from the sender's settings.`);
  }
}

export function verdict(ok: boolean, reason: RefusalReason): Verification {
  return ok ? { ok } : { ok, reason };
}

/** The one value of a header; undefined when it is missing, null when there are several or it is no text. */
export function singleValue(value: HeaderValue): string | null | undefined {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length > 1) return null;
  const [only] = values;
  if (only === undefined || only === '') return undefined;
  return typeof only === 'string' ? only : null;
}

/** {@link singleValue} of a header by its lower-case name. */
export function singleHeader(headers: RequestHeaders, name: string): string | null | undefined {
  const values = Object.entries(headers)
    .filter(([key, value]) => key.toLowerCase() === name && value !== undefined)
    .flatMap(([, value]) => value ?? []);
  return singleValue(values);
}

/** At least one key, each of them not empty. @throws VerificationKeyError */
export function listOf(keys: string | readonly string[], expected: string): readonly string[] {
  const list = typeof keys === 'string' ? [keys] : keys;
  if (list.length === 0 || list.some((key) => typeof key !== 'string' || key === '')) {
    throw new VerificationKeyError(expected);
  }
  return list;
}

/** Compares in a time that tells nothing about where, or in how many characters, two texts differ. */
export function equalInConstantTime(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
