import type { Value } from '../document.js';
import { JsonText } from '../document.js';

/** A value as formats without types see it: nothing but texts, lists and objects. */
export type Texts = string | Texts[] | { [key: string]: Texts };

/**
 * A value with its scalars as text, in the words of JSON: `true`, `1e+21`, `0` for -0. Null is the empty text, and a member
 * that JSON would leave out is left out. Numbers inside a `JsonText` are the text they were published as.
 */
export function textsOf(value: Value): Texts {
  if (value instanceof JsonText) return textsOf(readNumbersAsText(value.text));
  if (Array.isArray(value)) return value.map(textsOf);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => [key, textsOf(member)]),
    );
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return '';
  return String(value ?? '');
}

/** A number that JavaScript cannot hold, an id of 20 digits for one, would be rounded by parsing it as a number. */
function readNumbersAsText(json: string): Value {
  const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
  return JSON.parse(
    json.replace(stringOrNumber, (token) => (token.startsWith('"') ? token : `"${token}"`)),
  ) as Value;
}
