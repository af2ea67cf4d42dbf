import fc from 'fast-check';

import type { EventData } from '../../catalog/domain-events.js';
import type { Value } from '../document.js';
import { DEEPEST_DIFF, MOST_ENTRIES, diff, pointer } from './diff.js';
import type { DiffEntry } from './diff.js';

describe('diff', () => {
  it('has nothing to say about what is new', () => {
    expect(diff(null, { status: 'CONFIRMED' })).toEqual([]);
  });

  it('names each change with the old and the new value, in the order of the keys', () => {
    const was = { status: 'ON_HOLD', notes: 'window', contact: { fullName: 'Ann', locales: ['en'] } };
    const now = { contact: { fullName: 'Ann', locales: ['es'] }, status: 'CONFIRMED', voucher: null };
    expect(diff(was, now)).toEqual([
      { op: 'replace', path: '/contact/locales/0', was: 'en', value: 'es' },
      { op: 'remove', path: '/notes', was: 'window', value: null },
      { op: 'replace', path: '/status', was: 'ON_HOLD', value: 'CONFIRMED' },
      { op: 'add', path: '/voucher', was: null, value: null },
    ]);
  });

  it('is the same whatever order the keys came in', () => {
    const now = { a: 3, b: { y: 2, x: 1 } };
    expect(diff({ b: { x: 0, y: 0 }, a: 1 }, now)).toEqual(diff({ a: 1, b: { y: 0, x: 0 } }, now));
  });

  it('escapes ~ and / in keys', () => {
    expect(diff({ 'a/b': 1, 'm~n': 1 }, { 'a/b': 2, 'm~n': 2 }).map(({ path }) => path)).toEqual([
      '/a~1b',
      '/m~0n',
    ]);
  });

  it('compares arrays by index, the tail added upwards and removed downwards', () => {
    expect(diff({ list: [1] }, { list: [2, 3, 4] })).toEqual([
      { op: 'replace', path: '/list/0', was: 1, value: 2 },
      { op: 'add', path: '/list/1', was: null, value: 3 },
      { op: 'add', path: '/list/2', was: null, value: 4 },
    ]);
    expect(diff({ list: [1, 2, 3] }, { list: [1] })).toEqual([
      { op: 'remove', path: '/list/2', was: 3, value: null },
      { op: 'remove', path: '/list/1', was: 2, value: null },
    ]);
  });

  it('replaces the largest part as a whole rather than growing past its bound', () => {
    const many = (value: number) =>
      Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`k${i}`, value]));
    const was = { fields: many(1), other: many(1), status: 'ON_HOLD' };
    const now = { fields: many(2), other: many(2), status: 'CONFIRMED' };
    const entries = diff(was, now);
    expect(entries).toHaveLength(402);
    expect(entries[0]).toEqual({ op: 'replace', path: '/fields', was: was.fields, value: now.fields });
    expect(entries.at(-1)).toEqual({ op: 'replace', path: '/status', was: 'ON_HOLD', value: 'CONFIRMED' });
  });

  it('replaces everything when too many keys of its own changed', () => {
    const many = (value: number) =>
      Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`k${i}`, value]));
    expect(diff(many(1), many(2))).toEqual([{ op: 'replace', path: '', was: many(1), value: many(2) }]);
  });

  it('replaces what lies too deep as a whole, and does not run out of stack', () => {
    const nested = (leaf: Value, levels: number): EventData => {
      let value = { leaf } as Record<string, Value>;
      for (let level = 0; level < levels; level += 1) value = { in: value };
      return value;
    };
    const entries = diff(nested(1, 50_000), nested(2, 50_000));
    expect(entries.map(({ path }) => path)).toEqual(['/in'.repeat(DEEPEST_DIFF)]);
  });

  it('turns the previous into the current when applied, for any two JSON objects', () => {
    const key = fc.oneof(
      fc.constantFrom('status', 'a/b', 'm~n', '~1', '', '0', '__proto__', 'constructor', 'toString'),
      fc.string({ maxLength: 3 }),
    );
    const { object } = fc.letrec<{ value: Value; object: EventData }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<Value>(null, true, 0, 1, '', 'x'),
        fc.array(tie('value'), { maxLength: 4 }),
        tie('object') as fc.Arbitrary<Value>,
      ),
      object: fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(object, object, (previous, current) => {
        const entries = diff(previous, current);
        expect(entries.length).toBeLessThanOrEqual(MOST_ENTRIES);
        expect(canonical(applied(previous as Value, entries))).toBe(canonical(current as Value));
      }),
      { numRuns: 1000 },
    );
  });

  it('turns the previous into the current when applied, past its bound too', () => {
    const wide = fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 300 }), { maxLength: 8 });
    fc.assert(
      fc.property(wide, wide, (was, now) => {
        const entries = diff({ wide: was }, { wide: now });
        expect(entries.length).toBeLessThanOrEqual(MOST_ENTRIES);
        expect(applied({ wide: was }, entries)).toEqual({ wide: now });
      }),
      { numRuns: 50 },
    );
  });
});

/** JSON text with sorted keys: toEqual takes a key '__proto__' for the prototype. */
function canonical(value: Value): string {
  return JSON.stringify(value, (_key, each: Value) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

function applied(document: Value, entries: DiffEntry[]): Value {
  let root = structuredCloneOf(document);
  for (const { op, path, was, value } of entries) {
    if (path === '') {
      root = structuredCloneOf(value);
      continue;
    }
    const keys = path
      .slice(1)
      .split('/')
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = keys.pop()!;
    const parent = keys.reduce((at, key) => (at as Record<string, Value>)[key]!, root) as Record<
      string,
      Value
    >;
    expect(path.endsWith(pointer('', last))).toBe(true);
    if (op !== 'add') expect(canonical(parent[last]!)).toBe(canonical(was));
    if (op === 'remove' && Array.isArray(parent)) parent.splice(Number(last), 1);
    else if (op === 'remove') Reflect.deleteProperty(parent, last);
    else {
      const member = {
        value: structuredCloneOf(value),
        writable: true,
        enumerable: true,
        configurable: true,
      };
      Object.defineProperty(parent, last, member);
    }
  }
  return root;
}

function structuredCloneOf(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
