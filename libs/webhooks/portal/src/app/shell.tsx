import type { ReactNode } from 'react';
import { useLocation } from 'wouter';

import { isOperator, settings } from '../api/settings.js';
import { useI18n } from '../i18n/i18n.js';
import type { Locale } from '../i18n/locales.js';
import { LOCALES } from '../i18n/locales.js';
import { ChoiceMenu } from '../ui/menu.js';
import { Toasts } from '../ui/toast.js';
import { links } from './links.js';
import styles from './shell.module.css';
import { THEMES, useTheme } from './theme.js';

const LANGUAGES = (Object.keys(LOCALES) as Locale[]).map((locale) => ({
  value: locale,
  label: LOCALES[locale],
  lang: locale,
}));

/** What stands around every view. */
export function Shell({ children }: { children: ReactNode }) {
  const { t, locale, setLocale } = useI18n();
  const [theme, setTheme] = useTheme();
  const [path] = useLocation();
  const views = [
    { href: links.list, label: t('nav.webhooks'), isHere: !/^\/(preview|developers)/.test(path) },
    { href: links.preview, label: t('nav.preview'), isHere: path === '/preview' },
    { href: links.developers, label: t('nav.developers'), isHere: path === '/developers' },
  ];
  return (
    <>
      <button type="button" className={styles.skip} onClick={() => document.querySelector('h1')?.focus()}>
        {t('nav.skip')}
      </button>
      <header className={styles.bar}>
        <div className={styles.inner}>
          <nav aria-label={t('nav.label')} className={styles.nav}>
            {views.map(({ href, label, isHere }) => (
              <a key={href} href={href} aria-current={isHere ? 'page' : undefined}>
                {label}
              </a>
            ))}
          </nav>
          <span className={styles.contract}>
            {isOperator ? t('app.allContracts') : t('app.contract', { contract: settings.contractId ?? '' })}
          </span>
          <ChoiceMenu
            label={t('app.language')}
            icon="globe"
            options={LANGUAGES}
            value={locale}
            onChange={setLocale}
          />
          <ChoiceMenu
            label={t('app.theme')}
            icon="theme"
            options={THEMES.map((value) => ({ value, label: t(`app.theme.${value}`) }))}
            value={theme}
            onChange={setTheme}
          />
        </div>
      </header>
      {children}
      <Toasts />
    </>
  );
}
