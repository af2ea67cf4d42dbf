import { HMAC_DEFAULTS } from '../signing/hmac-signature.js';
import type { Verification } from '../signing/verification.js';
import { singleHeader } from '../signing/verification.js';
import { verifyBasic, verifyBearer, verifyQueryToken } from '../signing/verify-credentials.js';
import { verifyEd25519, verifyHmac, verifyStandard } from '../signing/verify.js';
import type { ReceivedRequest } from './received-request.js';
import { bodyBytes } from './received-request.js';
import type { VerificationOptions } from './receiver.options.js';

/** Whether a request comes from the sender; `now` is epoch milliseconds. */
export function verifyRequest(
  options: VerificationOptions,
  request: ReceivedRequest,
  now: number,
): Verification {
  const { headers } = request;
  switch (options.scheme) {
    case 'standard':
      return verifyStandard(options.secrets, headers, bodyBytes(request), tolerance(options, now));
    case 'ed25519':
      return verifyEd25519(options.publicKeys, headers, bodyBytes(request), tolerance(options, now));
    case 'hmac': {
      const { header = HMAC_DEFAULTS.header, prefix } = options;
      const value = singleHeader(headers, header.toLowerCase());
      return value === null
        ? { ok: false, reason: 'malformed_header' }
        : verifyHmac(options.secrets, value, bodyBytes(request), { prefix });
    }
    case 'bearer':
      return verifyBearer(options.tokens, headers.authorization);
    case 'basic':
      return verifyBasic(options, headers.authorization);
    case 'query-token':
      return verifyQueryToken(options.tokens, request.originalUrl ?? request.url, options.parameter);
  }
}

/** @throws VerificationKeyError when requests could not be verified with these options */
export function requireUsableKeys(options: VerificationOptions): VerificationOptions {
  // A verifier reads its keys before it looks at the request, so one that is empty finds the faults of the keys.
  verifyRequest(options, { headers: {}, url: '/' }, 0);
  return options;
}

function tolerance({ toleranceSeconds }: { toleranceSeconds?: number }, now: number) {
  return toleranceSeconds === undefined ? { now } : { toleranceSeconds, now };
}
