import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import qs from 'qs';

import type { Document, Format, Value } from '../document.js';
import { FORMATS, JsonText } from '../document.js';
import { encode } from './encode.js';

const HOSTILE = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
  '',
  ' ',
  '0',
  '7',
  '-1',
  'xml',
  'XmlThing',
  'xmlns',
  'xmlns:a',
  'a:b',
  '_x0020_',
  '_x_',
  '_x',
  '__x',
  '@attributes',
  '@a',
  '#text',
  '#',
  '$',
  '!',
  '?',
  '?xml',
  '%',
  '%5B',
  'a[b]',
  ']',
  '[',
  '[]',
  'a.b',
  'a=b&c=d',
  'item',
  ']]>',
  '<!--',
  '<![CDATA[x]]>',
  '<a/>',
  '&lt;',
  '&amp;lt;',
  '&#13;',
  '&#x41;',
  '&nope;',
  '&',
  '"\'`',
  'a\r\nb\rc\nd\te',
  ' leading and trailing ',
  '\u0000',
  '\u0008\u000b\u001f\u007f\u0085',
  '\ufffe\uffff',
  '\ud83d',
  '\ude00\ud83d',
  '👩‍👩‍👧 😀',
  '\u200f\u202eשלום\u200e',
  'مرحبا',
  '=HYPERLINK("x")',
  '+1',
  '@SUM(A1)',
  '1e21',
  '007',
  'true',
  'null',
  'größe',
  '名前',
  '{"$localized":1}',
  '\u2028\u2029',
];

const text = fc.oneof(
  { arbitrary: fc.constantFrom(...HOSTILE), weight: 3 },
  fc.string({ unit: 'binary' }),
  // Any UTF-16 unit, halves of surrogate pairs included.
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
    .map((units) => String.fromCharCode(...units)),
);
const scalar = fc.oneof(
  { arbitrary: text, weight: 4 },
  fc.constantFrom(1e21, -0, 5e-324, Number.MAX_SAFE_INTEGER, 0.1 + 0.2),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

const { value } = fc.letrec<{ value: Value; object: Record<string, Value> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
    fc.tuple(fc.dictionary(text, scalar, { maxKeys: 3 }), tie('object')).map(withAttributes),
    tie('object').map((object) => new JsonText(JSON.stringify(object))),
  ),
  object: fc.dictionary(text, tie('value'), { maxKeys: 5 }),
}));
const anyDocument: fc.Arbitrary<Document> = fc
  .record({
    root: fc.constantFrom('webhook', 'checkfront-notify', '__proto__', 'a b', ''),
    value: fc.dictionary(text, value, { maxKeys: 5 }),
  })
  .map(({ root, value }) => ({ root, value }));

function withAttributes([attributes, members]: [Record<string, Value>, Record<string, Value>]): Value {
  return { '@attributes': attributes, ...members };
}

/** A value as JSON has it: `JsonText` read, -0 a zero. */
function asJson(given: Value): Value {
  if (given instanceof JsonText) return JSON.parse(given.text) as Value;
  if (Array.isArray(given)) return given.map(asJson);
  if (typeof given === 'object' && given !== null) return mapped(given, asJson, (key) => key);
  return Object.is(given, -0) ? 0 : given;
}

function mapped(
  object: object,
  member: (value: Value) => Value,
  name: (key: string) => string,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(object as Record<string, Value>).map(([key, value]) => [name(key), member(value)]),
  );
}

/** A value without objects, whose keys jest would take for its own: `constructor` for one. */
function comparable(given: unknown): unknown {
  if (Array.isArray(given)) return ['list', ...given.map(comparable)];
  if (typeof given !== 'object' || given === null) return given;
  const members = Object.entries(given).map(([key, member]) => [key, comparable(member)]);
  return ['object', ...members.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))];
}

describe('JSON', () => {
  const parsed = (document: Document): unknown => JSON.parse(encode(document, 'json').body.toString('utf8'));

  it('parses back to the same values, whatever they are', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(comparable(parsed(document))).toStrictEqual(comparable(asJson(document.value)));
      }),
      { numRuns: 300 },
    );
  });

  it('without JSON text is what JSON.stringify gives', () => {
    const value = { b: 1, a: [true, null, 'x\ud800'], n: 1e21, z: -0 };
    const { body, contentType } = encode({ root: 'r', value }, 'json');
    expect(body.toString()).toBe(JSON.stringify(value));
    expect(contentType).toBe('application/json');
  });

  it('keeps JSON text byte for byte: order, spaces, large numbers', () => {
    const exact = '{"10":1, "2":12345678901234567890,"a":1.0,"__proto__":{}}';
    const value = { type: 'a', list: [1, new JsonText(exact)], data: new JsonText(exact), z: 'é' };
    expect(encode({ root: 'r', value }, 'json').body.toString()).toBe(
      `{"type":"a","list":[1,${exact}],"data":${exact},"z":"é"}`,
    );
  });
});

