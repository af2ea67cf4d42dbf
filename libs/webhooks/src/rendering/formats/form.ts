import qs from 'qs';

import type { Document } from '../document.js';
import type { Texts } from './plain-text.js';
import { textsOf } from './plain-text.js';
import { isPrototypeKey } from './prototype-keys.js';

/**
 * A document as a form: `booking[items][0][name]=…`, brackets percent-encoded as the URL Standard asks.
 *
 * - An empty list, an empty object and null are the empty text, so that the name is there.
 * - A key is its own text, but for what brackets or a parser would change: `%`, `[` and `]` are percent-encoded once more,
 *   and so is the first letter of a key that reads as an index or that JavaScript parsers drop (`7`, `constructor`). The
 *   empty key is `%`. `decodeURIComponent` on a parsed key gives the key back.
 * - Halves of surrogate pairs become U+FFFD; two keys that differ in nothing else become one.
 *
 * So a form does not carry the type of a scalar, nor which of the empty values it was. By default `qs.parse` reads lists of at most 20
 * entries, 1000 values and a depth of 5: a receiver of more raises `arrayLimit`, `parameterLimit` and `depth`.
 */
export function formOf(value: Document['value']): string {
  return qs.stringify(parameters(textsOf(value)), { arrayFormat: 'indices' });
}

function parameters(value: Texts): Texts {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return value.length === 0 ? '' : value.map(parameters);
  const members = Object.entries(value).map(
    ([key, member]) => [parameterKey(key), parameters(member)] as const,
  );
  return members.length === 0 ? '' : Object.fromEntries(members);
}

function parameterKey(key: string): string {
  if (key === '') return '%';
  const escaped = wellFormed(key).replace(/[%[\]]/g, percentEncode);
  const readsAsSomethingElse = isPrototypeKey(key) || /^\d+$/.test(key);
  return readsAsSomethingElse ? percentEncode(escaped.charAt(0)) + escaped.slice(1) : escaped;
}

function percentEncode(ascii: string): string {
  return `%${ascii.charCodeAt(0).toString(16).toUpperCase()}`;
}

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
