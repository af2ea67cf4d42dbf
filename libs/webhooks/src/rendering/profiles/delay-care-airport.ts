import { fieldsOf } from '../../catalog/fields-of.js';
import type { EventData } from '../../catalog/domain-events.js';
import type { Value } from '../document.js';
import { textOf } from './host-data.js';

const TITLE_LANGUAGES = ['EN', 'DE', 'RU', 'TR'] as const;

/**
 * An airport with its city and country.
 *
 * @param airport as the host describes it, in the language of the body
 * @param original the same in all languages, for the titles of the city; empty when there is but one
 */
export function airportBody(airport: EventData, original: EventData, locale: string): Value {
  const city = cityOf(airport.city);
  const { terminals, terminal, location } = airport;
  return {
    iata: textOf(airport.iata),
    timezone: textOf(airport.timezone, airport.timeZone),
    title: textOf(airport.title, airport.name, city.title, airport.iata),
    city: {
      iata: textOf(city.iata, airport.iata),
      title: textOf(city.title, city.name),
      titleLocalized: localizedTitles(city, cityOf(original.city)),
      country: countryBody(city.country ?? airport.country, locale),
    },
    terminals: Array.isArray(terminals) ? (terminals as Value[]) : [textOf(terminal) ?? []].flat(),
    location: (location ?? null) as Value,
  };
}

/** A city may be its title alone. */
function cityOf(city: unknown): EventData {
  return typeof city === 'string' || '$localized' in fieldsOf(city) ? { title: city } : fieldsOf(city);
}

/** The host's `titleLocalized`, else its localized title, else the title there is. */
function localizedTitles(city: EventData, original: EventData): Value {
  const given = fieldsOf(city.titleLocalized);
  const texts = fieldsOf(fieldsOf(original.title ?? original.name).$localized);
  return Object.fromEntries(
    TITLE_LANGUAGES.map((language) => [
      language,
      textOf(inLanguage(given, language), inLanguage(texts, language), city.title, city.name),
    ]),
  );
}

function inLanguage(texts: EventData, language: string): unknown {
  const tag = Object.keys(texts).find((key) => new RegExp(`^${language}(?:$|[-_])`, 'i').test(key));
  return tag === undefined ? undefined : texts[tag];
}

/** A country may be its code or its name alone; the name of a code is that of the body's language. */
function countryBody(country: unknown, locale: string): Value {
  const given =
    typeof country === 'string' ? { [isCode(country) ? 'id' : 'title']: country } : fieldsOf(country);
  const id = textOf(given.id, given.code, given.iso);
  const title = textOf(given.title, given.name);
  return { id, title: title ?? (id === null ? null : countryName(id, locale)) };
}

function countryName(id: string, locale: string): string | null {
  if (!isCode(id)) return null;
  return new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }).of(id) ?? null;
}

function isCode(text: string): boolean {
  return /^[A-Z]{2}$/.test(text);
}