describe('XML', () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributesGroupName: '@attributes',
    attributeNamePrefix: '',
    parseTagValue: false,
    trimValues: false,
    ignoreDeclaration: true,
    htmlEntities: true,
    textNodeName: '#text',
  });
  const written = (document: Document): string => encode(document, 'xml').body.toString('utf8');
  const parsed = (document: Document): Value => {
    const xml = written(document);
    expect(XMLValidator.validate(xml)).toBe(true);
    return unescaped(parser.parse(xml) as Value);
  };

  /** What is left of a value in XML: texts, elements repeated, empty values alike, forbidden characters replaced. */
  function asXml(given: Value): Value {
    if (Array.isArray(given)) {
      const entries = given.map(asXml);
      return entries.length === 0 ? '' : { item: entries.length === 1 ? (entries[0] ?? '') : entries };
    }
    if (typeof given === 'object' && given !== null) {
      const members = mapped(
        given,
        (member) => (Array.isArray(member) ? asRepeated(member) : asXml(member)),
        (key) => key,
      );
      return Object.keys(members).length === 0 ? '' : members;
    }
    return String(given ?? '').replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
  }

  function asRepeated(list: Value[]): Value {
    const entries = list.map(asXml);
    return entries.length === 0 ? '' : entries.length === 1 ? (entries[0] ?? '') : entries;
  }

  /** The parser's object with the names read back. */
  function unescaped(given: Value): Value {
    if (Array.isArray(given)) return given.map(unescaped);
    if (typeof given !== 'object' || given === null) return given;
    return mapped(given, unescaped, (name) =>
      name.replace(/_x([\dA-F]{4})?_/g, (_, unit: string | undefined) =>
        unit === undefined ? '' : String.fromCharCode(parseInt(unit, 16)),
      ),
    );
  }

  it('is well formed and parses back to the same values, whatever they are', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const json = asJson(document.value) as Record<string, Value>;
        expect(comparable(parsed(document))).toStrictEqual(comparable({ [document.root]: asXml(json) }));
      }),
      { numRuns: 300 },
    );
  });

  it('has a declaration, attributes and repeated elements, and one empty element for every empty value', () => {
    const value = {
      '@attributes': { version: '3.0', host: 'a "b" <c> & d' },
      items: [{ id: 1 }, { id: 2 }],
      none: null,
      empty: '',
      list: [],
      object: {},
      nested: [[1, 2], [3]],
      on: true,
    };
    expect(written({ root: 'checkfront-notify', value })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><checkfront-notify version="3.0" host="a &quot;b&quot; &lt;c&gt; &amp; d">' +
        '<items><id>1</id></items><items><id>2</id></items><none/><empty/><list/><object/>' +
        '<nested><item>1</item><item>2</item></nested><nested><item>3</item></nested><on>true</on></checkfront-notify>',
    );
    expect(encode({ root: 'r', value }, 'xml').contentType).toBe('application/xml; charset=utf-8');
  });

  it('shows the root attributes of a document as attributes', () => {
    const value = { version: '3.0', type: 'item', host: 'h' };
    expect(written({ root: 'r', value, rootAttributes: ['version', 'host'] })).toContain(
      '<r version="3.0" host="h"><type>item</type></r>',
    );
  });

  it('keeps attributes that are no scalars as an element', () => {
    const value = { '@attributes': { a: { b: 1 } } };
    expect(written({ root: 'r', value })).toContain(
      '<r><_x0040_attributes><a><b>1</b></a></_x0040_attributes></r>',
    );
  });

  it('keeps line breaks and tabs of a text and of an attribute', () => {
    const odd = 'a\r\nb\rc\nd\te';
    expect(parsed({ root: 'r', value: { '@attributes': { odd }, odd } })).toStrictEqual({
      r: { '@attributes': { odd }, odd },
    });
  });

  it('escapes keys that are no names, and those that parsers refuse', () => {
    const value = {
      'a b': 1,
      _x0020_: 2,
      '1st': 3,
      xmlns: 4,
      constructor: 5,
      __proto__a: 6,
      '': 7,
      größe: 8,
      名: 9,
    };
    expect(written({ root: 'r', value })).toContain(
      '<a_x0020_b>1</a_x0020_b><_x005F_x0020_>2</_x005F_x0020_><_x0031_st>3</_x0031_st><_x0078_mlns>4</_x0078_mlns>' +
        '<_x0063_onstructor>5</_x0063_onstructor><__proto__a>6</__proto__a><_x_>7</_x_><größe>8</größe>' +
        '<_x540D_>9</_x540D_>',
    );
  });
});

