import type { MessageKey, Translate } from '../i18n/messages.js';

const WORDS = [
  'timeout',
  'connection',
  'dns',
  'tls',
  'address_refused',
  'response_invalid',
  'unreadable',
] as const satisfies (MessageKey extends infer Key
  ? Key extends `failure.${infer Word}`
    ? Word
    : never
  : never)[];

/** Why an attempt failed, in a few words; a reason from a newer server says itself. */
export function failureText(reason: string, statusCode: number | null, t: Translate): string {
  if (reason === 'http_status') return t('failure.status', { status: String(statusCode ?? '') });
  const word = WORDS.find((known) => known === reason);
  return word ? t(`failure.${word}`) : reason;
}
