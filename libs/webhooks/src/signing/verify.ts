import { createHmac, timingSafeEqual, verify } from 'node:crypto';

import { decodeBase64 } from './base64.js';
import { parsePublicKey } from './ed25519-signature.js';
import type { HmacSettings } from './hmac-signature.js';
import { HMAC_DEFAULTS, hmacHex } from './hmac-signature.js';
import type { HeaderValue, RequestHeaders, Verification } from './verification.js';
import { listOf, singleHeader, singleValue, verdict, VerificationKeyError } from './verification.js';

/** The body's bytes as they arrived; a text stands for its UTF-8. A body parsed and written anew does not verify. */
export type ReceivedBody = Buffer | string;

export interface ToleranceOptions {
  /** How far `webhook-timestamp` may be from now, into the past and the future. @default 300 */
  toleranceSeconds?: number;
  /** Epoch milliseconds. @default Date.now() */
  now?: number;
}

const SECRET = "a secret of the form 'whsec_' and base64";
const PUBLIC_KEY = "a public key of the form 'whpk_' and the base64 of 32 bytes";
const SHARED_SECRET = 'the shared secret, a text that is not empty';

/** A dot would let the border between id, timestamp and body be moved (Standard Webhooks, "Signature scheme"). */
const ID = /^[\x21-\x2d\x2f-\x7e]{1,255}$/;
const SECONDS = /^[0-9]{1,12}$/;
const SHA256_HEX = /^[0-9a-fA-F]{64}$/;
/** A sender signs with a handful of secrets at most; each signature tried costs the receiver time. */
const SIGNATURES_TRIED = 10;

/**
 * Whether a request carries a Standard Webhooks signature (`v1`) of one of the secrets. Never throws for what a stranger
 * can send.
 *
 * @param secrets `whsec_` and base64; several while a secret rotates
 * @throws VerificationKeyError when a secret is not one
 */
export function verifyStandard(
  secrets: string | readonly string[],
  headers: RequestHeaders,
  body: ReceivedBody,
  options: ToleranceOptions = {},
): Verification {
  const keys = listOf(secrets, SECRET).map((secret) => usable(decodeBase64(secret, 'whsec_'), SECRET));
  return verifySigned('v1', headers, options, (head, signatures) =>
    keys.some((key) => {
      const expected = createHmac('sha256', key).update(head).update(body).digest();
      return signatures.some((given) => given.length === expected.length && timingSafeEqual(given, expected));
    }),
  );
}

/**
 * Whether a request carries a Standard Webhooks signature (`v1a`) of the owner of one of the public keys. Never throws for
 * what a stranger can send.
 *
 * @param publicKeys `whpk_` and base64; several while a key rotates. From your settings, never from the request.
 * @throws VerificationKeyError when a key is not one
 */
export function verifyEd25519(
  publicKeys: string | readonly string[],
  headers: RequestHeaders,
  body: ReceivedBody,
  options: ToleranceOptions = {},
): Verification {
  const keys = listOf(publicKeys, PUBLIC_KEY).map((key) => usable(parsePublicKey(key), PUBLIC_KEY));
  return verifySigned('v1a', headers, options, (head, signatures) => {
    const content = Buffer.concat([Buffer.from(head), typeof body === 'string' ? Buffer.from(body) : body]);
    return keys.some((key) => signatures.some((signature) => verify(null, content, key, signature)));
  });
}

/**
 * Whether a header holds the HMAC-SHA256 of the body in hex, with one of the secrets. The scheme covers neither id nor
 * time: a captured request verifies for ever, so pair it with an idempotency store. Never throws for what a stranger can
 * send.
 *
 * @param header the value of the signature's header
 * @throws VerificationKeyError when a secret is empty
 */
export function verifyHmac(
  secrets: string | readonly string[],
  header: HeaderValue,
  body: ReceivedBody,
  { prefix = HMAC_DEFAULTS.prefix }: Pick<HmacSettings, 'prefix'> = {},
): Verification {
  const keys = listOf(secrets, SHARED_SECRET);
  const value = singleValue(header);
  if (value === undefined) return { ok: false, reason: 'missing_header' };
  if (!value?.startsWith(prefix)) return { ok: false, reason: 'malformed_header' };
  const digits = value.slice(prefix.length);
  if (!SHA256_HEX.test(digits)) return { ok: false, reason: 'malformed_header' };
  const given = Buffer.from(digits, 'hex');
  const matches = keys.some((key) => timingSafeEqual(given, Buffer.from(hmacHex(key, body), 'hex')));
  return verdict(matches, 'bad_signature');
}

function verifySigned(
  version: 'v1' | 'v1a',
  headers: RequestHeaders,
  { toleranceSeconds = 300, now = Date.now() }: ToleranceOptions,
  matches: (head: string, signatures: Buffer[]) => boolean,
): Verification {
  const id = singleHeader(headers, 'webhook-id');
  const timestamp = singleHeader(headers, 'webhook-timestamp');
  const signature = singleHeader(headers, 'webhook-signature');
  if (id === undefined || timestamp === undefined || signature === undefined) {
    return { ok: false, reason: 'missing_header' };
  }
  if (id === null || timestamp === null || signature === null || !ID.test(id) || !SECONDS.test(timestamp)) {
    return { ok: false, reason: 'malformed_header' };
  }
  // Written so that a tolerance that is not a number refuses everything.
  const fresh = Math.abs(now / 1_000 - Number(timestamp)) <= toleranceSeconds;
  if (!fresh) return { ok: false, reason: 'stale' };
  return verdict(matches(`${id}.${timestamp}.`, signaturesOf(version, signature)), 'bad_signature');
}

/** Those of one version: a receiver may be sent others that it cannot check. */
function signaturesOf(version: 'v1' | 'v1a', header: string): Buffer[] {
  return header
    .split(' ')
    .filter((entry) => entry.startsWith(`${version},`))
    .slice(0, SIGNATURES_TRIED)
    .flatMap((entry) => decodeBase64(entry, `${version},`) ?? []);
}

function usable<Key>(key: Key | undefined, expected: string): Key {
  if (key === undefined) throw new VerificationKeyError(expected);
  return key;
}
