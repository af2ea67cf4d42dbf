import type { Value } from '../document.js';
import { JsonText } from '../document.js';

/**
 * What `JSON.stringify` gives, with every `JsonText` in its place byte for byte.
 *
 * Only the objects and lists on the way to a `JsonText` are written here, everything beside it by `JSON.stringify`: there is
 * no placeholder that data could imitate.
 */
export function jsonOf(value: Value): string {
  if (value instanceof JsonText) return value.text;
  if (!holdsJsonText(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((entry) => jsonOf(entry ?? null)).join(',')}]`;
  const members = Object.entries(value as Record<string, Value>)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}:${jsonOf(member)}`);
  return `{${members.join(',')}}`;
}

function holdsJsonText(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof JsonText || Object.values(value).some(holdsJsonText);
}
