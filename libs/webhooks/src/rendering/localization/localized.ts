import { matchLocale } from './choose-locale.js';
import { canonicalTag } from './language-tag.js';

const MARK = '$localized';

/** Deeper than any booking; what is nested deeper stays as it is, so that no event can exhaust the stack. */
const MAX_DEPTH = 500;

/** One text in several languages. It is stored as this very JSON. */
export interface LocalizedText {
  readonly [MARK]: Readonly<Record<string, string>>;
}

/**
 * A text in several languages, for the data of an event; each webhook is sent the language it asked for.
 *
 * @param texts by BCP 47 tag, for example `{ en: 'City tour', 'es-MX': 'Recorrido por la ciudad' }`; at least one
 * @throws TypeError when a tag is not a language, appears twice, or its text is not a string
 */
export function localized(texts: Record<string, string>): LocalizedText {
  const byTag = new Map<string, string>();
  for (const [tag, text] of Object.entries(texts)) {
    const canonical = canonicalTag(tag);
    if (canonical === undefined) {
      throw new TypeError(
        `localized: '${tag}' is not a BCP 47 language tag; write tags like 'en' or 'es-MX'.`,
      );
    }
    if (byTag.has(canonical)) {
      throw new TypeError(`localized: there are two texts for '${canonical}'; leave one of them out.`);
    }
    if (typeof text !== 'string') {
      throw new TypeError(`localized: the text for '${tag}' is a ${typeof text}; pass a string.`);
    }
    byTag.set(canonical, text);
  }
  if (byTag.size === 0)
    throw new TypeError("localized: there is no text; pass at least one, like { en: '…' }.");
  return Object.freeze({ [MARK]: Object.freeze(Object.fromEntries(byTag)) });
}

/** Whether a JSON text may hold a text in several languages. Quick: it looks, and does not parse. */
export function holdsLocalized(jsonText: string): boolean {
  return jsonText.includes(`"${MARK}"`);
}

/**
 * A JSON value with every localized text in it replaced by the one in the language nearest to `locale`, else to
 * `fallback`, else the first. Without any, the same reference comes back, as do all its parts that hold none. What only
 * looks like a localized text (another key beside, a tag that is no language, a text that is no string) stays as it is.
 */
export function resolveLocalized<T>(value: T, locale: string, fallback = 'en'): T {
  const choices = new Map<string, string>();
  const choose = (tags: string[]): string => {
    const key = tags.join();
    const chosen = choices.get(key) ?? matchLocale([locale, fallback], tags, tags[0] ?? fallback);
    choices.set(key, chosen);
    return chosen;
  };
  return resolved(value, choose, 0) as T;
}

function resolved(value: unknown, choose: (tags: string[]) => string, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => resolved(item, choose, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isPlain(value)) return value;
  const texts = textsOf(value);
  if (texts !== undefined) return texts.get(choose([...texts.keys()]));
  const before = Object.entries(value);
  const after = before.map(([key, item]) => [key, resolved(item, choose, depth + 1)] as const);
  // `fromEntries` defines keys: '__proto__' stays a key like any other.
  return after.some(([, item], index) => item !== before[index]?.[1]) ? Object.fromEntries(after) : value;
}

/** The texts of a localized text by canonical tag; undefined for every other object. */
function textsOf(value: object): Map<string, string> | undefined {
  if (!Object.hasOwn(value, MARK) || Object.keys(value).length !== 1) return undefined;
  const texts: unknown = (value as Record<string, unknown>)[MARK];
  if (typeof texts !== 'object' || texts === null || !isPlain(texts)) return undefined;
  const byTag = new Map<string, string>();
  for (const [tag, text] of Object.entries(texts)) {
    const canonical = canonicalTag(tag);
    if (canonical === undefined || typeof text !== 'string') return undefined;
    byTag.set(canonical, text);
  }
  return byTag.size === 0 ? undefined : byTag;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
