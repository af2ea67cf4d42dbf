import { gunzipSync } from 'node:zlib';

/** What a body may have been before something on the way to the file changed it. */
export interface BodyVariant {
  reason: 'body_changed' | 'encoding';
  /** What happened to it, as the rest of "The body …". */
  happened: string;
  remedy: string;
  body: Buffer;
}

const RAW = 'Verify the bytes as they arrive, before anything parses them.';
const KEEP =
  'Save the body with a tool that changes nothing (curl --output, tcpdump), and let no editor save it.';
const DECODE =
  'Take the bytes of the request as they came over the network, and decode nothing before you verify.';

/** The bodies that a body may come from, by the mistakes that people make; each other than the body itself. */
export function bodyVariants(body: Buffer): BodyVariant[] {
  const text = body.toString('utf8');
  const changed = (happened: string, variant: Buffer | string | undefined, remedy = KEEP) =>
    made('body_changed', happened, variant, remedy);
  const encoded = (happened: string, variant: Buffer | string | undefined) =>
    made('encoding', happened, variant, DECODE);
  const variants = [
    // Before what trims: the mark counts as white space.
    encoded('has got a byte order mark', text.replace(/^\uFEFF/, '')),
    changed('has got an end of line that the sender did not send', text.replace(/[\r\n]+$/, '')),
    changed('has got white space around it', text.trim()),
    changed('has lost the end of line at its end', `${text}\n`),
    changed('has got CR LF for its line feeds', text.replaceAll('\r\n', '\n')),
    changed('has lost the CR of its CR LF', text.replace(/\r?\n/g, '\r\n')),
    changed('was parsed and written anew', rewritten(text), RAW),
    changed('was put into a JSON text', innerText(text), RAW),
    encoded('was read as Latin-1 and written as UTF-8', Buffer.from(text, 'latin1')),
    encoded('was written as Latin-1 although it is UTF-8', Buffer.from(body.toString('latin1'), 'utf8')),
    encoded('is in UTF-16', body.toString('utf16le').replace(/^\uFEFF/, '')),
    encoded('is in base64', fromBase64(text.trim())),
    encoded('is compressed', unzipped(body)),
    encoded('was percent-decoded', text.includes('=') ? new URLSearchParams(text).toString() : undefined),
  ];
  return variants.filter((variant) => variant !== undefined && !variant.body.equals(body)) as BodyVariant[];
}

function made(
  reason: BodyVariant['reason'],
  happened: string,
  variant: Buffer | string | undefined,
  remedy: string,
): BodyVariant | undefined {
  if (variant === undefined) return undefined;
  return { reason, happened, remedy, body: typeof variant === 'string' ? Buffer.from(variant) : variant };
}

function rewritten(text: string): string | undefined {
  const value = parsed(text);
  return value === undefined ? undefined : JSON.stringify(value);
}

function innerText(text: string): string | undefined {
  const value = parsed(text);
  return typeof value === 'string' ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fromBase64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]{4,}={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function unzipped(body: Buffer): Buffer | undefined {
  try {
    return gunzipSync(body, { maxOutputLength: 64 * 1024 * 1024 });
  } catch {
    return undefined;
  }
}
