import type { EventData } from '../../catalog/domain-events.js';
import type { Value } from '../document.js';

/** One change, as in JSON Patch (RFC 6902), with the old value beside the new one. */
export type DiffEntry = {
  op: 'add' | 'remove' | 'replace';
  /** A JSON pointer (RFC 6901). */
  path: string;
  /** Null for an `add`. */
  was: Value | null;
  /** Null for a `remove`. */
  value: Value | null;
};

/** The most entries of a diff. */
export const MOST_ENTRIES = 500;
/** How far down a diff looks: what is deeper is replaced as a whole. */
export const DEEPEST_DIFF = 32;

/**
 * What changed, in an order in which the entries can be applied one after the other; nothing if there is no previous.
 *
 * Objects are compared by key, in the order of the keys' code units. Arrays are compared by index: items that were
 * inserted or taken out in the middle show as replacements of what follows, the longer one's tail as `add` in rising or
 * `remove` in falling order. Where there are more than {@link MOST_ENTRIES} changes, the objects and arrays with the most
 * of them are replaced as a whole, at worst everything by one entry with the path ''.
 */
export function diff(previous: EventData | null, current: EventData): DiffEntry[] {
  if (previous === null) return [];
  return changes(previous as Value, current as Value, '', 0);
}

/** The pointer of a key or an index in what another pointer leads to. */
export function pointer(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

type Container = Value[] | Record<string, Value>;

function changes(was: Value, value: Value, path: string, depth: number): DiffEntry[] {
  if (was === value) return [];
  const whole: DiffEntry = { op: 'replace', path, was, value };
  if (!isContainer(was) || !isContainer(value) || Array.isArray(was) !== Array.isArray(value)) return [whole];
  if (depth >= DEEPEST_DIFF) return [whole];

  const parts: { key: string; entries: DiffEntry[] }[] = [];
  let count = 0;
  for (const key of keysOf(was, value)) {
    const entries = memberChanges(was, value, key, path, depth);
    if (entries.length === 0) continue;
    parts.push({ key, entries });
    count += entries.length;
    while (count > MOST_ENTRIES) {
      const largest = parts.reduce((best, part) => (part.entries.length > best.entries.length ? part : best));
      if (largest.entries.length === 1) return [whole];
      count -= largest.entries.length - 1;
      largest.entries = [
        {
          op: 'replace',
          path: pointer(path, largest.key),
          was: member(was, largest.key),
          value: member(value, largest.key),
        },
      ];
    }
  }
  return parts.flatMap(({ entries }) => entries);
}

function memberChanges(
  was: Container,
  value: Container,
  key: string,
  path: string,
  depth: number,
): DiffEntry[] {
  if (!Object.hasOwn(was, key)) {
    return [{ op: 'add', path: pointer(path, key), was: null, value: member(value, key) }];
  }
  if (!Object.hasOwn(value, key)) {
    return [{ op: 'remove', path: pointer(path, key), was: member(was, key), value: null }];
  }
  if (member(was, key) === member(value, key)) return [];
  return changes(member(was, key), member(value, key), pointer(path, key), depth + 1);
}

function keysOf(was: Container, value: Container): string[] {
  if (Array.isArray(was) && Array.isArray(value)) {
    const shared = Object.keys(was.slice(0, value.length));
    const added = Object.keys(value).slice(was.length);
    const removed = Object.keys(was).slice(value.length).reverse();
    return [...shared, ...added, ...removed];
  }
  return [...new Set([...Object.keys(was), ...Object.keys(value)])].sort();
}

function isContainer(value: Value): value is Container {
  return typeof value === 'object' && value !== null;
}

function member(container: Container, key: string): Value {
  return (container as Record<string, Value>)[key]!;
}
