import fc from 'fast-check';

import { chooseLocale, matchLocale } from './choose-locale.js';

const CHOICE = { useContactLanguage: true, webhookLocale: 'de', defaultLocale: 'en' };

describe('the language of a body', () => {
  it("is the guest's first language when the webhook follows the guest", () => {
    expect(chooseLocale({ ...CHOICE, contactLocales: ['es-MX', 'en'] })).toBe('es-MX');
  });

  it("is the webhook's when it does not follow the guest, or the guest named none", () => {
    expect(chooseLocale({ ...CHOICE, useContactLanguage: false, contactLocales: ['es-MX'] })).toBe('de');
    expect(chooseLocale({ ...CHOICE, contactLocales: [] })).toBe('de');
    expect(chooseLocale({ ...CHOICE, contactLocales: null })).toBe('de');
  });

  it("is the module's default when neither named one", () => {
    expect(chooseLocale({ ...CHOICE, webhookLocale: null })).toBe('en');
  });

  it('is written canonically', () => {
    expect(chooseLocale({ ...CHOICE, contactLocales: ['ZH-hant-tw'] })).toBe('zh-Hant-TW');
    expect(chooseLocale({ ...CHOICE, contactLocales: ['iw'] })).toBe('he');
  });

  it.each(['', 'es_MX', 'not a tag', 'und', '*', 'x-klingon', `en-${'abcdefgh-'.repeat(9)}x`])(
    'is never %j, which is no language tag: the next preference counts',
    (tag) => {
      expect(chooseLocale({ ...CHOICE, contactLocales: [tag, 'fr'] })).toBe('fr');
      expect(chooseLocale({ ...CHOICE, contactLocales: [tag] })).toBe('de');
    },
  );

  it('is English when nobody named a language there is', () => {
    expect(chooseLocale({ useContactLanguage: true, webhookLocale: '?', defaultLocale: '' })).toBe('en');
  });
});

describe('the language of a body among the languages there are', () => {
  const among = (contactLocales: string[], available: string[]) =>
    chooseLocale({ ...CHOICE, contactLocales, available });

  it("is the guest's second choice when only that one is there", () => {
    expect(among(['ja', 'fr-CA'], ['en', 'de', 'fr'])).toBe('fr');
  });

  it("is the webhook's when none of the guest's is there, then the default", () => {
    expect(among(['ja', 'ko'], ['en', 'de', 'fr'])).toBe('de');
    expect(among(['ja', 'ko'], ['fr', 'en'])).toBe('en');
    expect(among(['ja'], ['fr'])).toBe('en');
  });

  it('keeps to the preferences of the guest: a near match of the first beats an exact one of the second', () => {
    expect(among(['es-MX', 'en'], ['en', 'es'])).toBe('es');
  });
});

describe('matching', () => {
  it.each([
    [['es-MX'], ['en', 'es'], 'es'],
    [['es-MX'], ['es-ES', 'es-419'], 'es-419'],
    [['pt-PT'], ['pt-BR', 'pt-PT'], 'pt-PT'],
    [['pt-PT'], ['pt-BR', 'pt'], 'pt'],
    [['pt-PT'], ['pt-BR', 'en'], 'pt-BR'],
    [['pt-AO'], ['pt-BR', 'pt-PT'], 'pt-PT'],
    [['pt-BR'], ['pt-PT', 'pt'], 'pt'],
    [['zh-TW'], ['zh', 'zh-Hant'], 'zh-Hant'],
    [['zh-Hant-HK'], ['zh-Hans', 'zh-TW'], 'zh-TW'],
    [['zh-HK'], ['zh', 'en'], 'zh'],
    [['zh-HK', 'en'], ['zh', 'en'], 'en'],
    [['no'], ['nb', 'en'], 'nb'],
    [['en-AU'], ['en-US', 'en-GB'], 'en-GB'],
    [['ar-u-nu-latn'], ['ar', 'en'], 'ar'],
    [['ja'], ['de', 'fr'], 'en'],
    [['es'], [], 'en'],
    [[], ['es'], 'en'],
    [['ES-mx'], ['bad_tag', 'EN', 'ES'], 'es'],
  ])('%j among %j reads %s', (requested, available, expected) => {
    expect(matchLocale(requested, available, 'en')).toBe(expected);
  });
});

const tags = fc.oneof(
  fc.string(),
  fc.constantFrom('es-MX', 'pt-PT', 'zh-Hant', 'ar', 'valueOf', '__proto__', 'und', 'en-u-ca-buddhist', 'EN'),
  fc.stringMatching(/^[a-z]{2,8}(-[A-Za-z]{4})?(-[A-Z]{2})?(-[a-z0-9]{1,8})?$/),
);

const isCanonical = (tag: string) => Intl.getCanonicalLocales(tag)[0] === tag;

it('whatever the tags are, the choice is a canonical tag', () => {
  fc.assert(
    fc.property(
      fc.record({
        useContactLanguage: fc.boolean(),
        contactLocales: fc.option(fc.array(tags)),
        webhookLocale: fc.option(tags),
        defaultLocale: tags,
        available: fc.option(fc.array(tags), { nil: undefined }),
      }),
      (choice) => isCanonical(chooseLocale(choice)),
    ),
  );
});

it('whatever the tags are, the match is a canonical tag: one of those there are, or the fallback', () => {
  fc.assert(
    fc.property(fc.array(tags), fc.array(tags), (requested, available) => {
      const found = matchLocale(requested, available, 'mi');
      const canonical = available.flatMap((tag) => {
        try {
          return Intl.getCanonicalLocales(tag);
        } catch {
          return [];
        }
      });
      expect(isCanonical(found)).toBe(true);
      expect([...canonical, 'mi']).toContain(found);
    }),
  );
});
