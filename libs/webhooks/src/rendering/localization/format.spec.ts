import fc from 'fast-check';

import type { DateStyle } from './format.js';
import { formatDate, formatDuration, formatMoney } from './format.js';
import { MessageCatalog } from './message-catalog.js';

const catalog = new MessageCatalog();
const duration = (minutes: number, locale: string) => formatDuration(minutes, locale, catalog.in(locale));
/** The spaces of Intl differ between releases of ICU. */
const plain = (text: string) =>
  text.replace(/[\u00a0\u202f\u2009]/g, ' ').replace(/[\u200e\u200f\u061c]/g, '');

describe('a duration', () => {
  it.each([
    ['en', 'Delayed by 45 minutes'],
    ['es', 'Retraso de 45 minutos'],
    ['de', 'Um 45 Minuten verspätet'],
    ['fr', 'Retardé de 45 minutes'],
    ['it', 'In ritardo di 45 minuti'],
    ['pt', 'Atraso de 45 minutos'],
    ['ar-u-nu-latn', 'تأخير مدته 45 دقيقة'],
  ])('of a delay reads well in %s', (locale, expected) => {
    const text = catalog.in(locale)('flight.status.delayed', { duration: duration(45, locale) });
    expect(text).toBe(expected);
  });

  it.each([
    [0, '0 دقيقة'],
    [1, 'دقيقة واحدة'],
    [2, 'دقيقتان'],
    [3, '3 دقائق'],
    [10, '10 دقائق'],
    [11, '11 دقيقة'],
    [59, '59 دقيقة'],
    [60, 'ساعة واحدة'],
    [61, 'ساعة واحدة ودقيقة واحدة'],
    [122, 'ساعتان ودقيقتان'],
    [185, '3 ساعات و5 دقائق'],
    [671, '11 ساعة و11 دقيقة'],
    [6000, '100 ساعة'],
  ])('of %d minutes takes the right one of the six Arabic plural forms', (minutes, expected) => {
    expect(duration(minutes, 'ar-u-nu-latn')).toBe(expected);
  });

  it.each([
    ['en', '1 minute', '1 hour', '2 hours 5 minutes'],
    ['es', '1 minuto', '1 hora', '2 horas y 5 minutos'],
    ['de', '1 Minute', '1 Stunde', '2 Stunden und 5 Minuten'],
    ['fr', '1 minute', '1 heure', '2 heures et 5 minutes'],
    ['it', '1 minuto', '1 ora', '2 ore e 5 minuti'],
    ['pt', '1 minuto', '1 hora', '2 horas e 5 minutos'],
  ])('in %s has its singular, its hours and both together', (locale, minute, hour, both) => {
    expect([1, 60, 125].map((minutes) => duration(minutes, locale))).toEqual([minute, hour, both]);
  });

  it('is rounded, may be negative, and is the number itself when it is none', () => {
    expect(duration(59.6, 'en')).toBe('1 hour');
    expect(duration(-125, 'en')).toBe('-2 hours 5 minutes');
    expect(duration(-0.2, 'en')).toBe('0 minutes');
    expect(duration(Number.NaN, 'en')).toBe('NaN');
  });

  it('without messages is worded by Intl', () => {
    expect(formatDuration(125, 'de', (key) => key)).toBe('125 Minuten');
  });
});

describe('an amount of money', () => {
  it.each([
    [123456, 'EUR', 2, 'de', '1.234,56 €'],
    [123456, 'USD', 2, 'en-US', '$1,234.56'],
    [123456, 'JPY', 0, 'en', '¥123,456'],
    [-1999, 'GBP', 2, 'en', '-£19.99'],
    [1234567, 'KWD', 3, 'en', 'KWD 1,234.567'],
    [Number.MAX_SAFE_INTEGER, 'EUR', 2, 'en', '€90,071,992,547,409.91'],
  ])(
    '%d %s with %d decimals reads in %s as written there',
    (amount, currency, precision, locale, expected) => {
      expect(plain(formatMoney(amount, currency, precision, locale))).toBe(expected);
    },
  );

  it('of a currency there is not is written plainly', () => {
    expect(formatMoney(1234, 'points', 2, 'en')).toBe('12.34 points');
    expect(formatMoney(Number.NaN, 'EUR', 2, 'en')).toBe('NaN EUR');
    expect(plain(formatMoney(1234, 'EUR', Number.NaN, 'en'))).toBe('€12.34');
    expect(plain(formatMoney(12.5, 'EUR', -3, 'no tag'))).toBe('€13');
  });
});

describe('a time', () => {
  const text = (iso: string, timeZone: string | null, locale: string, style: DateStyle) =>
    plain(formatDate(iso, timeZone, locale, style));

  it('is shown in the time zone it is for', () => {
    expect(text('2025-12-24T23:30:00Z', 'Europe/Berlin', 'de', 'dateTime')).toBe(
      '25. Dezember 2025 um 00:30',
    );
    expect(text('2025-12-24T23:30:00Z', 'America/Mexico_City', 'es-MX', 'date')).toBe(
      '24 de diciembre de 2025',
    );
    expect(text('2025-12-24T23:30:00Z', 'UTC', 'en', 'time')).toBe('11:30 PM');
  });

  it('without a time zone is shown as it is written', () => {
    expect(text('2025-12-24T23:30:00+09:00', null, 'en', 'time')).toBe('11:30 PM');
    expect(text('2025-12-24T23:30:00+09:00', 'Nowhere/Land', 'en', 'time')).toBe('11:30 PM');
    expect(text('2025-12-24T23:30', 'Asia/Tokyo', 'en', 'time')).toBe('11:30 PM');
  });

  it('that is a day alone never moves to another day', () => {
    expect(text('2025-12-24', 'America/Los_Angeles', 'en', 'dateTime')).toBe('December 24, 2025');
  });

  it.each(['', 'soon', '24/12/2025', '2025-13-45', '2025-12-24T99:00:00Z'])(
    'that is none (%j) stays as it is',
    (iso) => {
      expect(formatDate(iso, 'UTC', 'en', 'dateTime')).toBe(iso);
    },
  );
});

it('whatever the input is, the answer is a text', () => {
  const locale = fc.oneof(fc.string(), fc.constantFrom('ar-EG', 'tlh', 'en-u-nu-foo', 'fa', '__proto__'));
  const anything = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
    fc.constantFrom<unknown>({ toString: 0 }, { toJSON: 0 }, Symbol('s'), '-271821-04-20', '0000-00-00'),
  );
  fc.assert(
    fc.property(fc.oneof(fc.double(), anything), anything, locale, (number, other, tag) => {
      const n = number as number;
      expect(typeof formatDuration(n, tag, catalog.in(tag))).toBe('string');
      expect(typeof formatMoney(n, other as string, n, tag)).toBe('string');
      expect(typeof formatDate(other as string, other as string, tag, 'dateTime')).toBe('string');
    }),
  );
});
