import fc from 'fast-check';

import { parseRetryAfter } from './retry-after.js';

const NOW = Date.UTC(2026, 10, 6, 8, 49, 37);

it.each([
  ['seconds', '120', 120_000],
  ['no seconds', '0', 0],
  ['seconds with spaces around', ' 5 ', 5_000],
  ['an IMF-fixdate', 'Fri, 06 Nov 2026 08:50:37 GMT', 60_000],
  ['an RFC 850 date', 'Friday, 06-Nov-26 08:50:37 GMT', 60_000],
  ['an asctime date', 'Fri Nov  6 08:50:37 2026', 60_000],
  ['an asctime date with two digits for the day', 'Mon Nov 16 08:49:37 2026', 10 * 86_400_000],
  [
    'an RFC 850 date within 50 years',
    'Sunday, 06-Nov-76 08:49:37 GMT',
    Date.UTC(2076, 10, 6, 8, 49, 37) - NOW,
  ],
  ['a leap second', 'Thu, 31 Dec 2026 23:59:60 GMT', Date.UTC(2027, 0, 1) - NOW],
])('reads %s', (_, header, ms) => {
  expect(parseRetryAfter(header, NOW)).toBe(ms);
});

it.each([
  ['a date in the past', 'Fri, 06 Nov 2026 08:48:37 GMT'],
  ['an RFC 850 date whose year would be more than 50 years ahead', 'Sunday, 06-Nov-94 08:49:37 GMT'],
  ['a negative number', '-5'],
])('counts %s as now', (_, header) => {
  expect(parseRetryAfter(header, NOW)).toBe(0);
});

it.each([
  undefined,
  '',
  ' ',
  'soon',
  '1.5',
  '1e3',
  '0x10',
  '120 seconds',
  '2026-11-06T08:50:37Z',
  'Fri, 06 Nov 2026 08:50:37',
  'Fri, 06 Nov 2026 08:50:37 CET',
  'Fri, 31 Feb 2026 08:50:37 GMT',
  'Fri, 06 Foo 2026 08:50:37 GMT',
  'Fri, 06 Nov 2026 24:50:37 GMT',
  '1, 2',
])('does not guess at %p', (header) => {
  expect(parseRetryAfter(header, NOW)).toBeUndefined();
});

it('answers a finite number that is not negative, or undefined, for whatever a stranger sends', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^-?\d{1,400}$/)), (header) => {
      const ms = parseRetryAfter(header, NOW);
      return ms === undefined || (Number.isSafeInteger(ms) && ms >= 0);
    }),
  );
});
