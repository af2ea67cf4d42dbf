import { ANSWER_CODES } from 'nestjs-booking-webhooks';

import type { RestCase } from './rest-cases.js';
import { CANARY } from './request-bodies.js';

export interface RestAnswer {
  status: number;
  text: string;
}

const CODES = new Set<string>(ANSWER_CODES);
/** Express refuses bodies above it; what Fastify still reads is refused by a rule. */
const READABLE_BYTES = 100 * 1024;
const SECRET = /whs[ek][ck]?_[A-Za-z0-9+/=]{16,}/;
/** Said by the HTTP server before the module sees a request: too large a body, too long a path, no such encoding, too large headers. */
const TRANSPORT = new Set([413, 414, 415, 431]);
const LONGEST_ERROR = 20_000;

/** What is wrong with an answer, in words. */
export function faultsOf(request: RestCase, url: string, answer: RestAnswer): string[] {
  const { status, text } = answer;
  const faults: string[] = [];
  if (status >= 500) faults.push(`answered ${status}`);
  if (text.includes(CANARY)) faults.push('the answer holds a credential');
  if (SECRET.test(text) && !showsSecret(request, status)) faults.push('the answer holds a secret');
  if (status >= 400 && status < 500) faults.push(...errorFaults(request, url, answer));
  if (status < 400 && request.body?.wrong !== undefined && readsBody(request) && isReadable(request, url))
    faults.push(`accepted '${request.body.wrong}'`);
  if (status < 400 && request.caller === 'nobody') faults.push('answered a caller without a contract');
  if (status < 400 && request.caller === 'foreign' && request.path.includes('{'))
    faults.push('answered about a foreign id');
  return faults;
}

/** Whether HTTP, the path and the body can be read at all: what cannot never reaches the module. No body is an empty one. */
export function isReadable({ path, body }: RestCase, url: string): boolean {
  if (!decodes(path) || url.length > 8_000) return false;
  if (body === undefined) return true;
  if (Buffer.byteLength(body.text) > READABLE_BYTES) return false;
  // Fastify's parser refuses both names itself.
  if (/"(__proto__|constructor)"/.test(body.text)) return false;
  try {
    // Only objects and lists: Express's parser takes nothing else.
    const value: unknown = JSON.parse(body.text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** The routes that look at their body. */
export function readsBody({ method, path }: RestCase): boolean {
  return method === 'PATCH' || (method === 'POST' && !/(activate|rotate-secret|redeliver)$/.test(path));
}

function showsSecret({ method, path }: RestCase, status: number): boolean {
  return (
    method === 'POST' &&
    ((status === 201 && path === '/webhooks') || (status === 200 && path.endsWith('/rotate-secret')))
  );
}

function errorFaults(request: RestCase, url: string, { status, text }: RestAnswer): string[] {
  const faults: string[] = [];
  if (text.length > LONGEST_ERROR) faults.push(`an error of ${text.length} characters`);
  if (TRANSPORT.has(status) || !isReadable(request, url)) return faults;
  const error = parsed(text);
  if (error === undefined) return [...faults, `an error that is no JSON object: ${text.slice(0, 200)}`];
  if (request.path.startsWith('/octo/')) {
    if (typeof error.error !== 'string' || typeof error.errorMessage !== 'string')
      faults.push(`not an error of OCTO: ${text.slice(0, 300)}`);
    return faults;
  }
  if (error.statusCode !== status || typeof error.message !== 'string' || !CODES.has(String(error.code)))
    faults.push(`${status} without a stable code: ${text.slice(0, 300)}`);
  if (error.code === 'INVALID_INPUT') faults.push(...fieldFaults(request, error.errors));
  return faults;
}

function fieldFaults(request: RestCase, errors: unknown): string[] {
  const listed = (Array.isArray(errors) ? errors : []) as Record<string, unknown>[];
  // A stranger's field may be called nothing at all.
  const complete = listed.every(({ field, reason, expected }) =>
    [`${String(field)}.`, reason, expected].every((part) => typeof part === 'string' && part !== ''),
  );
  if (listed.length === 0 || !complete) return ['an INVALID_INPUT that does not name fields'];
  const wrong = request.body?.wrong ?? request.query?.wrong;
  const named = listed.map(({ field }) => String(field));
  return wrong === undefined || named.some((field) => field === wrong || field.startsWith(`${wrong}.`))
    ? []
    : [`'${wrong}' is wrong, and ${named.join(', ')} is named`];
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function decodes(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
