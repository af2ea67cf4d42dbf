import fc from 'fast-check';

import { nastyText, neverAccepted } from './nasty-values.js';
import type { Fields } from './request-bodies.js';

/** Percent-encodes every byte that a URL cannot carry; half of a surrogate pair in the bytes that stand for it. */
export function encoded(text: string): string {
  return [...text]
    .flatMap((character) => bytesOf(character))
    .map((byte) =>
      /[A-Za-z0-9_-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');
}

function bytesOf(character: string): number[] {
  const unit = character.charCodeAt(0);
  if (character.length > 1 || unit < 0xd800 || unit > 0xdfff) return [...Buffer.from(character)];
  return [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)];
}

const UUID = '01930000-0000-7000-8000-000000000000';

/** One segment of a path: the id of something that is there, or anything else. */
export function idSegment(placeholder: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(placeholder) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        UUID,
        UUID.toUpperCase(),
        `{${UUID}}`,
        '%00',
        '%E0%A4',
        '%',
        '..',
        '*',
        '-1',
      ),
    },
    {
      weight: 2,
      arbitrary: nastyText.filter((text) => text !== '').map((text) => encoded(text.slice(0, 3_000))),
    },
  );
}

const instant = fc.constantFrom(
  '2026-07-01',
  '2026-07-01T12:00:00Z',
  '0001-01-01',
  '9999-12-31T23:59:59.999Z',
  '2026-13-01',
  '+010000-01-01',
);
const cursors = fc
  .oneof(
    fc.tuple(
      fc.constantFrom('-createdAt', 'url', 'status', '-id'),
      fc.oneof(nastyText, fc.double(), fc.bigInt().map(String)),
      nastyText,
    ),
    fc.anything(),
  )
  .map((value) => Buffer.from(JSON.stringify(value) ?? 'x').toString('base64url'));

/** Values that are right for some field or other. */
const likely = fc.oneof(
  instant,
  cursors,
  fc.constantFrom(
    '1',
    '200',
    '201',
    '50',
    '0',
    '-1',
    '1e3',
    'true',
    'false',
    'active',
    'pending',
    'json',
    'en',
    'octo',
  ),
  fc.constantFrom(
    'createdAt',
    '-url',
    'status',
    'contractId',
    'booking.*',
    '*',
    'booking.created',
    'standard',
    'failures',
  ),
);
const value = fc.oneof({ weight: 3, arbitrary: likely }, { weight: 2, arbitrary: nastyText });

/** Queries over these names: repeated ones, brackets and malformed escapes included. */
export function queries(names: readonly string[]): fc.Arbitrary<Fields> {
  const known = fc.constantFrom(...names);
  const pair = fc.tuple(
    fc.oneof({ weight: 9, arbitrary: known }, { weight: 1, arbitrary: nastyText }),
    value,
  );
  const shaped = fc
    .tuple(pair, fc.constantFrom('', '', '', '', '[]', '[0]', '[a]', '[__proto__]', '.a', '%5B%5D'))
    .map(([[name, text], suffix]) => `${encoded(name)}${suffix}=${encoded(text.slice(0, 5_000))}`);
  const raw = fc.constantFrom(
    '%',
    '%E0%A4=%',
    '=',
    '&&&',
    'limit',
    'a[b][c][d][e][f]=1',
    '__proto__[x]=1',
    'limit=1&limit=2',
  );
  const parts = fc.oneof({ weight: 8, arbitrary: shaped }, { weight: 1, arbitrary: raw });
  return fc.oneof(
    { weight: 5, arbitrary: fc.array(parts, { maxLength: 4 }).map((all) => ({ text: all.join('&') })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          known,
          neverAccepted.filter((text) => typeof text === 'string' && /[\0]/.test(text)),
        )
        .map(([wrong, text]) => ({ text: `${wrong}=${encoded(String(text))}`, wrong })),
    },
  );
}
