import { LRUCache } from 'lru-cache';

/** RFC 5646 section 4.4.1: the longest tag that makes sense. What is longer is not a language but an attack. */
const MAX_LENGTH = 35;

/** Intl takes microseconds for a tag, and an event has hundreds, the same few over and over. */
const known = new LRUCache<string, string>({ max: 500 });

/** A BCP 47 tag in its canonical form (`es-mx` → `es-MX`, `iw` → `he`); undefined if it names no language. */
export function canonicalTag(tag: unknown): string | undefined {
  if (typeof tag !== 'string' || tag.length > MAX_LENGTH) return undefined;
  let canonical = known.get(tag);
  if (canonical === undefined) {
    canonical = canonicalized(tag);
    if (canonical !== undefined) known.set(tag, canonical);
  }
  return canonical;
}

function canonicalized(tag: string): string | undefined {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    return canonical === undefined || /^und(-|$)/.test(canonical) ? undefined : canonical;
  } catch {
    return undefined;
  }
}

/** Language, script and region, without variants and extensions. */
export function coreOf(canonical: string): string {
  const { language, script, region } = new Intl.Locale(canonical);
  return [language, script, region].filter((part) => part !== undefined).join('-');
}

export function languageOf(canonical: string): string {
  return new Intl.Locale(canonical).language;
}
