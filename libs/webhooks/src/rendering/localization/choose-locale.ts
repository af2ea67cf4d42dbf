import { match } from '@formatjs/intl-localematcher';
import { LRUCache } from 'lru-cache';

import { canonicalTag, coreOf } from './language-tag.js';

export interface LocaleChoice {
  /** Whether the guest's languages come before the webhook's own. */
  useContactLanguage: boolean;
  /** The guest's languages in order of preference, as BCP 47 tags. */
  contactLocales?: readonly string[] | null;
  webhookLocale?: string | null;
  /** The module's default language. */
  defaultLocale: string;
  /**
   * The languages there are texts in.
   * @default any: the first language asked for is the one
   */
  available?: readonly string[];
}

/** More preferences than a browser sends; a longer list is cut, for a stranger may have written it. */
const MAX_PREFERENCES = 10;
const LAST_RESORT = 'en';
const NONE = 'und';

/** Matching takes 200 µs, and it is done for every webhook of every event. */
const answers = new LRUCache<string, string>({ max: 1000 });

/**
 * The language of a body, a canonical BCP 47 tag: the guest's, else the webhook's, else the module's default. What is not
 * a language tag is skipped. Of `available`, the best match for the first of the three that has one; the default's own tag
 * when none has.
 */
export function chooseLocale(choice: LocaleChoice): string {
  const ofContact = choice.useContactLanguage ? canonicalTags(choice.contactLocales ?? []) : [];
  if (choice.available === undefined) {
    const firstAsked =
      ofContact[0] ?? canonicalTag(choice.webhookLocale) ?? canonicalTag(choice.defaultLocale);
    return firstAsked ?? LAST_RESORT;
  }
  const asked = [ofContact, canonicalTags([choice.webhookLocale]), canonicalTags([choice.defaultLocale])];
  const available = canonicalTags(choice.available);
  for (const tags of asked) {
    const found = bestMatch(tags.slice(0, MAX_PREFERENCES), available);
    if (found !== undefined) return found;
  }
  return asked[2]?.[0] ?? available[0] ?? LAST_RESORT;
}

/**
 * The tag of `available` that serves a reader of `requested` (in order of preference) best, canonical; `fallback` when
 * none does.
 */
export function matchLocale(
  requested: readonly string[],
  available: readonly string[],
  fallback: string,
): string {
  return (
    bestMatch(canonicalTags(requested).slice(0, MAX_PREFERENCES), canonicalTags(available)) ??
    canonicalTag(fallback) ??
    LAST_RESORT
  );
}

/**
 * Both lists canonical. First by CLDR's distances ("best fit": es-MX reads es-419 rather than es-ES, and a second choice
 * that fits beats a first one in a script its reader may not know); if nothing is near, by shortening the tags ("lookup":
 * zh-Hant reads zh).
 */
export function bestMatch(requested: readonly string[], available: readonly string[]): string | undefined {
  // The matcher remembers every tag it saw, for ever: variants and extensions would let strangers fill the memory.
  const wanted = requested.map(coreOf);
  const question = `${wanted.join()} ${available.join()}`;
  let answer = answers.get(question);
  if (answer === undefined) {
    answer = answered(wanted, available);
    answers.set(question, answer);
  }
  return answer === NONE ? undefined : answer;
}

function answered(wanted: readonly string[], available: readonly string[]): string {
  // Of two tags that mean the same (pt, pt-BR) the first one wins, and the general one is meant for everybody.
  const offered = available.toSorted((one, other) => one.length - other.length);
  const nearest = match(wanted, offered, NONE, { algorithm: 'best fit' });
  return nearest === NONE ? match(wanted, offered, NONE, { algorithm: 'lookup' }) : nearest;
}

function canonicalTags(tags: readonly unknown[]): string[] {
  return tags.map(canonicalTag).filter((tag) => tag !== undefined);
}
