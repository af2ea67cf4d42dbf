import fc from 'fast-check';
import type { Verification } from 'nestjs-booking-webhooks/receiver';
import {
  verifyBasic,
  verifyBearer,
  verifyEd25519,
  verifyHmac,
  verifyQueryToken,
  verifyStandard,
} from 'nestjs-booking-webhooks/receiver';

import type { Played } from './campaign.js';
import { playCampaign } from './campaign.js';
import { nastyText } from './nasty-values.js';
import type { PartOptions } from './rest-fuzz.js';
import type { Scheme, SignedRequest } from './signed-requests.js';
import { bodies, ids, KEYS, SCHEMES, signed } from './signed-requests.js';

const BATCH = 500;
const NOW = 1_800_000_000_000;
const REASONS = new Set([
  'missing_header',
  'malformed_header',
  'stale',
  'bad_signature',
  'missing_credentials',
  'bad_credentials',
]);
const SPOILINGS = ['nothing', 'body', 'credential', 'drop', 'twice', 'stale', 'garbage', 'shape'] as const;

interface VerifyCase {
  scheme: Scheme;
  id: string;
  body: Buffer;
  spoiling: (typeof SPOILINGS)[number];
  at: number;
  text: string;
  odd: unknown;
}

const cases: fc.Arbitrary<VerifyCase> = fc.record({
  scheme: fc.constantFrom(...SCHEMES),
  id: ids,
  body: bodies,
  spoiling: fc.constantFrom(...SPOILINGS),
  at: fc.nat({ max: 500 }),
  text: nastyText,
  odd: fc.anything(),
});

/** The receiver's half: a right request verifies, a spoiled one never does, and nothing that a stranger sends throws. */
export async function fuzzVerify({ trusting, ...options }: VerifyOptions): Promise<Played> {
  const campaign = { ...options, name: 'verify', cases, batch: BATCH };
  return playCampaign(campaign, (batch) =>
    Promise.resolve(batch.flatMap((given) => faultsOf(given, trusting))),
  );
}

/** `trusting` leaves the verifier out, for the run that must fail. */
export type VerifyOptions = Omit<PartOptions, 'sabotage'> & { trusting?: boolean };

function faultsOf(given: VerifyCase, trusting = false): string[] {
  const right = signed(given.scheme, given.id, NOW / 1_000, given.body);
  const request = spoiled(given, right);
  if (request === undefined) return [];
  try {
    const verdict = trusting ? ({ ok: true } as const) : verify(given.scheme, request);
    const expected = given.spoiling === 'nothing';
    if (verdict.ok !== expected) return [`${given.scheme} ${given.spoiling}: ${JSON.stringify(verdict)}`];
    return verdict.ok || REASONS.has(verdict.reason)
      ? []
      : [`${given.scheme}: an unknown reason ${verdict.reason}`];
  } catch (error) {
    return [`${given.scheme} ${given.spoiling} throws ${String(error)}`];
  }
}

function verify(scheme: Scheme, { headers, url, body }: SignedRequest): Verification {
  switch (scheme) {
    case 'standard':
      return verifyStandard([KEYS.secret], headers, body, { now: NOW });
    case 'ed25519':
      return verifyEd25519(KEYS.publicKey, headers, body, { now: NOW });
    case 'hmac':
      return verifyHmac(KEYS.shared, headers['x-signature'], body, { prefix: 'sha256=' });
    case 'bearer':
      return verifyBearer(KEYS.token, headers.authorization);
    case 'basic':
      return verifyBasic(KEYS.basic, headers.authorization);
    case 'query':
      return verifyQueryToken(KEYS.token, url);
  }
}

/** Undefined where this spoiling means nothing in this scheme. */
function spoiled(given: VerifyCase, right: SignedRequest): SignedRequest | undefined {
  const { scheme, spoiling, at, text, odd } = given;
  const signsBody = scheme === 'standard' || scheme === 'ed25519' || scheme === 'hmac';
  const names = Object.keys(right.headers);
  const name = names[at % Math.max(names.length, 1)];
  switch (spoiling) {
    case 'nothing':
      return right;
    case 'body':
      return signsBody ? { ...right, body: Buffer.concat([right.body, Buffer.from([at % 256])]) } : undefined;
    case 'stale':
      return scheme === 'standard' || scheme === 'ed25519'
        ? signed(scheme, given.id, NOW / 1_000 + (at % 2 === 0 ? -301 - at : 301 + at), given.body)
        : undefined;
    case 'credential':
      return withCredential(right, name, (value) => changed(value, at));
    case 'drop':
      return withCredential(right, name, () => undefined);
    case 'twice':
      return name === undefined
        ? { ...right, url: `${right.url}&token=${KEYS.token}` }
        : withCredential(right, name, (value) => [value, value]);
    case 'garbage':
      return withCredential(right, name, () => text);
    case 'shape':
      return name === undefined ? undefined : withCredential(right, name, () => odd as string);
  }
}

/** Another character where it counts: padding and letters' case may mean nothing. */
function changed(value: string, at: number): string {
  const index = Math.max(value.length - 8 - (at % 12), 0);
  return `${value.slice(0, index)}${value[index] === 'x' ? 'y' : 'x'}${value.slice(index + 1)}`;
}

function withCredential(
  right: SignedRequest,
  name: string | undefined,
  change: (value: string) => string | string[] | undefined,
): SignedRequest {
  if (name !== undefined) {
    return { ...right, headers: { ...right.headers, [name]: change(String(right.headers[name])) } };
  }
  const token = change(KEYS.token);
  return {
    ...right,
    url: `/hooks?a=1${token === undefined ? '' : `&token=${encodeURIComponent(wellFormed(String(token)))}`}`,
  };
}

function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '');
}
