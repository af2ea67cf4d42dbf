import { Inject, Injectable, Logger } from '@nestjs/common';

import type { EventData } from '../catalog/domain-events.js';
import type { Format } from '../rendering/document.js';
import { encode } from '../rendering/formats/encode.js';
import { chooseLocale } from '../rendering/localization/choose-locale.js';
import { holdsLocalized, resolveLocalized } from '../rendering/localization/localized.js';
import { MessageCatalog } from '../rendering/localization/message-catalog.js';
import { ProfileCatalog } from '../rendering/profile-catalog.js';
import type { CanonicalEvent, Profile, Subscription } from '../rendering/profile.js';
import { contactLocales, ReadEvent } from '../rendering/read-event.js';
import { ACTOR_TOKEN_CAPABILITY } from '../rendering/profiles/capdata-parties.js';
import { sha256 } from '../signing/body-hash.js';
import { withOpenedToken } from '../signing/originator-token.js';
import { SecretBox } from '../signing/secret-box.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import type { CachedEvent } from './event-cache.js';

/** What a body depends on beside its event. */
export interface BodyShape extends Subscription {
  profile: string;
  format: string;
  /** The webhook's language; null is the module's default. */
  locale: string | null;
}

/** Two shapes of the same key get the same bytes in the same language, unless their profile is a personal one. */
export function shapeKey({ profile, format, capabilities }: BodyShape): string {
  return [profile, format, ...[...capabilities].sort()].join(' ');
}

export interface PreparedBody {
  contentType: string;
  body: Buffer;
  /** Headers that come with the body: its language, and what its profile adds. */
  headers: Record<string, string>;
  /** Hex. */
  sha256: string;
}

/** Makes the bodies of events: one for all webhooks that would get the same bytes. */
@Injectable()
export class Bodies {
  private readonly logger = new Logger(Bodies.name);

  constructor(
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(ProfileCatalog) private readonly profiles: ProfileCatalog,
    @Inject(MessageCatalog) private readonly messages: MessageCatalog,
    @Inject(SecretBox) private readonly box: SecretBox,
  ) {}

  /**
   * @param ofShape its {@link shapeKey}, for those who ask for the same shape again and again
   * @throws Error when the webhook's profile is not there any more
   */
  of(cached: CachedEvent, shape: BodyShape, ofShape = shapeKey(shape)): PreparedBody | Promise<PreparedBody> {
    const locale = this.locale(cached, shape);
    const key = `${locale} ${ofShape}`;
    return cached.bodies.get(key) ?? this.make(cached, shape, locale, key);
  }

  private async make(
    cached: CachedEvent,
    shape: BodyShape,
    locale: string,
    key: string,
  ): Promise<PreparedBody> {
    const profile = this.profiles.get(shape.profile);
    const prepared = this.render(profile, await this.inLanguage(cached, locale), shape, locale);
    if (!profile.personal) cached.bodies.set(key, prepared);
    return prepared;
  }

  private render(profile: Profile, event: CanonicalEvent, shape: BodyShape, locale: string): PreparedBody {
    const capabilities = new Set(shape.capabilities);
    const seen = capabilities.has(ACTOR_TOKEN_CAPABILITY) ? this.withToken(event) : event;
    const messages = this.messages.in(locale);
    const document = profile.render(seen, { locale, messages, capabilities, subscription: shape });
    const encoded = encode(document, shape.format as Format);
    const headers = { 'content-language': locale, ...headerValues(profile.headers?.(event) ?? {}) };
    return { ...encoded, headers, sha256: sha256(encoded.body) };
  }

  private withToken(event: CanonicalEvent): CanonicalEvent {
    const { originator } = event;
    if (!originator) return event;
    // A view of the event: its parsed parts are shared with every other body of it.
    return Object.create(event, {
      originator: { value: withOpenedToken(originator, this.box) },
    }) as CanonicalEvent;
  }

  private locale(cached: CachedEvent, { useContactLanguage, locale }: BodyShape): string {
    cached.contactLocales ??= contactLocales(cached.event);
    return chooseLocale({
      useContactLanguage,
      contactLocales: cached.contactLocales,
      webhookLocale: locale,
      defaultLocale: this.options.defaultLocale,
    });
  }

  /** The event with its texts in one language, made once for each language. */
  private inLanguage(cached: CachedEvent, locale: string): Promise<CanonicalEvent> {
    const known = cached.inLanguage.get(locale);
    if (known) return known;
    const made = this.localize(cached, locale);
    cached.inLanguage.set(locale, made);
    return made;
  }

  private async localize({ event }: CachedEvent, locale: string): Promise<CanonicalEvent> {
    const stored = new ReadEvent(event);
    const fetched = await this.fetch(stored, locale);
    const texts = [fetched === undefined ? event.data : JSON.stringify(fetched), event.previous ?? ''];
    if (fetched === undefined && !texts.some(holdsLocalized)) return stored;
    return new ReadEvent(event, {
      data: resolveLocalized(fetched ?? stored.data, locale),
      previous: resolveLocalized(stored.previous, locale),
    });
  }

  /** The host's content in the language; without it the body is made of what was published. */
  private async fetch(event: CanonicalEvent, locale: string): Promise<EventData | undefined> {
    const { localizer, deadlineMs } = this.options;
    if (!localizer) return undefined;
    const { promise: late, cancel } = rejectAfter(deadlineMs);
    try {
      return await Promise.race([localizer(event, locale), late]);
    } catch (error) {
      this.logger.warn(`The localizer failed for event ${event.id} in ${locale}: ${String(error)}`);
      return undefined;
    } finally {
      cancel();
    }
  }
}

/** A header carries printable ASCII; what a profile makes of a host's data can be anything. */
function headerValues(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace(/[^\x21-\x7e]/gu, percentEncoded)]),
  );
}

/** Unlike encodeURIComponent, it does not throw on half of a surrogate pair. */
function percentEncoded(character: string): string {
  const bytes = [...Buffer.from(character, 'utf8')];
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function rejectAfter(ms: number): { promise: Promise<never>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${ms} ms`)), ms);
  });
  return { promise, cancel: () => clearTimeout(timer) };
}
