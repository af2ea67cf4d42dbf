import { usageError } from '../answer.js';

/** A request as somebody has written it down. */
export interface CapturedRequest {
  /** By lower-case name. */
  headers: Record<string, string[]>;
  /** The bytes that stand for the body. */
  body: Buffer;
  /** What it asked for, a path with its query, where the capture has its first line. */
  target?: string;
  /** What was made of the capture on the way, for people to judge. */
  notes: string[];
}

const REQUEST_LINE = /^[A-Z]{3,10} (\S+) HTTP\/\d(\.\d)?$/;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/;
const HEAD_END = /\r?\n\r?\n/;

/** A whole request as HTTP writes it, with or without its first line. */
export function readRawRequest(raw: Buffer): CapturedRequest {
  const text = raw.toString('latin1');
  const end = HEAD_END.exec(text);
  if (!end) {
    throw usageError(
      'The request has no empty line between its headers and its body. Pass the headers, an empty line, and the body as it came, ' +
        'or two files with --headers and --body.',
    );
  }
  const head = Buffer.from(text.slice(0, end.index), 'latin1').toString('utf8');
  return { ...withBody(readHeaders(head), raw.subarray(end.index + end[0].length)), target: targetOf(head) };
}

/** Headers and body from two files. */
export function requestOf(headers: Buffer, body: Buffer): CapturedRequest {
  const head = headers.toString('utf8');
  return { headers: readHeaders(head), body, notes: [], target: targetOf(head) };
}

function targetOf(head: string): string | undefined {
  const [first = ''] = head
    .replace(/^\uFEFF/, '')
    .trimStart()
    .split(/\r?\n/, 1);
  return REQUEST_LINE.exec(first)?.[1];
}

/** Lines of `Name: value`, or the JSON of an object, as Node logs a request's headers. */
export function readHeaders(text: string): Record<string, string[]> {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  return trimmed.startsWith('{') ? ofJson(trimmed) : ofLines(trimmed);
}

/** The one value of a header; undefined when there is none. */
export function headerOf({ headers }: Pick<CapturedRequest, 'headers'>, name: string): string | undefined {
  return headers[name.toLowerCase()]?.[0];
}

function ofLines(text: string): Record<string, string[]> {
  const lines = text.split(/\r?\n/);
  const headers: Record<string, string[]> = {};
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || (index === 0 && REQUEST_LINE.test(line))) continue;
    const [, name, value] = HEADER.exec(line) ?? [];
    // A header may carry a credential: only its place is told.
    if (name === undefined || value === undefined) {
      throw usageError(`Line ${index + 1} of the headers is not 'Name: value'. Remove it, or repair it.`);
    }
    (headers[name.toLowerCase()] ??= []).push(value);
  }
  return headers;
}

function ofJson(text: string): Record<string, string[]> {
  const remedy = 'Pass an object of texts, like {"webhook-id": "…"}, or lines of `Name: value`.';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw usageError(`The headers begin like JSON and are not. ${remedy}`);
  }
  const headers: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(parsed as object)) {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    if (!values.every((one) => typeof one === 'string' || typeof one === 'number'))
      throw usageError(`The header '${name}' is not a text. ${remedy}`);
    headers[name.toLowerCase()] = values.map(String);
  }
  return headers;
}

function withBody(headers: Record<string, string[]>, rest: Buffer): CapturedRequest {
  const chunked = headers['transfer-encoding']?.some((value) => /\bchunked\b/i.test(value));
  const joined = chunked ? joinChunks(rest) : undefined;
  if (joined) return { headers, body: joined, notes: ['The body was in chunks, which were put together.'] };
  const length = contentLength({ headers });
  if (length === undefined || rest.length <= length) return { headers, body: rest, notes: [] };
  const note = `${rest.length - length} bytes after the end that Content-Length sets were left out.`;
  return { headers, body: rest.subarray(0, length), notes: [note] };
}

export function contentLength(request: Pick<CapturedRequest, 'headers'>): number | undefined {
  const value = headerOf(request, 'content-length');
  return value !== undefined && /^\d{1,12}$/.test(value) ? Number(value) : undefined;
}

/** Undefined when it is not in chunks: most tools show a body that they have put together. */
function joinChunks(rest: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = rest.indexOf('\n', at);
    if (lineEnd < 0) return undefined;
    const [, digits] = /^([0-9a-fA-F]{1,8})(?:;.*)?\r?$/.exec(rest.toString('latin1', at, lineEnd)) ?? [];
    if (digits === undefined) return undefined;
    const size = Number.parseInt(digits, 16);
    if (size === 0) return Buffer.concat(parts);
    if (lineEnd + 1 + size > rest.length) return undefined;
    parts.push(rest.subarray(lineEnd + 1, lineEnd + 1 + size));
    const next = rest.indexOf('\n', lineEnd + 1 + size);
    if (next < 0) return undefined;
    at = next + 1;
  }
}
