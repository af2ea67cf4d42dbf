import fc from 'fast-check';

import { holdsLocalized, localized, resolveLocalized } from './localized.js';

const TOUR = localized({ en: 'City tour', 'es-mx': 'Recorrido', 'pt-BR': 'Passeio', 'zh-Hant': '城市觀光' });

describe('a text in several languages', () => {
  it('is stored as an object with one marked key, its tags canonical', () => {
    expect(JSON.stringify(localized({ 'ES-mx': 'a', iw: 'b' }))).toBe(
      '{"$localized":{"es-MX":"a","he":"b"}}',
    );
  });

  it.each([
    [{}, 'localized: there is no text'],
    [{ en_US: 'a' }, "localized: 'en_US' is not a BCP 47 language tag"],
    [{ und: 'a' }, "localized: 'und' is not a BCP 47 language tag"],
    [JSON.parse('{"__proto__":"a"}'), "localized: '__proto__' is not a BCP 47 language tag"],
    [{ 'es-MX': 'a', 'es-mx': 'b' }, "localized: there are two texts for 'es-MX'"],
    [{ en: 1 }, "localized: the text for 'en' is a number"],
  ])('%j is refused, saying what to write', (texts, message) => {
    expect(() => localized(texts as Record<string, string>)).toThrow(message);
  });

  it('is seen in JSON text without parsing it', () => {
    expect(holdsLocalized(JSON.stringify({ a: [TOUR] }))).toBe(true);
    expect(holdsLocalized('{"a":"localized"}')).toBe(false);
  });
});

describe('resolving', () => {
  it.each([
    ['es-MX', 'Recorrido'],
    ['es', 'Recorrido'],
    ['pt-PT', 'Passeio'],
    ['zh-TW', '城市觀光'],
    ['en-GB', 'City tour'],
    ['ja', 'City tour'],
    ['no tag', 'City tour'],
  ])('reads the text nearest to %s', (locale, expected) => {
    expect(resolveLocalized<unknown>(TOUR, locale)).toBe(expected);
  });

  it('falls back to the given language, then to English, then to the first text', () => {
    expect(resolveLocalized<unknown>(TOUR, 'ja', 'pt')).toBe('Passeio');
    expect(resolveLocalized<unknown>(localized({ de: 'Rundfahrt', fr: 'Visite' }), 'ja')).toBe('Rundfahrt');
  });

  it('reaches into objects and lists, and leaves the input as it was', () => {
    const data = { product: { title: TOUR, options: [{ title: TOUR }, 1, null] }, other: { a: 1 } };
    const text = JSON.stringify(data);
    const resolved = resolveLocalized<unknown>(data, 'es');
    expect(resolved).toEqual({
      product: { title: 'Recorrido', options: [{ title: 'Recorrido' }, 1, null] },
      other: { a: 1 },
    });
    expect(JSON.stringify(data)).toBe(text);
    expect((resolved as typeof data).other).toBe(data.other);
  });

  it('gives back the same reference when nothing is localized', () => {
    const data = { a: [{ b: 'c' }], d: null };
    expect(resolveLocalized(data, 'es')).toBe(data);
  });

  it.each([
    { $localized: 'text' },
    { $localized: null },
    { $localized: {} },
    { $localized: ['en'] },
    { $localized: { en: 1 } },
    { $localized: { en: { $localized: {} } } },
    { $localized: { 'not a tag': 'a', en: 'b' } },
    { $localized: { en: 'a' }, more: true },
  ])('leaves %j, which only looks localized, as it is', (value) => {
    expect(resolveLocalized<unknown>({ value }, 'en')).toEqual({ value });
  });

  it('keeps a key named __proto__ a key', () => {
    const data: unknown = JSON.parse(`{"__proto__":{"polluted":true},"title":${JSON.stringify(TOUR)}}`);
    const resolved = resolveLocalized(data, 'en');
    expect(JSON.stringify(resolved)).toBe('{"__proto__":{"polluted":true},"title":"City tour"}');
    expect(Object.getPrototypeOf(resolved)).toBe(Object.prototype);
  });

  it('leaves what is nested beyond reason as it is', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(resolveLocalized(deep, 'en')).toBe(deep);
  });
});

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('$localized', '__proto__', 'constructor')),
      tie('value'),
    ),
    fc
      .dictionary(fc.constantFrom('en', 'es-MX', 'valueOf', '__proto__', '?'), fc.string())
      .map((texts) => ({ $localized: texts })),
  ),
})).value;

it('any JSON resolves to JSON in any language, twice the same, without throwing', () => {
  fc.assert(
    fc.property(json, fc.oneof(fc.string(), fc.constantFrom('en', 'es', 'zh-Hant')), (value, locale) => {
      const before = JSON.stringify(value);
      const resolved = resolveLocalized(value, locale);
      expect(JSON.stringify(value)).toBe(before);
      expect(JSON.stringify(resolveLocalized(value, locale))).toBe(JSON.stringify(resolved));
      if (!holdsLocalized(before)) expect(resolved).toBe(value);
    }),
  );
});
