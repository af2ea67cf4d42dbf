import { useI18n } from './i18n.js';
import type { Locale } from './locales.js';
import { regionalTag } from './locales.js';

export interface Format {
  number: (value: number) => string;
  /** @param share 0 to 1 */
  percent: (share: number) => string;
  /** Day and time to the second. */
  dateTime: (iso: string) => string;
  /** Day and time to the minute, without the year: for what is not long ago. */
  moment: (iso: string) => string;
  /** Time of day to the minute. */
  time: (iso: string) => string;
  /** How long ago, or how soon: `3 minutes ago`. */
  relative: (iso: string, now?: number) => string;
  /** `184 ms`, `2.4 s`, `1 min`, `6 hr`. */
  duration: (ms: number) => string;
  /** A language by its name in the reader's. */
  language: (tag: string) => string;
  list: (items: string[]) => string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', 1],
] as const;

export function useFormat(): Format {
  const { locale } = useI18n();
  return made.get(locale) ?? make(locale);
}

/** Each language's formats are made once: they cost more than all else in a row of a table. */
const made = new Map<Locale, Format>();

function make(locale: Locale): Format {
  const format = formatIn(regionalTag(locale, navigator.languages));
  made.set(locale, format);
  return format;
}

export function formatIn(locale: string): Format {
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const dateTimes = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const moments = new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const languages = new Intl.DisplayNames(locale, { type: 'language' });
  return {
    number: (value) => numbers.format(value),
    // All but one of 10,000 is not all of them.
    percent: (share) => percents.format(share < 1 ? Math.min(share, 0.999) : share),
    dateTime: (iso) => dateTimes.format(new Date(iso)),
    moment: (iso) => moments.format(new Date(iso)),
    time: (iso) => times.format(new Date(iso)),
    relative: (iso, now = Date.now()) => {
      const seconds = Math.round((Date.parse(iso) - now) / 1_000);
      const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
      return relatives.format(Math.trunc(seconds / size), unit);
    },
    duration: (ms) => inUnit(locale, ms),
    language: (tag) => languages.of(tag) ?? tag,
    list: (items) => lists.format(items),
  };
}

function inUnit(locale: string, ms: number): string {
  const [unit, size] =
    ms < 1_000
      ? (['millisecond', 1] as const)
      : ms < MINUTE * 1_000
        ? (['second', 1_000] as const)
        : ms < HOUR * 1_000
          ? (['minute', MINUTE * 1_000] as const)
          : (['hour', HOUR * 1_000] as const);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(ms / size);
}
