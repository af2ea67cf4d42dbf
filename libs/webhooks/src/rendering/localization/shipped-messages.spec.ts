import { IntlMessageFormat } from 'intl-messageformat';

import { CANONICAL_EVENT_TYPES } from '../../catalog/event-types.js';
import { OPERATIONAL_EVENT_TYPES } from '../../catalog/operational-events.js';
import { eventTypeKey } from './event-type-key.js';
import { MessageCatalog } from './message-catalog.js';
import { en } from './messages/en.js';
import { SHIPPED } from './messages/shipped.js';

const DIALECTS: Record<string, readonly string[]> = {
  canonical: [...CANONICAL_EVENT_TYPES, ...OPERATIONAL_EVENT_TYPES.map(({ name }) => name)],
  octo: ['booking_update', 'availability_update', 'order_update', 'product_update'],
  'octo-notification': ['BOOKING_UPDATE', 'AVAILABILITY_UPDATE', 'PRODUCT_UPDATE'],
  checkfront: [
    'Booking Modified',
    'Booking Status Change',
    'New Payment/Refund',
    'Item Update',
    'Item Event/Discount Edit',
    'Item Calendar Edit',
  ],
  capdata: ['new_flight_reservation_from_extension', 'flight_reservation_updated'],
  'delay-care': ['Flight Delay Status Change', 'Product Added', 'Product Updated', 'Product Removed'],
};

const STATUSES = [
  ...['scheduled', 'on_time', 'boarding', 'departed', 'delayed', 'cancelled', 'diverted', 'landed'].map(
    (status) => `flight.status.${status}`,
  ),
  ...['on_hold', 'confirmed', 'cancelled', 'expired', 'redeemed', 'pending'].map(
    (status) => `booking.status.${status}`,
  ),
  ...['paid', 'refunded'].map((status) => `payment.status.${status}`),
];

const eventTypeKeys = Object.entries(DIALECTS).flatMap(([dialect, names]) =>
  names.flatMap((name) => ['label', 'description'].map((part) => `${eventTypeKey(dialect, name)}.${part}`)),
);

it('an event type has its messages under a key of safe characters', () => {
  expect(eventTypeKey('octo-notification', 'BOOKING_UPDATE')).toBe(
    'eventType.octo_notification.booking_update',
  );
  expect(eventTypeKey('checkfront', 'New Payment/Refund')).toBe('eventType.checkfront.new_payment_refund');
  expect(eventTypeKey('canonical', 'flight.status_changed')).toBe(
    'eventType.canonical.flight_status_changed',
  );
  expect(new Set(eventTypeKeys).size).toBe(eventTypeKeys.length);
});

it('the messages are every status, the durations and every event type of every dialect, and nothing else', () => {
  const expected = [
    ...STATUSES,
    'flight.status.delayed_unknown',
    'duration.minutes',
    'duration.hours_minutes',
    ...eventTypeKeys,
  ];
  expect(Object.keys(en).toSorted()).toEqual(expected.toSorted());
});

describe.each(Object.entries(SHIPPED))('the messages in %s', (locale, messages) => {
  const texts: [string, string][] = Object.entries(messages);

  it('are complete, in the order of the English ones, and none is empty', () => {
    expect(Object.keys(messages)).toEqual(Object.keys(en));
    expect(texts.filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('take the same arguments as the English ones', () => {
    const source: Record<string, string> = en;
    for (const [key, text] of texts) {
      expect([key, argumentsOf(parse(text))]).toEqual([key, argumentsOf(parse(source[key] ?? ''))]);
    }
  });

  it('have every plural form of the language', () => {
    const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted();
    const plurals = texts.flatMap(([, text]) => parse(text).flatMap(formsOf));
    expect(plurals).toHaveLength(3);
    for (const forms of plurals) {
      expect(forms.filter((form) => !form.startsWith('=')).toSorted()).toEqual(categories);
    }
  });

  it('are formatted, in no other language', () => {
    const format = new MessageCatalog().in(locale);
    for (const [key, text] of texts) {
      const formatted = format(key, { duration: '7', minutes: 7, hours: 3 });
      expect(formatted).not.toBe(key);
      if (!text.includes('{')) expect(formatted).toBe(text);
      if (locale === 'ar') expect(formatted).toMatch(/\p{Script=Arabic}/u);
      else expect(formatted).not.toMatch(/\p{Script=Arabic}/u);
    }
  });
});

it('no translation was forgotten: only words that both languages share are the same as in English', () => {
  const same = Object.entries(SHIPPED).flatMap(([locale, messages]) =>
    locale === 'en'
      ? []
      : Object.entries(messages)
          .filter(([key, text]) => text === (en as Record<string, string>)[key])
          .map(([key]) => `${locale} ${key}`),
  );
  expect(same).toEqual(['de flight.status.boarding']);
});

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

function parse(text: string): Element[] {
  return new IntlMessageFormat(text, 'en').getAst();
}

function formsOf(element: Element): string[][] {
  return 'pluralType' in element ? [Object.keys(element.options)] : [];
}

/** Which arguments there are, and of which kind. */
function argumentsOf(elements: Element[]): string[] {
  const LITERAL = 0;
  const names = elements.flatMap((element) =>
    'value' in element && Number(element.type) !== LITERAL ? [`${element.type} ${element.value}`] : [],
  );
  return [...new Set(names)].toSorted();
}
