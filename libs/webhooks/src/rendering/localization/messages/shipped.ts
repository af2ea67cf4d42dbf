import { ar } from './ar.js';
import { de } from './de.js';
import type { MessageKey } from './en.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import { pt } from './pt.js';

/** The languages that come with the library, every message in each. */
export const SHIPPED = { en, es, de, fr, it, pt, ar } as const satisfies Record<
  string,
  Record<MessageKey, string>
>;
