import type { Value } from '../document.js';
import { JsonText } from '../document.js';

/*
 * Checkfront's JSON is made from its XML, as PHP's SimpleXML prints it. XML has texts and nothing else, so everything that
 * is not a text looks different from what it was.
 */

/** Every scalar as a text, what is empty as an empty object; a boolean is `1` or `0`, as on Checkfront's samples. */
export function stringed(value: Value): Value {
  if (value instanceof JsonText) return stringed(JSON.parse(value.text) as Value);
  if (Array.isArray(value)) return value.map(stringed);
  if (value === null || value === undefined || value === '') return {};
  if (typeof value === 'object') {
    return mapped(value, (member, key) =>
      key === '@attributes' ? stringedAttributes(member) : stringed(member),
    );
  }
  return scalarText(value);
}

/** A list of one as its only entry, an empty list as nothing at all: that is what is left of them as elements. */
export function collapsed(value: Value): Value {
  if (Array.isArray(value)) {
    const entries = value.filter((entry) => !isEmptyList(entry)).map(collapsed);
    return entries.length === 1 ? (entries[0] ?? null) : entries;
  }
  if (typeof value !== 'object' || value === null || value instanceof JsonText) return value;
  const filled = Object.entries(value).filter(([, member]) => !isEmptyList(member));
  return mapped(Object.fromEntries(filled), collapsed);
}

/** An empty attribute is an empty text, it cannot be an object. */
function stringedAttributes(attributes: Value): Value {
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes))
    return stringed(attributes);
  return mapped(attributes as Record<string, Value>, (text) =>
    text === null || text === '' ? '' : stringed(text),
  );
}

function scalarText(scalar: string | number | boolean): string {
  return typeof scalar === 'boolean' ? (scalar ? '1' : '0') : String(scalar);
}

function isEmptyList(value: Value): boolean {
  return Array.isArray(value) && value.every(isEmptyList);
}

function mapped(
  object: Record<string, Value>,
  member: (value: Value, key: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, member(value, key)]));
}
