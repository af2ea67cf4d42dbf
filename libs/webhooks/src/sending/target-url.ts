import { parsedUrl } from '../parsed-url.js';

const MASK = '***';
const SECRET_NAME =
  /token|secret|signature|^sig$|credential|passw|passphrase|pwd|auth|bearer|jwt|key|code|access|session|hmac|otp/i;

/**
 * A URL as it may be shown: user and password, and the values of query parameters whose names look like secrets, are
 * `***`. A URL that holds neither comes back unchanged, one that cannot be parsed as `***`. A secret in the path cannot
 * be told from a path and stays.
 */
export function maskUrl(url: string): string {
  const parsed = parsedUrl(url);
  if (!parsed) return MASK;
  const search = maskSearch(parsed.search);
  if (!hasUserinfo(parsed) && search === parsed.search) return url;
  if (hasUserinfo(parsed)) {
    parsed.username = MASK;
    parsed.password = MASK;
  }
  parsed.search = search;
  return parsed.href;
}

/** Whether a URL holds a mask that somebody sent back: saving it would replace a credential by asterisks. */
export function isMasked(url: string): boolean {
  const parsed = parsedUrl(url);
  if (!parsed) return url.includes(MASK);
  const { username, password, search } = parsed;
  return (
    percentDecoded(username) === MASK ||
    percentDecoded(password) === MASK ||
    queryPairs(search).some(([, value]) => percentDecoded(value) === MASK)
  );
}

/**
 * What goes on the wire for a URL: itself without user and password, and the `Authorization` header they become.
 *
 * @throws TypeError when it is not a URL
 * @see https://www.rfc-editor.org/rfc/rfc7617#section-2
 */
export function dialled(url: string): { url: string; authorization?: string } {
  const parsed = new URL(url);
  if (!hasUserinfo(parsed)) return { url };
  // Bytes, not text: what was percent-encoded need not be UTF-8.
  const credentials = Buffer.from(
    `${percentDecoded(parsed.username)}:${percentDecoded(parsed.password)}`,
    'latin1',
  );
  parsed.username = '';
  parsed.password = '';
  return { url: parsed.href, authorization: `Basic ${credentials.toString('base64')}` };
}

function hasUserinfo({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

// By hand: URLSearchParams would write every other parameter anew (%20 becomes +).
function maskSearch(search: string): string {
  if (search === '') return search;
  const masked = queryPairs(search).map(([name, value]) => {
    if (value === undefined) return name;
    return `${name}=${value !== '' && SECRET_NAME.test(percentDecoded(name)) ? MASK : value}`;
  });
  return `?${masked.join('&')}`;
}

function queryPairs(search: string): [name: string, value: string | undefined][] {
  return search
    .slice(1)
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [pair, undefined] : [pair.slice(0, equals), pair.slice(equals + 1)];
    });
}

/** Each percent-encoded byte as the Latin-1 character of that number. */
function percentDecoded(text: string | undefined): string {
  return (text ?? '').replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
