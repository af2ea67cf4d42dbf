import type { HeaderValue, Verification } from './verification.js';
import { equalInConstantTime, listOf, singleValue, verdict, VerificationKeyError } from './verification.js';

const MISSING: Verification = { ok: false, reason: 'missing_credentials' };
const BAD: Verification = { ok: false, reason: 'bad_credentials' };
const TOKEN = 'a token that is not empty';

/**
 * Whether an `Authorization` header is `Bearer` and one of the tokens. Never throws for what a stranger can send.
 *
 * @throws VerificationKeyError when a token is empty
 */
export function verifyBearer(tokens: string | readonly string[], authorization: HeaderValue): Verification {
  const expected = listOf(tokens, TOKEN);
  return credentials(authorization, 'bearer', (given) => isOneOf(given, expected));
}

/** A user's name and password, RFC 7617. */
export interface BasicCredentials {
  /** Without a colon. */
  username: string;
  password: string;
}

/**
 * Whether an `Authorization` header is `Basic` and this user's password. Never throws for what a stranger can send.
 *
 * @throws VerificationKeyError when both are empty, or the user's name has a colon in it
 */
export function verifyBasic(
  { username, password }: BasicCredentials,
  authorization: HeaderValue,
): Verification {
  const expected = `${username}:${password}`;
  if (expected === ':' || username.includes(':')) {
    throw new VerificationKeyError("a user's name without a colon, and a password");
  }
  return credentials(authorization, 'basic', (given) =>
    equalInConstantTime(Buffer.from(given, 'base64').toString(), expected),
  );
}

/**
 * Whether the query of a URL has one of the tokens, once. Never throws for what a stranger can send.
 *
 * @param url absolute or a path with its query
 * @param parameter @default 'token'
 * @throws VerificationKeyError when a token is empty
 */
export function verifyQueryToken(
  tokens: string | readonly string[],
  url: string,
  parameter = 'token',
): Verification {
  const expected = listOf(tokens, TOKEN);
  const [beforeFragment = ''] = url.split('#', 1);
  const start = beforeFragment.indexOf('?');
  const query = new URLSearchParams(start === -1 ? '' : beforeFragment.slice(start + 1));
  const [given, ...more] = query.getAll(parameter);
  if (given === undefined || given === '') return MISSING;
  return more.length > 0 ? BAD : verdict(isOneOf(given, expected), 'bad_credentials');
}

function credentials(
  authorization: HeaderValue,
  scheme: 'bearer' | 'basic',
  matches: (given: string) => boolean,
): Verification {
  const value = singleValue(authorization);
  if (value === undefined) return MISSING;
  if (value === null) return BAD;
  const space = value.indexOf(' ');
  // RFC 9110 section 11.1: the scheme's name is case-insensitive.
  if (space === -1 || value.slice(0, space).toLowerCase() !== scheme) return BAD;
  return verdict(matches(value.slice(space + 1).trimStart()), 'bad_credentials');
}

function isOneOf(given: string, expected: readonly string[]): boolean {
  return expected.some((token) => equalInConstantTime(given, token));
}
