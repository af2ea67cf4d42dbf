import { createHmac, verify } from 'node:crypto';

import { decodeBase64 } from '../../signing/base64.js';
import { parsePublicKey, publicKeyOf, SECRET_KEY_PREFIX } from '../../signing/ed25519-signature.js';
import type { CapturedRequest } from './captured-request.js';
import { headerOf } from './captured-request.js';
import type { Expected, SignedScheme } from './diagnosis.js';
import { hmacKeys, standardKeys } from './secret-variants.js';

/** Tries a request's signature with other secrets and other bodies. */
export interface SignatureChecker {
  /** Set when the signatures are of another scheme than the one that is asked for. */
  otherScheme?: { detail: string; remedy: string };
  /** The secret as it was given first, where it is one, then what it may be meant as. */
  secrets: { wrong?: string; verifies: (body: Buffer) => boolean }[];
  /** What is wrong with a secret that is none. */
  unusable: string;
}

export function signatureChecker(
  request: CapturedRequest,
  expected: Expected & { scheme: SignedScheme },
): SignatureChecker {
  switch (expected.scheme) {
    case 'standard':
      return ofStandard(request, expected);
    case 'ed25519':
      return ofEd25519(request, expected);
    case 'hmac':
      return ofHmac(request, expected);
  }
}

function ofStandard(request: CapturedRequest, { secrets }: Expected): SignatureChecker {
  const given = signatures(request, 'v1');
  const verifies = (key: Buffer) => (body: Buffer) => {
    const signature = createHmac('sha256', key).update(signedHead(request)).update(body).digest();
    return given.some((one) => one.equals(signature));
  };
  return {
    otherScheme: otherVersion(request, 'v1'),
    secrets: [
      ...secrets.flatMap((secret) => {
        const key = decodeBase64(secret, 'whsec_');
        return key ? [{ verifies: verifies(key) }] : [];
      }),
      ...secrets.flatMap((secret) =>
        standardKeys(secret).map(({ key, wrong }) => ({ wrong, verifies: verifies(key) })),
      ),
    ],
    unusable: "The secret is not 'whsec_' and base64.",
  };
}

function ofEd25519(request: CapturedRequest, { secrets }: Expected): SignatureChecker {
  const given = signatures(request, 'v1a');
  const of = (publicKey: string, wrong?: string) => {
    const key = parsePublicKey(publicKey);
    const verifies = (body: Buffer) =>
      key !== undefined &&
      given.some((one) => verify(null, Buffer.concat([Buffer.from(signedHead(request)), body]), key, one));
    return { wrong, verifies };
  };
  return {
    otherScheme: otherVersion(request, 'v1a'),
    secrets: secrets.flatMap((secret) => {
      const publicKey = secret.startsWith(SECRET_KEY_PREFIX) ? derived(secret) : undefined;
      return publicKey === undefined
        ? [of(secret)]
        : [
            of(
              publicKey,
              "is the sender's private key, which a receiver should not have; its public one fits",
            ),
          ];
    }),
    unusable: "The public key is not 'whpk_' and the base64 of 32 bytes.",
  };
}

function ofHmac(request: CapturedRequest, { secrets, header, prefix }: Expected): SignatureChecker {
  const given = Buffer.from((headerOf(request, header) ?? '').slice(prefix.length), 'hex');
  const verifies = (key: Buffer) => (body: Buffer) =>
    createHmac('sha256', key).update(body).digest().equals(given);
  return {
    secrets: [
      ...secrets.map((secret) => ({ verifies: verifies(Buffer.from(secret)) })),
      ...secrets.flatMap((secret) =>
        hmacKeys(secret).map(({ key, wrong }) => ({ wrong, verifies: verifies(key) })),
      ),
    ],
    unusable: 'The secret is empty.',
  };
}

function signedHead(request: CapturedRequest): string {
  return `${headerOf(request, 'webhook-id') ?? ''}.${headerOf(request, 'webhook-timestamp') ?? ''}.`;
}

function entries(request: CapturedRequest): string[] {
  return (headerOf(request, 'webhook-signature') ?? '').split(' ');
}

function signatures(request: CapturedRequest, version: 'v1' | 'v1a'): Buffer[] {
  return entries(request).flatMap((entry) => decodeBase64(entry, `${version},`) ?? []);
}

function otherVersion(request: CapturedRequest, version: 'v1' | 'v1a'): SignatureChecker['otherScheme'] {
  const versions = new Set(entries(request).map((entry) => entry.split(',')[0]));
  const [other, scheme] = version === 'v1' ? ['v1a', 'ed25519'] : ['v1', 'standard'];
  if (versions.has(version)) return undefined;
  const key = scheme === 'ed25519' ? "the webhook's public key (whpk_…)" : "the webhook's secret (whsec_…)";
  if (versions.has(other)) {
    return {
      detail: `The request is signed in the scheme ${scheme} (${other}), and not in this one (${version}).`,
      remedy: `Pass --scheme ${scheme} and ${key}.`,
    };
  }
  return {
    detail: `The webhook-signature has no signature that begins with '${version},'.`,
    remedy: 'Capture the header as it came; after a rotation it has two signatures, apart by a space.',
  };
}

function derived(secretKey: string): string | undefined {
  try {
    return publicKeyOf(secretKey);
  } catch {
    return undefined;
  }
}
