import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';

import type { Document } from '../document.js';
import type { Texts } from './plain-text.js';
import { textsOf } from './plain-text.js';
import { xmlName } from './xml-name.js';

/** The element of a list directly within a list, which has no key to be named by. */
const NAMELESS = 'item';
const ATTRIBUTES = '@attributes';

/**
 * A document as XML 1.0.
 *
 * - A member is an element, a list is its element repeated, a list within a list has elements named `item`.
 * - An empty list, an empty object, an empty text and null are one empty element.
 * - The members of '@attributes' are attributes, if there are any and all of them are scalars; otherwise it is an element.
 * - Keys that are no names are escaped, see `xmlName`.
 * - Characters that XML 1.0 forbids, and halves of surrogate pairs, become U+FFFD.
 *
 * So XML does not carry: the type of a scalar, which of the empty values it was, whether a list of one was a list, whether
 * `item` was a key or a nested list, and forbidden characters. Everything else reads back as it was.
 */
export function xmlOf({ root, value, rootAttributes = [] }: Document): string {
  const xml = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\uFFFD' });
  const entries = Object.entries(textsOf(value));
  const isAttribute = ([key]: [string, Texts]) => rootAttributes.includes(key);
  const members = Object.fromEntries(entries.filter((entry) => !isAttribute(entry)));
  const attributes = Object.fromEntries(entries.filter(isAttribute));
  append(xml, root, entries.some(isAttribute) ? { [ATTRIBUTES]: attributes, ...members } : members);
  return xml.end();
}

function append(parent: XMLBuilder, key: string, value: Texts): void {
  const element = parent.ele(xmlName(key));
  if (typeof value === 'string') {
    if (value !== '') element.txt(escapeText(value));
  } else if (Array.isArray(value)) {
    for (const entry of value) append(element, NAMELESS, entry);
  } else {
    for (const [name, member] of Object.entries(value)) appendMember(element, name, member);
  }
}

function appendMember(element: XMLBuilder, key: string, value: Texts): void {
  if (key === ATTRIBUTES && areAttributes(value)) {
    for (const [name, text] of Object.entries(value)) element.att(xmlName(name), escapeAttribute(text));
  } else if (Array.isArray(value) && value.length > 0) {
    for (const entry of value) append(element, key, entry);
  } else {
    append(element, key, value);
  }
}

function areAttributes(value: Texts): value is Record<string, string> {
  if (typeof value === 'string' || Array.isArray(value)) return false;
  const members = Object.values(value);
  return members.length > 0 && members.every((member) => typeof member === 'string');
}

// xmlbuilder2 takes `&lt;` or `&#13;` in its input for references, and leaves them as they are.
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('\r', '&#13;');
}

/** A parser turns the white space of an attribute into spaces (XML 1.0, section 3.3.3), unless it is a reference. */
function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
