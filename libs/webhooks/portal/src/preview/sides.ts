import type { WebhookView } from '../api/types.js';
import { indented } from '../ui/readable-body.js';

/** One of the bodies that are compared: a profile, in a format, in a language, with capabilities. */
export interface Side {
  profile: string;
  format: string;
  locale: string;
  capabilities: string[];
}

export const MOST_SIDES = 3;

/** As sides stand in the address: `octo.json.en.octo/pricing~octo/content,checkfront.xml.fr`. */
export function sidesOf(text: string | undefined, otherwise: Side[]): Side[] {
  if (!text) return otherwise;
  return text
    .split(',')
    .slice(0, MOST_SIDES)
    .map((side) => {
      const [profile = '', format = '', locale = '', capabilities = ''] = side.split('.');
      return { profile, format, locale, capabilities: capabilities.split('~').filter(Boolean) };
    });
}

export function textOf(sides: readonly Side[]): string {
  return sides
    .map(({ capabilities, ...side }) => [side.profile, side.format, side.locale, capabilities.join('~')])
    .map((parts) => parts.filter(Boolean).join('.'))
    .join(',');
}

/** A webhook's body. */
export function sideOf(webhook: WebhookView, defaultLocale: string): Side {
  const { profile, format, locale, capabilities } = webhook;
  return { profile, format, locale: locale ?? defaultLocale, capabilities };
}

/** For reading: indented, or a field of a form a line; what does not parse stays as it is. */
export function readable(body: string, contentType: string): string {
  if (contentType.includes('x-www-form-urlencoded')) {
    return body.split('&').map(decoded).join('\n');
  }
  return indented(body) ?? body;
}

function decoded(pair: string): string {
  try {
    return decodeURIComponent(pair.replace(/\+/g, ' '));
  } catch {
    return pair;
  }
}
