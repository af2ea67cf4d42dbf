import type { FieldError } from '../webhooks.errors.js';

const MAX_HEADERS = 20;
const MAX_VALUE_LENGTH = 4096;
const MAX_NAME_LENGTH = 128;

/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Bytes above ASCII are legal, yet every receiver decodes them differently. */
const PRINTABLE = /^[\t\x20-\x7e]*$/;

/** Set by the module, by HTTP itself, or meant for the next hop only. */
const RESERVED: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-language',
  'content-length',
  'content-type',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'te',
  'traceparent',
  'tracestate',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-webhook-event',
  'x-webhook-test',
]);
const RESERVED_PREFIXES = ['proxy-', 'webhook-'];

/** The faults of a webhook's custom request headers, each as `headers.<name>`; values are never repeated. */
export function checkHeaders(headers: Record<string, unknown>): FieldError[] {
  const entries = Object.entries(headers);
  const errors: FieldError[] = [];
  if (entries.length > MAX_HEADERS) {
    errors.push({
      field: 'headers',
      reason: `there are ${entries.length}`,
      expected: `at most ${MAX_HEADERS} headers`,
    });
  }
  const seen = new Set<string>();
  for (const [name, value] of entries.slice(0, MAX_HEADERS)) {
    const fault = nameFault(name) ?? repeatedFault(name, seen) ?? valueFault(value);
    if (fault) errors.push({ field: `headers.${shown(name)}`, ...fault });
    seen.add(name.toLowerCase());
  }
  return errors;
}

type Fault = Pick<FieldError, 'reason' | 'expected'>;

function nameFault(name: string): Fault | undefined {
  if (name.length > MAX_NAME_LENGTH) {
    return {
      reason: `the name is ${name.length} characters long`,
      expected: `at most ${MAX_NAME_LENGTH} characters`,
    };
  }
  if (!TOKEN.test(name)) {
    return { reason: 'the name is not a header name', expected: "letters, digits and !#$%&'*+-.^_`|~" };
  }
  const lower = name.toLowerCase();
  if (RESERVED.has(lower) || RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix))) {
    return { reason: 'the name is reserved', expected: 'a name that neither HTTP nor this module sets' };
  }
  return undefined;
}

function repeatedFault(name: string, seen: ReadonlySet<string>): Fault | undefined {
  if (!seen.has(name.toLowerCase())) return undefined;
  return { reason: 'the name is there twice', expected: 'each name once, whatever its case' };
}

function valueFault(value: unknown): Fault | undefined {
  if (typeof value !== 'string') return { reason: 'the value is not a string', expected: 'a string' };
  if (value.length > MAX_VALUE_LENGTH) {
    return {
      reason: `the value is ${value.length} characters long`,
      expected: `at most ${MAX_VALUE_LENGTH} characters`,
    };
  }
  if (!PRINTABLE.test(value)) {
    return {
      reason: 'the value holds a line break, a control character or one outside ASCII',
      expected: 'printable ASCII characters',
    };
  }
  return undefined;
}

/** A name that is no name may be anything, a pasted `Authorization: Bearer …` line included. */
function shown(name: string): string {
  return TOKEN.test(name) && name.length <= MAX_NAME_LENGTH ? name : '<invalid name>';
}
