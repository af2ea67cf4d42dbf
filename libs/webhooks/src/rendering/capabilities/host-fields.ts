import { JsonText } from '../document.js';
import type { Value } from '../document.js';

/** A JSON object. */
export type Fields = Record<string, Value>;

/** What a field is filled with when the host left it out. */
export interface Facts {
  /** When the event occurred: ISO 8601, in UTC. */
  at: string;
  /** The language of the body. */
  locale: string;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonText);
}

/** An object as it is; anything else as an empty one. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/**
 * The fields that a model knows, in the model's order, then the host's own as they stand. A known field that is
 * undefined is left out, also where the host gave something in its place.
 */
export function filled(source: Fields, known: Record<string, Value | undefined>): Fields {
  const own = Object.entries(source).filter(([key]) => !Object.hasOwn(known, key));
  const given = Object.entries(known).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  return Object.fromEntries([...given, ...own]);
}

/** The first candidate that says something, as text. */
export function text(...candidates: (Value | undefined)[]): string | undefined {
  for (const candidate of candidates) {
    if (typeof candidate === 'string' && candidate !== '') return candidate;
    if (typeof candidate === 'number') return String(candidate);
  }
  return undefined;
}

export function textOrNull(value: Value | undefined): string | null {
  return text(value) ?? null;
}

export function whole(value: Value | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : undefined;
}

export function flag(value: Value | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** The word of a closed list that a value is, whatever its case. */
export function oneOf<Word extends string>(
  words: readonly Word[],
  value: Value | undefined,
): Word | undefined {
  if (typeof value !== 'string') return undefined;
  return (
    words.find((word) => word === value) ?? words.find((word) => word.toLowerCase() === value.toLowerCase())
  );
}

/** The texts of a list; with `words`, those of a closed list. None if it is no list. */
export function texts(value: Value | undefined, words?: readonly string[]): string[] {
  const read = (each: Value) => (words ? oneOf(words, each) : text(each));
  return Array.isArray(value) ? value.map(read).filter((each) => each !== undefined) : [];
}

/** The objects of a list, read; undefined if it is no list. Items that are no objects, or read as undefined, are left out. */
export function list(
  value: Value | undefined,
  read: (item: Fields, index: number) => Fields | undefined,
): Fields[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value
    .filter(isFields)
    .map(read)
    .filter((item) => item !== undefined);
}

/** A time as ISO 8601 in UTC, written as the host wrote it if that is so already. Without a zone, it is taken for UTC. */
export function utc(value: Value | undefined): string | undefined {
  if (typeof value === 'number') return isoOf(value);
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) return undefined;
  const zoned = value.length > 10 && !/(Z|[+-]\d\d:?\d\d)$/i.test(value) ? `${value}Z` : value;
  const iso = isoOf(Date.parse(zoned));
  const isUtc =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) && iso?.slice(0, 19) === value.slice(0, 19);
  return isUtc ? value : iso;
}

export function utcOrNull(value: Value | undefined): string | null {
  return utc(value) ?? null;
}

function isoOf(epochMs: number): string | undefined {
  const time = new Date(epochMs);
  const year = time.getUTCFullYear();
  return year >= 0 && year <= 9999 ? time.toISOString() : undefined;
}
