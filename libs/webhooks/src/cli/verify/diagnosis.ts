import type { SigningScheme } from '../../signing/signing-schemes.js';
import type { RefusalReason } from '../../signing/verification.js';
import { VerificationKeyError } from '../../signing/verification.js';
import { verifyEd25519, verifyHmac, verifyStandard } from '../../signing/verify.js';
import { duration } from '../words.js';
import type { CapturedRequest } from './captured-request.js';
import { contentLength, headerOf } from './captured-request.js';
import { bodyVariants } from './body-variants.js';
import { searchCredentials } from './credentials.js';
import { signatureChecker } from './signature-checker.js';

/** Those that sign. */
export type SignedScheme = Exclude<SigningScheme, 'none'>;

export interface Expected {
  scheme: SigningScheme;
  /** `whsec_`, `whpk_`, what the plain HMAC's secret is, or for `none` what the request carries as it is. */
  secrets: string[];
  /** Of the plain HMAC. */
  header: string;
  prefix: string;
  toleranceSeconds: number;
  /** When it arrived, epoch milliseconds. */
  at: number;
}

/**
 * - those of the receiver's verifiers, but for `bad_signature`, which is one of:
 * - `body_changed`, `encoding`: with another body, which this one comes from, it verifies; or its length is not what it was.
 * - `secret_form`: with the secret in another form it verifies.
 * - `wrong_scheme`: it is signed, and not in this scheme.
 * - `wrong_secret`: nothing points to the body; of `none`, that it carries another one.
 * - `missing_credentials`, for `none`: it carries nothing that could be one.
 */
export type Reason =
  | Extract<RefusalReason, 'missing_header' | 'malformed_header' | 'stale' | 'missing_credentials'>
  | 'body_changed'
  | 'encoding'
  | 'secret_form'
  | 'wrong_scheme'
  | 'wrong_secret';

export type Diagnosis =
  | {
      ok: true;
      /** For `none`: where the secret was found. */
      found?: string;
    }
  | {
      ok: false;
      reason: Reason;
      /** Whether it was found out by a signature that fits, and not by what is likely. */
      certain: boolean;
      detail: string;
      remedy: string;
    };

/** Whether a captured request is the sender's, and if not, why not. The verdict is that of the receivers' verifiers. */
export function diagnose(request: CapturedRequest, { scheme, ...rest }: Expected): Diagnosis {
  if (scheme === 'none') return ofCredentials(request, rest.secrets);
  const expected = { scheme, ...rest };
  const verdict = verdictOf(request, expected);
  if (verdict === 'ok') return ofAge(request, expected);
  switch (verdict) {
    case 'missing_header':
      return missing(request, expected);
    case 'malformed_header':
      return malformed(request, expected);
    case 'unusable_secret':
    case 'bad_signature':
      return ofSignature(request, expected, verdict);
  }
}

type Signed = Expected & { scheme: SignedScheme };

function ofCredentials(request: CapturedRequest, secrets: string[]): Diagnosis {
  const search = searchCredentials(request, secrets);
  switch (search.found) {
    case 'as_given':
      return { ok: true, found: search.where };
    case 'in_another_form': {
      const detail = `The secret ${search.wrong}. So read, it is in ${search.where}.`;
      return no(
        'secret_form',
        true,
        detail,
        "Compare it with what the webhook's headers and URL were given.",
      );
    }
    case 'nowhere':
      return nowhere(request, search.others);
  }
}

function nowhere(request: CapturedRequest, others: string[]): Diagnosis {
  const signed = headerOf(request, 'webhook-signature') !== undefined;
  const query =
    request.target === undefined ? ', and the capture has no first line with a URL to look into' : '';
  if (others.length > 0)
    return no(
      'wrong_secret',
      true,
      `The secret is nowhere in the request; there is another text in ${others.join(', ')}${query}.`,
      "Compare it with what the webhook's headers and URL were given.",
    );
  return no(
    'missing_credentials',
    true,
    `The secret is nowhere in the request, and neither is anything else that looks like one${query}.`,
    signed
      ? 'It is signed, too: pass --scheme standard or --scheme ed25519.'
      : "Look whether the webhook's headers or its URL have credentials at all, and capture the request as it came.",
  );
}

/** Whatever its age. */
function verdictOf(
  request: CapturedRequest,
  { scheme, secrets, header, prefix }: Expected,
): 'ok' | 'missing_header' | 'malformed_header' | 'bad_signature' | 'unusable_secret' {
  const { headers, body } = request;
  const anyAge = { toleranceSeconds: Infinity };
  try {
    const verification =
      scheme === 'hmac'
        ? verifyHmac(secrets, headers[header.toLowerCase()], body, { prefix })
        : scheme === 'standard'
          ? verifyStandard(secrets, headers, body, anyAge)
          : verifyEd25519(secrets, headers, body, anyAge);
    if (verification.ok) return 'ok';
    const { reason } = verification;
    return reason === 'missing_header' || reason === 'malformed_header' ? reason : 'bad_signature';
  } catch (error) {
    if (!(error instanceof VerificationKeyError)) throw error;
    // The verifiers look at the secret first, and a request without a signature has none that fits.
    const signed = scheme === 'hmac' || headerOf(request, 'webhook-signature') !== undefined;
    return signed ? 'unusable_secret' : 'missing_header';
  }
}

