import { decodeBase64 } from './base64.js';
import { publicKeyOf } from './ed25519-signature.js';
import type { SigningScheme } from './signing-schemes.js';

/** As the Standard Webhooks specification has it ("Signature scheme"). */
const STANDARD_BYTES = { least: 24, most: 64 };

/** What a receiver's own secret has to be in a scheme; undefined when requests can be signed with this one. */
export function expectedSecret(scheme: SigningScheme, secret: string): string | undefined {
  switch (scheme) {
    case 'standard': {
      const { least, most } = STANDARD_BYTES;
      const bytes = decodeBase64(secret, 'whsec_')?.length ?? 0;
      return bytes >= least && bytes <= most
        ? undefined
        : `pass 'whsec_' and the base64 of ${least} to ${most} bytes`;
    }
    case 'ed25519':
      return isPrivateKey(secret) ? undefined : "pass 'whsk_' and the base64 of 64 bytes";
    case 'hmac':
      return /^[\x20-\x7e]{1,255}$/.test(secret) ? undefined : 'pass 1 to 255 printable ASCII characters';
    case 'none':
      return 'leave it out: nothing is signed';
  }
}

function isPrivateKey(secret: string): boolean {
  try {
    return publicKeyOf(secret) !== '';
  } catch {
    return false;
  }
}
