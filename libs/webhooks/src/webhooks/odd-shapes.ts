import type { FieldError } from '../webhooks.errors.js';
import { described } from './field-rules.js';

/** Deepest is a header's value: body, `headers`, value. Anything deeper would only exhaust a validator's stack. */
const MAX_DEPTH = 4;

/** PostgreSQL stores no NUL in a text, and half of a surrogate pair is no UTF-8. */
export function isStorable(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text);
}

/** What no field of any request may hold, found before libraries walk through it. */
export function oddShapes(value: unknown): FieldError[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) {
    const reason = `${described(value)} is not an object`;
    return [{ field: 'body', reason, expected: 'send a JSON object' }];
  }
  return Object.entries(value).flatMap(([name, part]) => {
    const field = name.slice(0, 64);
    const error = oddName(name) ?? oddPart(part);
    return error ? [{ field, ...error }] : [];
  });
}

type Fault = Pick<FieldError, 'reason' | 'expected'>;

/** A loop, not a recursion: how deep a body goes is the sender's choice. */
function oddPart(root: unknown): Fault | undefined {
  const pending: [value: unknown, depth: number][] = [[root, 2]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [value, depth] = next;
    if (depth > MAX_DEPTH) return { reason: 'is nested too deeply', expected: 'send the documented shape' };
    if (typeof value === 'string' && !isStorable(value)) return unstorable();
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, part] of Object.entries(value)) {
      const odd = oddName(name);
      if (odd) return odd;
      pending.push([part, depth + 1]);
    }
  }
  return undefined;
}

/** class-transformer drops names of `Object.prototype` without a word. */
function oddName(name: string): Fault | undefined {
  if (name in Object.prototype) {
    return { reason: `has the name '${name}', which every object has`, expected: 'leave it out' };
  }
  return isStorable(name) ? undefined : unstorable();
}

function unstorable(): Fault {
  const reason = 'holds a NUL character or half of a surrogate pair';
  return { reason, expected: 'send well-formed text' };
}