function ofAge(request: CapturedRequest, { scheme, at, toleranceSeconds }: Signed): Diagnosis {
  if (scheme === 'hmac') return { ok: true };
  const aheadMs = Number(headerOf(request, 'webhook-timestamp')) * 1_000 - at;
  if (Math.abs(aheadMs) <= toleranceSeconds * 1_000) return { ok: true };
  const apart = `${duration(Math.abs(aheadMs))} ${aheadMs > 0 ? 'after' : 'before'} ${new Date(at).toISOString()}`;
  return no(
    'stale',
    true,
    `The signature is right, but the request was made ${apart}, and ${duration(toleranceSeconds * 1_000)} are tolerated.`,
    'If it is a capture, say when it arrived with --at. If it was so on its arrival, compare the clocks, or look for what held it up.',
  );
}

function missing(request: CapturedRequest, { scheme, header }: Signed): Diagnosis {
  const wanted =
    scheme === 'hmac' ? [header.toLowerCase()] : ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const absent = wanted.filter((name) => (headerOf(request, name) ?? '') === '');
  const other = scheme === 'hmac' ? otherThanHmac(request) : plainHmacHeader(request);
  const detail = `The request has no header ${absent.join(', ')}.`;
  return other === undefined
    ? no(
        'missing_header',
        true,
        detail,
        'Capture it with all of its headers; a proxy may have removed those. If nothing signs the webhook, pass --scheme none.',
      )
    : no('wrong_scheme', false, `${detail} ${other.detail}`, other.remedy);
}

function otherThanHmac(request: CapturedRequest): { detail: string; remedy: string } | undefined {
  if (headerOf(request, 'webhook-signature') === undefined) return undefined;
  return {
    detail: 'It has a webhook-signature, which is of Standard Webhooks.',
    remedy: 'Pass --scheme standard or --scheme ed25519, or the right --header.',
  };
}

function plainHmacHeader({ headers }: CapturedRequest): { detail: string; remedy: string } | undefined {
  const found = Object.entries(headers).find(([, values]) =>
    values.some((value) => /^\S{0,20}?[0-9a-f]{64}$/i.test(value)),
  );
  if (!found) return undefined;
  const [name, [value = '']] = found;
  const prefix = value.slice(0, -64);
  const withPrefix = prefix === '' ? '' : ` --prefix ${prefix}`;
  return {
    detail: `Its header ${name} looks like a plain HMAC.`,
    remedy: `Pass --scheme hmac --header ${name}${withPrefix}.`,
  };
}

function malformed(request: CapturedRequest, { scheme, header, prefix }: Signed): Diagnosis {
  const names =
    scheme === 'hmac' ? [header.toLowerCase()] : ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const twice = names.filter((name) => (request.headers[name]?.length ?? 0) > 1);
  const remedy = 'Capture the headers as they came, each on one line, once.';
  if (twice.length > 0)
    return no('malformed_header', true, `The request has ${twice.join(', ')} more than once.`, remedy);
  if (scheme === 'hmac') {
    const detail = `The header ${header} is not ${prefix === '' ? '' : `'${prefix}' and `}64 hex digits.`;
    return no(
      'malformed_header',
      true,
      detail,
      'Pass what stands before the digits with --prefix, or the right --header.',
    );
  }
  const timestamp = headerOf(request, 'webhook-timestamp') ?? '';
  if (!/^[0-9]{1,12}$/.test(timestamp)) {
    const milliseconds = /^[0-9]{13}$/.test(timestamp) ? ': it has 13 digits, which are milliseconds' : '';
    return no(
      'malformed_header',
      true,
      `The webhook-timestamp is not in whole seconds${milliseconds}.`,
      remedy,
    );
  }
  return no('malformed_header', true, 'The webhook-id is not one word without a full stop.', remedy);
}

function ofSignature(
  request: CapturedRequest,
  expected: Signed,
  verdict: 'unusable_secret' | 'bad_signature',
): Diagnosis {
  const checker = signatureChecker(request, expected);
  if (checker.otherScheme)
    return no('wrong_scheme', false, checker.otherScheme.detail, checker.otherScheme.remedy);
  for (const { wrong, verifies } of checker.secrets) {
    if (wrong !== undefined && verifies(request.body))
      return no(
        'secret_form',
        true,
        `The secret ${wrong}. So read, the signature is right.`,
        'Copy the secret as the sender shows it.',
      );
    const variant = bodyVariants(request.body).find(({ body }) => verifies(body));
    if (variant) {
      const { reason, happened, remedy } = variant;
      return no(reason, true, `The body ${happened}. Without that, the signature is right.`, remedy);
    }
  }
  if (verdict === 'unusable_secret')
    return no('secret_form', false, checker.unusable, 'Copy it again from the sender.');
  return ofLength(request);
}

/** What can be said when no signature fits. */
function ofLength(request: CapturedRequest): Diagnosis {
  const length = contentLength(request);
  const actual = request.body.length;
  const secret = 'the secret of this webhook, the newest one after a rotation';
  if (length !== undefined && length !== actual) {
    return no(
      'body_changed',
      true,
      `No signature fits, and the body has ${actual} bytes where Content-Length says ${length}.`,
      `Capture the body as it came. If that doesn't help, check that it is ${secret}.`,
    );
  }
  const known =
    length === undefined
      ? 'there is no Content-Length to compare the body with'
      : 'the body is as long as Content-Length says';
  return no(
    'wrong_secret',
    false,
    `No signature fits, in no form of the secret or the body that was tried; ${known}. Most likely another secret signed it.`,
    `Check that it is ${secret}. If it is, the body was changed in a way that is not known here.`,
  );
}

function no(reason: Reason, certain: boolean, detail: string, remedy: string): Diagnosis {
  return { ok: false, reason, certain, detail, remedy };
}