describe('a form', () => {
  const written = (document: Document): string => encode(document, 'form').body.toString('utf8');
  const parsed = (document: Document): Value =>
    readKeys(
      qs.parse(written(document), {
        depth: Infinity,
        arrayLimit: Infinity,
        parameterLimit: Infinity,
      }) as Value,
    );

  function readKeys(given: Value): Value {
    if (Array.isArray(given)) return given.map(readKeys);
    if (typeof given !== 'object' || given === null) return given;
    return mapped(given, readKeys, (key) => (key === '%' ? '' : decodeURIComponent(key)));
  }

  /** What is left of a value in a form: texts, empty values alike, halves of surrogate pairs replaced. */
  function asForm(given: Value): Value {
    if (Array.isArray(given)) return given.length === 0 ? '' : given.map(asForm);
    if (typeof given === 'object' && given !== null) {
      const members = mapped(given, asForm, wellFormed);
      return Object.keys(members).length === 0 ? '' : members;
    }
    return wellFormed(String(given ?? ''));
  }

  /** Whether no two keys of an object differ only in halves of surrogate pairs. */
  function keysStayApart(given: Value): boolean {
    const json = asJson(given);
    if (typeof json !== 'object' || json === null) return true;
    const keys = Object.keys(json);
    return new Set(keys.map(wellFormed)).size === keys.length && Object.values(json).every(keysStayApart);
  }

  const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

  it('parses back to the same values, whatever they are', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        fc.pre(keysStayApart(document.value));
        const left = asForm(asJson(document.value));
        expect(comparable(parsed(document))).toStrictEqual(comparable(left === '' ? {} : left));
      }),
      { numRuns: 300 },
    );
  });

  it('has bracketed names, words for booleans, and the empty text for every empty value', () => {
    const value = {
      booking: { items: [{ name: 'City Tour' }], paid: true, none: null, list: [], object: {} },
    };
    const { body, contentType } = encode({ root: 'r', value }, 'form');
    expect(decodeURIComponent(body.toString())).toBe(
      'booking[items][0][name]=City Tour&booking[paid]=true&booking[none]=&booking[list]=&booking[object]=',
    );
    expect(contentType).toBe('application/x-www-form-urlencoded');
  });

  it('is read by a parser of plain forms too', () => {
    const form = new URLSearchParams(written({ root: 'r', value: { a: { 'b&c=': 'd e+f&g=h%' } } }));
    expect([...form]).toEqual([['a[b&c=]', 'd e+f&g=h%']]);
  });

  it('escapes keys that a parser would take for something else', () => {
    const value = { 'a[b]': 1, '7': 2, constructor: 3, '%5B': 4, '': 5, o: { ['__proto__']: 6 } };
    expect(Object.keys(qs.parse(written({ root: 'r', value })))).toEqual([
      '%37',
      'a%5Bb%5D',
      '%63onstructor',
      '%255B',
      '%',
      'o',
    ]);
  });
});

describe.each<Format>([...FORMATS])('%s', (format) => {
  it('carries twenty levels of nesting', () => {
    let deep: Value = 'bottom';
    for (let level = 0; level < 20; level += 1) deep = level % 2 === 0 ? { level: deep } : [deep, 'beside'];
    expect(encode({ root: 'r', value: { deep } }, format).body.toString()).toContain('bottom');
  });

  it.each(['12345678901234567890', '1.0', '-0', '1E400', '0.1'])(
    'carries the number %s as it was published',
    (number) => {
      const value = { data: new JsonText(`{"a\\"1": ["${number}\\\\", ${number}]}`) };
      expect(encode({ root: 'r', value }, format).body.toString()).toContain(number);
      expect(encode({ root: 'r', value: { n: new JsonText(number) } }, format).body.toString()).toContain(
        number,
      );
    },
  );
});
