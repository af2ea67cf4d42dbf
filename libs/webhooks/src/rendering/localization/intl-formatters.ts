import { LRUCache } from 'lru-cache';

/** Making one of Intl's formatters costs a thousand times what using it does; guests' languages must not fill the memory. */
const MAX_CACHED = 500;

type Locales = string | string[];
type Formatter = Intl.NumberFormat | Intl.DateTimeFormat | Intl.PluralRules;

const cache = new LRUCache<string, Formatter>({ max: MAX_CACHED });

export const intlFormatters = {
  getNumberFormat: (locales?: Locales, options?: Intl.NumberFormatOptions) =>
    cached('number', locales, options, () => new Intl.NumberFormat(locales, options)),
  getDateTimeFormat: (locales?: Locales, options?: Intl.DateTimeFormatOptions) =>
    cached('date', locales, options, () => new Intl.DateTimeFormat(locales, options)),
  getPluralRules: (locales?: Locales, options?: Intl.PluralRulesOptions) =>
    cached('plural', locales, options, () => new Intl.PluralRules(locales, options)),
};

function cached<T extends Formatter>(
  kind: string,
  locales: Locales | undefined,
  options: object | undefined,
  make: () => T,
): T {
  const key = JSON.stringify([kind, locales, options]);
  const known = cache.get(key) as T | undefined;
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}
