import type { Messages } from './messages.js';

/** The portal's own languages, each under the name that its readers know it by. */
export const LOCALES = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  it: 'Italiano',
  pt: 'Português',
  ar: 'العربية',
} as const;

export type Locale = keyof typeof LOCALES;

const LOADERS: Record<Locale, () => Promise<{ messages: Messages }>> = {
  en: () => import('./en/index.js'),
  de: () => import('./de/index.js'),
  es: () => import('./es/index.js'),
  fr: () => import('./fr/index.js'),
  it: () => import('./it/index.js'),
  pt: () => import('./pt/index.js'),
  ar: () => import('./ar/index.js'),
};

export async function loadMessages(locale: Locale): Promise<Messages> {
  return (await LOADERS[locale]()).messages;
}

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'ar' ? 'rtl' : 'ltr';
}

/** What was chosen before, else the first of the reader's languages that there is, else the module's default, else English. */
export function preferredLocale(chosen: string | null, wanted: readonly string[], otherwise: string): Locale {
  const tags = [chosen ?? '', ...wanted, otherwise];
  return tags.map((tag) => tag.split('-', 1)[0] ?? '').find(isLocale) ?? 'en';
}

/** The reader's own way to write dates and numbers in a language: that of `en-GB` in a page in `en`, whose own is the USA's. */
export function regionalTag(locale: Locale, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.split('-', 1)[0] === locale) ?? locale;
}

function isLocale(tag: string): tag is Locale {
  return Object.hasOwn(LOCALES, tag);
}
