import { createHash } from 'node:crypto';

/** SHA-256 in hex: what an attempt's row says about the body that was sent. */
export function sha256(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}
