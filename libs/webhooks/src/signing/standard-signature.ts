import type { KeyObject } from 'node:crypto';
import { createHmac, createSecretKey } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import { decodeBase64 } from './base64.js';

const PREFIX = 'whsec_';

/**
 * The `webhook-signature` header: one `v1,<base64>` per secret, separated by spaces, so that a receiver who knows any
 * one of them can verify. HMAC-SHA256 over `<id>.<timestamp>.<body>`.
 *
 * @param secrets `whsec_` and base64, newest first, see {@link validSecrets}
 * @param timestampSeconds epoch seconds, the value of the `webhook-timestamp` header
 * @throws SecretNotUsableError when there is no secret or one is not `whsec_` and base64
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signStandard(
  secrets: readonly string[],
  id: string,
  timestampSeconds: number,
  body: Buffer,
): string {
  if (secrets.length === 0) throw new SecretNotUsableError('there is no valid secret to sign with');
  const head = `${id}.${timestampSeconds}.`;
  let header = '';
  for (const secret of secrets) {
    const digest = createHmac('sha256', keyOf(secret)).update(head).update(body).digest('base64');
    header += header === '' ? `v1,${digest}` : ` v1,${digest}`;
  }
  return header;
}

/** A secret cannot sign; the message never holds it. */
export class SecretNotUsableError extends Error {
  override readonly name = 'SecretNotUsableError';
  readonly code = 'SECRET_NOT_USABLE';

  constructor(reason: string) {
    super(`The request cannot be signed: ${reason}. Rotate the webhook's secret.`);
  }
}

/** Making a key of its text takes a quarter of the time that signing with it does. */
const keys = new LRUCache<string, KeyObject>({ max: 10_000 });

function keyOf(secret: string): KeyObject {
  const known = keys.get(secret);
  if (known) return known;
  const bytes = decodeBase64(secret, PREFIX);
  if (!bytes) throw new SecretNotUsableError(`a secret is not '${PREFIX}' and base64`);
  const key = createSecretKey(bytes);
  keys.set(secret, key);
  return key;
}
