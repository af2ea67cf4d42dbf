import fc from 'fast-check';

/** A text between these signs stands in a JSON body as it is, unquoted: what JSON.stringify would not write. */
export const RAW = '\u00a7';

const INJECTIONS = [
  "'; DROP TABLE webhook; --",
  "' OR '1'='1",
  '%_!\\',
  '$1',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
  ']]>',
  'a\r\nX-Injected: 1',
  '\r\n\r\nHTTP/1.1 200 OK\r\n',
  "=cmd|' /C calc'!A0",
  '@SUM(1+1)',
  '{{7*7}}',
  '${jndi:ldap://x}',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'true',
  '***',
  '',
  ' ',
];
const NUMERALS = ['1e309', '-1e309', '-0', 'NaN', '1e-400', '9007199254740993', '0x10', '1_000', '٣', '१'];
const SCRIPTS = [
  '\u202eevil\u202c',
  'שלום',
  '\u0000',
  'a\u0000b',
  '\ufeff',
  '\u2028\u2029',
  '👩‍👩‍👧',
  'e\u0301'.repeat(40),
  'İ',
];
const LENGTHS = [35, 36, 64, 65, 128, 191, 192, 2048, 2049, 4097, 70_000];

/** UTF-16 as it comes, halves of surrogate pairs included. */
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
  .map((units) => String.fromCharCode(...units));
const loneSurrogate = fc
  .tuple(fc.string({ maxLength: 5 }), fc.integer({ min: 0xd800, max: 0xdfff }), fc.string({ maxLength: 5 }))
  .map(([before, unit, after]) => `${before}${String.fromCharCode(unit)}${after}`);

export const nastyText = fc.oneof(
  fc.constantFrom(...INJECTIONS),
  fc.constantFrom(...NUMERALS),
  fc.constantFrom(...SCRIPTS),
  fc.constantFrom(...LENGTHS).map((length) => 'x'.repeat(length)),
  fc.constantFrom(64, 191).map((length) => '€'.repeat(length)),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  anyUnits,
  loneSurrogate,
);

const rawNumber = fc
  .constantFrom('1e309', '-1e309', '-0', '0.1e-400', '123456789012345678901234567890')
  .map((text) => RAW + text + RAW);
const deep = fc
  .constantFrom(5, 50, 5_000)
  .chain((levels) =>
    fc.constantFrom(
      RAW + '['.repeat(levels) + ']'.repeat(levels) + RAW,
      RAW + '{"a":'.repeat(levels) + '1' + '}'.repeat(levels) + RAW,
    ),
  );
const scalar = fc.oneof(
  nastyText,
  rawNumber,
  fc.constantFrom(0, 1, -1, 1.5, 100, 101, 2 ** 31, 2 ** 53, -(2 ** 63)),
  fc.boolean(),
  fc.constant(null),
);
const prototypeKeys = fc
  .tuple(fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'), scalar)
  .map(([name, value]) => Object.fromEntries([[name, value]]));

/** What stands where it should not: any JSON there is. */
export const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: deep },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(51, 201, 3_000).map((length) => Array<number>(length).fill(1)) },
  { weight: 1, arbitrary: prototypeKeys },
  { weight: 1, arbitrary: fc.dictionary(nastyText, scalar, { maxKeys: 4 }) },
);

/** What no field of any request takes, whatever it is for. */
export const neverAccepted: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom('\u0000', 'a\u0000b'),
  loneSurrogate,
  fc.constantFrom(50, 5_000).map((levels) => RAW + '['.repeat(levels) + ']'.repeat(levels) + RAW),
  fc.constant({ a: { a: { a: { a: { a: 1 } } } } }),
);

/** JSON text, with what stands between {@link RAW} signs unquoted. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(/"\u00a7([^"\u00a7]*(?:\\"[^"\u00a7]*)*)\u00a7"/g, (_, raw: string) =>
    raw.replaceAll('\\"', '"'),
  );
}
