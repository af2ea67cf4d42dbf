import { createHmac } from 'node:crypto';

/** How the plain HMAC scheme is sent. */
export interface HmacSettings {
  /** The header's name. @default 'X-CapData-Signature' */
  header?: string;
  /** What stands before the hex digits, `sha256=` for example. @default '' */
  prefix?: string;
}

export const HMAC_DEFAULTS: Required<HmacSettings> = { header: 'X-CapData-Signature', prefix: '' };

/**
 * HMAC-SHA256 of the exact body, in lower-case hex. The key is the whole text of the secret in UTF-8, `whsec_`
 * included, as a receiver who is handed a text would use it.
 */
export function hmacHex(secret: string, body: Buffer | string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}
