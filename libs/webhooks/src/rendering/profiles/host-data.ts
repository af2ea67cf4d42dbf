import type { EventData } from '../../catalog/domain-events.js';
import { fieldsOf } from '../../catalog/fields-of.js';

/** The objects of a list that say anything; of what is no list, none. */
export function recordsOf(value: unknown): EventData[] {
  if (!Array.isArray(value)) return [];
  return value.map(fieldsOf).filter((entry) => Object.keys(entry).length > 0);
}

/** The first candidate that says something, as text: an empty text does not, nor does an object. */
export function textOf(...candidates: unknown[]): string | null {
  const id = idOf(...candidates);
  return id === null ? null : String(id);
}

/** The first candidate that is a text or a number, in its own type: an id of either stays what it was. */
export function idOf(...candidates: unknown[]): string | number | null {
  for (const candidate of candidates) {
    if (typeof candidate === 'string' && candidate !== '') return candidate;
    if (typeof candidate === 'number' && Number.isFinite(candidate)) return candidate;
  }
  return null;
}
