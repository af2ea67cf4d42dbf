import { IntlMessageFormat } from 'intl-messageformat';
import { LRUCache } from 'lru-cache';

import { bestMatch } from './choose-locale.js';
import { intlFormatters } from './intl-formatters.js';
import { InvalidMessageError } from './invalid-message.error.js';
import { canonicalTag, languageOf } from './language-tag.js';
import type { Messages } from './messages.js';
import { SHIPPED } from './messages/shipped.js';

/** Messages in ICU MessageFormat by key, by language. */
export type HostMessages = Record<string, Record<string, string>>;

type MessageValues = Record<string, string | number | Date>;

const FALLBACK = 'en';
const MAX_LANGUAGES = 200;

/** The human texts of bodies, ours and the host's. */
export class MessageCatalog {
  /** Canonical tags of every language with at least one message, ours first. */
  readonly locales: string[];

  private readonly texts = new Map<string, Map<string, string>>(
    Object.entries(SHIPPED).map(([locale, messages]) => [locale, new Map(Object.entries(messages))]),
  );
  private readonly languages = new LRUCache<string, Messages>({ max: MAX_LANGUAGES });

  /**
   * @param hostMessages added to ours, or in place of ours where locale and key are the same
   * @throws InvalidMessageError for a locale that is no BCP 47 tag and for a message that is not valid ICU MessageFormat
   */
  constructor(hostMessages: HostMessages = {}) {
    for (const [locale, messages] of Object.entries(hostMessages)) this.add(locale, messages);
    this.locales = [...this.texts.keys()];
  }

  /**
   * The messages for a reader of a language. Each key is looked up by itself: in that language, in the nearest ones of
   * the catalog (es-MX → es-419 → es), in English; a message that cannot be formatted counts as missing. The key itself
   * comes back when nothing is left. Never throws.
   */
  in(locale: string): Messages {
    const canonical = canonicalTag(locale) ?? FALLBACK;
    let messages = this.languages.get(canonical);
    if (messages === undefined) {
      messages = this.messagesFor(canonical);
      this.languages.set(canonical, messages);
    }
    return messages;
  }

  private add(locale: string, messages: Record<string, string>): void {
    const canonical = canonicalTag(locale);
    if (canonical === undefined) {
      throw new InvalidMessageError(
        locale,
        null,
        null,
        `it is not a BCP 47 tag; write tags like 'en' or 'es-MX'`,
      );
    }
    const texts = this.texts.get(canonical) ?? new Map<string, string>();
    for (const [key, text] of Object.entries(messages)) {
      checkSyntax(locale, key, text);
      texts.set(key, text);
    }
    this.texts.set(canonical, texts);
  }

  private messagesFor(locale: string): Messages {
    const chain = this.fallbacks(locale);
    const compiled = new Map<string, IntlMessageFormat>();
    return (key, values) => {
      for (const language of chain) {
        const text = this.texts.get(language)?.get(key);
        if (text === undefined) continue;
        const id = `${language} ${key}`;
        const message = compiled.get(id) ?? compile(text, formattingLocales(locale, language));
        compiled.set(id, message);
        const formatted = attempt(message, values);
        if (formatted !== undefined) return formatted;
      }
      return key;
    };
  }

  /** The languages a reader of `locale` is served in, the nearest first. */
  private fallbacks(locale: string): string[] {
    const chain: string[] = [];
    let left = this.locales;
    for (let next = bestMatch([locale], left); next !== undefined; next = bestMatch([locale], left)) {
      const found = next;
      chain.push(found);
      left = left.filter((other) => other !== found);
    }
    return chain.includes(FALLBACK) ? chain : [...chain, FALLBACK];
  }
}

/** A reader's own conventions for numbers (es-MX: 1,000) if the message is in that language. English in the end: the
 * language of the server's own environment would show otherwise. */
function formattingLocales(reader: string, message: string): string[] {
  const nearest = languageOf(reader) === languageOf(message) ? [reader, message] : [message];
  return [...nearest, FALLBACK];
}

function compile(text: string, locales: string[]): IntlMessageFormat {
  // A '<' is text: bodies hold no markup.
  return new IntlMessageFormat(text, locales, undefined, { ignoreTag: true, formatters: intlFormatters });
}

function attempt(message: IntlMessageFormat, values: MessageValues = {}): string | undefined {
  // Without a prototype, and without undefined values: both would be printed instead of being missing.
  const own = Object.assign(Object.create(null), values) as MessageValues;
  for (const [name, value] of Object.entries(own))
    if (value === undefined || value === null) delete own[name];
  try {
    const formatted: unknown = message.format(own);
    return typeof formatted === 'string' ? formatted : undefined;
  } catch {
    return undefined;
  }
}

function checkSyntax(locale: string, key: string, text: unknown): void {
  if (typeof text !== 'string') {
    throw new InvalidMessageError(locale, key, null, `it is a ${typeof text}; pass a string`);
  }
  try {
    compile(text, [FALLBACK]);
  } catch (error) {
    throw InvalidMessageError.ofSyntax(locale, key, text, error);
  }
}
