import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

import { decodeBase64 } from './base64.js';
import { SecretNotUsableError } from './standard-signature.js';

export const SECRET_KEY_PREFIX = 'whsk_';
export const PUBLIC_KEY_PREFIX = 'whpk_';

const SEED_BYTES = 32;
const PUBLIC_BYTES = 32;

/**
 * A new Ed25519 signing key: `whsk_` and the base64 of 32 bytes of seed and 32 bytes of public key, the layout of
 * libsodium and of Svix. The receiver is given {@link publicKeyOf} it, never the key itself.
 */
export function generateEd25519Secret(): string {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const pair = [d, x].map((half) => Buffer.from(half ?? '', 'base64url'));
  return SECRET_KEY_PREFIX + Buffer.concat(pair).toString('base64');
}

/**
 * The public half of a signing key, `whpk_` and base64: what a receiver verifies with.
 *
 * @throws SecretNotUsableError when `secretKey` is no `whsk_` key
 */
export function publicKeyOf(secretKey: string): string {
  const { x } = createPublicKey(privateKeyOf(secretKey)).export({ format: 'jwk' });
  return PUBLIC_KEY_PREFIX + Buffer.from(x ?? '', 'base64url').toString('base64');
}

/**
 * One signature of the `webhook-signature` header: `v1a,<base64>`, Ed25519 over `<id>.<timestamp>.<body>`.
 *
 * @param secretKey `whsk_` and base64, see {@link generateEd25519Secret}
 * @param timestampSeconds epoch seconds, the value of the `webhook-timestamp` header
 * @throws SecretNotUsableError when `secretKey` is no `whsk_` key
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signEd25519(secretKey: string, id: string, timestampSeconds: number, body: Buffer): string {
  const content = Buffer.concat([Buffer.from(`${id}.${timestampSeconds}.`), body]);
  return `v1a,${sign(null, content, privateKeyOf(secretKey)).toString('base64')}`;
}

/** The key that verifies, from its text; undefined when it is no `whpk_` key. */
export function parsePublicKey(publicKey: string): KeyObject | undefined {
  const bytes = decodeBase64(publicKey, PUBLIC_KEY_PREFIX);
  if (bytes?.length !== PUBLIC_BYTES) return undefined;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') };
  return createPublicKey({ key: jwk, format: 'jwk' });
}

function privateKeyOf(secretKey: string): KeyObject {
  const bytes = decodeBase64(secretKey, SECRET_KEY_PREFIX);
  if (bytes?.length !== SEED_BYTES + PUBLIC_BYTES) {
    throw new SecretNotUsableError(`a secret is not '${SECRET_KEY_PREFIX}' and the base64 of 64 bytes`);
  }
  const [d, x] = [bytes.subarray(0, SEED_BYTES), bytes.subarray(SEED_BYTES)];
  const jwk = { kty: 'OKP', crv: 'Ed25519', d: d.toString('base64url'), x: x.toString('base64url') };
  return createPrivateKey({ key: jwk, format: 'jwk' });
}
