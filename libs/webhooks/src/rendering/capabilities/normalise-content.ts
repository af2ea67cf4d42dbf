import { parsedUrl } from '../../parsed-url.js';
import type { Value } from '../document.js';
import { fieldsOf, filled, list, oneOf, text, textOrNull, texts, whole } from './host-fields.js';
import type { Fields } from './host-fields.js';

const FEATURE_TYPES = [
  'INCLUSION',
  'EXCLUSION',
  'HIGHLIGHT',
  'PREBOOKING_INFORMATION',
  'PREARRIVAL_INFORMATION',
  'REDEMPTION_INSTRUCTION',
  'ACCESSIBILITY_INFORMATION',
  'ADDITIONAL_INFORMATION',
  'BOOKING_TERM',
  'CANCELLATION_TERM',
] as const;
const MEDIA_TYPES = [
  'image/jpeg',
  'image/png',
  'video/mp4',
  'video/avi',
  'external/youtube',
  'external/vimeo',
] as const;
const MEDIA_RELS = ['LOGO', 'COVER', 'GALLERY'] as const;
const LOCATION_TYPES = [
  'START',
  'ITINERARY_ITEM',
  'POINT_OF_INTEREST',
  'ADMISSION_INCLUDED',
  'END',
  'REDEMPTION',
] as const;
const COMMENTARY_FORMATS = ['IN_PERSON', 'RECORDED_AUDIO', 'WRITTEN', 'OTHER'] as const;
const ADDRESS_FIELDS = [
  'streetAddress',
  'addressLocality',
  'addressRegion',
  'postalCode',
  'addressCountry',
  'postOfficeBoxNumber',
];
const IDENTIFIERS = [
  'googlePlaceId',
  'applePlaceId',
  'tripadvisorLocationId',
  'yelpPlaceId',
  'facebookPlaceId',
  'foursquarePlaceId',
  'baiduPlaceId',
  'amapPlaceId',
];

/** What octo/content adds to a product and to an option. Nothing is made up: a field that is not given is undefined. */
export function contentFields(it: Fields): Record<string, Value | undefined> {
  return {
    title: text(it.title),
    shortDescription: given(it, 'shortDescription', textOrNull),
    description: given(it, 'description', textOrNull),
    features: features(it.features),
    faqs: list(it.faqs, (faq) =>
      filled(faq, { question: text(faq.question) ?? '', answer: text(faq.answer) ?? '' }),
    ),
    media: media(it.media),
    locations: list(it.locations, location),
    categoryLabels: given(it, 'categoryLabels', texts),
    durationMinutesFrom: whole(it.durationMinutesFrom),
    durationMinutesTo: given(it, 'durationMinutesTo', (minutes) => whole(minutes) ?? null),
    commentary: list(it.commentary, (each) =>
      filled(each, {
        format: oneOf(COMMENTARY_FORMATS, each.format) ?? 'OTHER',
        language: text(each.language) ?? 'und',
      }),
    ),
  };
}

export function features(value: Value | undefined): Fields[] | undefined {
  return list(value, (it) =>
    filled(it, {
      shortDescription: textOrNull(it.shortDescription),
      type: oneOf(FEATURE_TYPES, it.type) ?? 'ADDITIONAL_INFORMATION',
    }),
  );
}

/** Media with a source; what is none of OCTO's types is taken for a picture. */
export function media(value: Value | undefined): Fields[] | undefined {
  return list(value, (it) => {
    const src = text(it.src);
    if (src === undefined || !parsedUrl(src)) return undefined;
    return filled(it, {
      src,
      type: oneOf(MEDIA_TYPES, it.type) ?? 'image/jpeg',
      rel: oneOf(MEDIA_RELS, it.rel) ?? 'GALLERY',
      title: textOrNull(it.title),
      caption: textOrNull(it.caption),
      copyright: textOrNull(it.copyright),
    });
  });
}

function location(it: Fields): Fields | undefined {
  const place = fieldsOf(it.place);
  if (typeof place.latitude !== 'number' || typeof place.longitude !== 'number') return undefined;
  return filled(it, {
    title: textOrNull(it.title),
    shortDescription: textOrNull(it.shortDescription),
    types: texts(it.types, LOCATION_TYPES),
    minutesTo: whole(it.minutesTo) ?? null,
    minutesAt: whole(it.minutesAt) ?? null,
    place: filled(place, {
      latitude: place.latitude,
      longitude: place.longitude,
      postalAddress: textsOrNulls(place.postalAddress, ADDRESS_FIELDS),
      identifiers: textsOrNulls(place.identifiers, IDENTIFIERS),
      sameAs: texts(place.sameAs),
    }),
  });
}

function textsOrNulls(value: Value | undefined, names: readonly string[]): Fields {
  const it = fieldsOf(value);
  return filled(it, Object.fromEntries(names.map((name) => [name, textOrNull(it[name])])));
}

function given(it: Fields, name: string, read: (value: Value | undefined) => Value): Value | undefined {
  return it[name] === undefined ? undefined : read(it[name]);
}
