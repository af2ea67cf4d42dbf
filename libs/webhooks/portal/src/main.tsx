import './ui/tokens.css';
import './ui/base.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { settings } from './api/settings.js';
import { App } from './app/app.js';
import { applyTheme } from './app/theme.js';
import { loadMessages, preferredLocale } from './i18n/locales.js';
import { storedChoice } from './stored-choice.js';

applyTheme();
const locale = preferredLocale(storedChoice('language'), navigator.languages, settings.defaultLocale);
const messages = await loadMessages(locale);
const root = document.getElementById('portal');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App language={{ locale, messages }} />
    </StrictMode>,
  );
}
