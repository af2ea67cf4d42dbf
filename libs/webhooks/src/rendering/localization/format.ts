import { intlFormatters } from './intl-formatters.js';
import { canonicalTag } from './language-tag.js';
import type { Messages } from './messages.js';

/** What of a time is shown. */
export type DateStyle = 'date' | 'time' | 'dateTime';

const DATE_STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  date: { dateStyle: 'long' },
  time: { timeStyle: 'short' },
  dateTime: { dateStyle: 'long', timeStyle: 'short' },
};

/** The most decimal places any currency has. */
const MAX_PRECISION = 8;

/** `125` → "2 hours 5 minutes". Rounded to minutes. */
export function formatDuration(minutes: number, locale: string, messages: Messages): string {
  if (!Number.isFinite(minutes)) return plainText(minutes);
  const whole = Math.round(Math.abs(minutes));
  const sign = minutes < 0 && whole > 0 ? '-' : '';
  const [key, values]: [string, Record<string, number>] =
    whole < 60
      ? ['duration.minutes', { minutes: whole }]
      : ['duration.hours_minutes', { hours: Math.floor(whole / 60), minutes: whole % 60 }];
  const text = messages(key, values);
  return sign + (text === key ? plainMinutes(whole, locale) : text);
}

function plainMinutes(minutes: number, locale: string): string {
  const options = { style: 'unit', unit: 'minute', unitDisplay: 'long' } as const;
  return intlFormatters.getNumberFormat(localesFor(locale), options).format(minutes);
}

/**
 * `(123456, 'EUR', 2, 'de')` → "1.234,56 €". Exact for every whole amount.
 *
 * @param amountMinor in the currency's smallest unit, as OCTO writes prices
 * @param precision how many decimals that unit stands for (OCTO's `currencyPrecision`)
 */
export function formatMoney(
  amountMinor: number,
  currency: string,
  precision: number,
  locale: string,
): string {
  if (!Number.isFinite(amountMinor)) return `${plainText(amountMinor)} ${plainText(currency)}`;
  const digits = Number.isFinite(precision) ? Math.min(MAX_PRECISION, Math.max(0, Math.trunc(precision))) : 2;
  const options = {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  try {
    return intlFormatters.getNumberFormat(localesFor(locale), options).format(decimal(amountMinor, digits));
  } catch {
    return `${(amountMinor / 10 ** digits).toFixed(digits)} ${plainText(currency)}`;
  }
}

/** As decimal text, which Intl formats without passing through binary fractions. */
function decimal(amountMinor: number, digits: number): number | `${number}` {
  return Number.isSafeInteger(amountMinor)
    ? (`${amountMinor}e-${digits}` as `${number}`)
    : amountMinor / 10 ** digits;
}

/**
 * A time of an event in the words of a language.
 *
 * @param iso ISO 8601. A date alone, or a time without an offset, is local already: it is shown as it is written.
 * @param timeZone IANA name; without one (or with one that does not exist) the time is shown as it is written
 * @returns `iso` itself if it is no time
 */
export function formatDate(
  iso: string,
  timeZone: string | null | undefined,
  locale: string,
  style: DateStyle,
): string {
  const written = plainText(iso);
  const parts = ISO.exec(written);
  if (parts === null) return written;
  const [, date, time, offset] = parts;
  const options = time === undefined ? DATE_STYLES.date : DATE_STYLES[style];
  const asWritten = Date.parse(`${date}T${time ?? '00:00'}Z`);
  const instant = offset === undefined ? Number.NaN : Date.parse(written);
  return (
    (timeZone && show(instant, { ...options, timeZone }, locale)) ??
    show(asWritten, { ...options, timeZone: 'UTC' }, locale) ??
    written
  );
}

const ISO = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

function show(time: number, options: Intl.DateTimeFormatOptions, locale: string): string | undefined {
  if (Number.isNaN(time)) return undefined;
  try {
    return intlFormatters.getDateTimeFormat(localesFor(locale), options).format(time);
  } catch {
    return undefined;
  }
}

/** English in the end: for a language Intl does not know, the server's own environment would decide otherwise. */
function localesFor(locale: string): string[] {
  return [canonicalTag(locale) ?? 'en', 'en'];
}

/** The data of a host may hold anything, an object whose `toString` throws included. */
function plainText(value: unknown): string {
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value) ? String(value) : '';
}
