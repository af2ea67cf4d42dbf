import fc from 'fast-check';

import { responseText } from './response-text.js';

const KEPT = 16_384;
const LONE_SURROGATE = /\p{Surrogate}/u;

it('is the text as it was sent', () => {
  expect(responseText(Buffer.from('Überbuchung 🛫'), undefined)).toBe('Überbuchung 🛫');
  expect(responseText(Buffer.from('plain'), 'Identity')).toBe('plain');
});

it('is empty when it is compressed', () => {
  expect(responseText(Buffer.from('x'), 'gzip')).toBe('');
  expect(responseText(Buffer.from('x'), ['br', 'gzip'])).toBe('');
});

it('holds no NUL', () => {
  expect(responseText(Buffer.from('a\0b\0'), undefined)).toBe('ab');
});

it.each(['a', 'ü', '€', '🛫'])('is cut after 16 kB, never through a character: %s', (character) => {
  for (const shift of [0, 1, 2, 3]) {
    const body = Buffer.from('-'.repeat(shift) + character.repeat(KEPT));
    const text = responseText(body, undefined);
    expect(body.toString().startsWith(text)).toBe(true);
    expect(KEPT - Buffer.byteLength(text)).toBeLessThan(4);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(KEPT);
  }
});

it('is well-formed text without NUL for whatever bytes a stranger sends', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    // Surrogates in UTF-8 form (CESU-8), which no UTF-8 decoder may let through.
    fc.constant(Uint8Array.of(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0)),
  );
  fc.assert(
    fc.property(bytes, fc.nat(4), (part, before) => {
      const body = Buffer.concat([Buffer.alloc(KEPT - before, 'a'), part]);
      const text = responseText(body, undefined);
      return !LONE_SURROGATE.test(text) && !text.includes('\0');
    }),
  );
});
