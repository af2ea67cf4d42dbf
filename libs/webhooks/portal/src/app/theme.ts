import { useState } from 'react';

import { storeChoice, storedChoice } from '../stored-choice.js';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Puts what was chosen before into force. */
export function applyTheme(theme: Theme = storedTheme()): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(storedTheme);
  const choose = (next: Theme) => {
    storeChoice('theme', next === 'system' ? null : next);
    applyTheme(next);
    setTheme(next);
  };
  return [theme, choose];
}

function storedTheme(): Theme {
  const stored = storedChoice('theme');
  return THEMES.find((theme) => theme === stored) ?? 'system';
}
