import { generateEd25519Secret, SECRET_KEY_PREFIX, signEd25519 } from './ed25519-signature.js';
import type { HmacSettings } from './hmac-signature.js';
import { HMAC_DEFAULTS, hmacHex } from './hmac-signature.js';
import { SecretNotUsableError, signStandard } from './standard-signature.js';
import { generateSecret } from './webhook-secret.js';

/**
 * - `standard`: Standard Webhooks, HMAC-SHA256 with a `whsec_` secret (`v1,…` in `webhook-signature`).
 * - `ed25519`: Standard Webhooks, Ed25519 with a `whsk_` key; the receiver has the `whpk_` one (`v1a,…`).
 * - `hmac`: HMAC-SHA256 of the body alone, hex, in a header of a chosen name. It covers neither id nor timestamp, so a
 *   captured request can be sent again.
 * - `none`: no signature.
 */
export type SigningScheme = 'standard' | 'ed25519' | 'hmac' | 'none';

export const SIGNING_SCHEMES: readonly SigningScheme[] = ['standard', 'ed25519', 'hmac', 'none'];

export interface ToSign {
  scheme: SigningScheme;
  /** For `hmac`; the others have none. */
  settings?: HmacSettings | null;
  /** Newest first, see {@link validSecrets}. */
  secrets: readonly string[];
  /** The event's id. */
  id: string;
  /** Of this attempt, epoch seconds. */
  timestampSeconds: number;
  /** The bytes that are sent. */
  body: Buffer;
}

/** A new secret of the kind that a scheme signs with. */
export function generateSecretFor(scheme: SigningScheme): string {
  return scheme === 'ed25519' ? generateEd25519Secret() : generateSecret();
}

/**
 * The headers that identify and sign a request: `webhook-id`, `webhook-timestamp` and, but for `none`, a signature.
 *
 * While a secret rotates, `webhook-signature` holds a signature for each one that is valid, of either kind, so that a
 * webhook can also change between `standard` and `ed25519` without a gap. A plain HMAC header has room for one: it is
 * signed with the newest secret.
 *
 * @throws SecretNotUsableError when there is no secret, one is malformed, or the newest is not of the scheme's kind
 */
export function signatureHeaders(request: ToSign): Record<string, string> {
  const { scheme, settings, secrets, id, timestampSeconds, body } = request;
  const timestamp = String(timestampSeconds);
  switch (scheme) {
    case 'none':
      return { 'webhook-id': id, 'webhook-timestamp': timestamp };
    case 'hmac': {
      const { header, prefix } = { ...HMAC_DEFAULTS, ...settings };
      return {
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        [header]: prefix + hmacHex(newest(secrets), body),
      };
    }
    case 'standard':
    case 'ed25519': {
      if (isSecretKey(newest(secrets)) !== (scheme === 'ed25519')) {
        throw new SecretNotUsableError(`the newest secret is not one for the scheme '${scheme}'`);
      }
      const signatures = secrets.map((secret) =>
        isSecretKey(secret)
          ? signEd25519(secret, id, timestampSeconds, body)
          : signStandard([secret], id, timestampSeconds, body),
      );
      // Named again: V8 makes a hidden class for each object that is spread and added to, in a third of the time of signing.
      return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
    }
  }
}

function newest(secrets: readonly string[]): string {
  const [first] = secrets;
  if (!first) throw new SecretNotUsableError('there is no valid secret to sign with');
  return first;
}

function isSecretKey(secret: string): boolean {
  return secret.startsWith(SECRET_KEY_PREFIX);
}
