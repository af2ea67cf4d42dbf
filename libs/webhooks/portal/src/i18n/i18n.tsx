import type { ReactNode } from 'react';
import { createContext, use, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';

import { storeChoice } from '../stored-choice.js';
import type { Locale } from './locales.js';
import { directionOf, loadMessages, regionalTag } from './locales.js';
import type { Messages, Translate } from './messages.js';
import { translator } from './messages.js';

interface I18n {
  locale: Locale;
  setLocale: (locale: Locale) => void;
  t: Translate;
}

const I18nContext = createContext<I18n | null>(null);

export interface Language {
  locale: Locale;
  messages: Messages;
}

/** The portal's texts. A language is shown when its texts have arrived; until then the page stays in the one before. */
export function Internationalized({ initial, children }: { initial: Language; children: ReactNode }) {
  const [{ locale, messages }, setLanguage] = useState(initial);

  useEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dir = directionOf(locale);
  }, [locale]);

  const i18n = useMemo<I18n>(
    () => ({
      locale,
      t: translator(regionalTag(locale, navigator.languages), messages, directionOf(locale) === 'rtl'),
      setLocale: (next) => {
        storeChoice('language', next);
        void loadMessages(next).then(
          (loaded) => setLanguage({ locale: next, messages: loaded }),
          // The files of another build are gone: the page itself is out of date, and knows the choice when it is back.
          () => window.location.reload(),
        );
      },
    }),
    [locale, messages],
  );
  return (
    <I18nProvider locale={locale}>
      <I18nContext value={i18n}>{children}</I18nContext>
    </I18nProvider>
  );
}

export function useI18n(): I18n {
  const i18n = use(I18nContext);
  if (!i18n) throw new Error('useI18n is used outside of Internationalized');
  return i18n;
}
