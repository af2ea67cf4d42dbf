import type { SecretBox } from '../../signing/secret-box.js';
import { SecretNotReadableError } from '../../signing/secret-box.js';

/** A stored text, sealed or with sealed parts in it, sealed anew. */
export type ResealedText =
  { state: 'plain' | 'current' | 'unreadable' } | { state: 'resealed'; text: string };

/** As SecretBox writes them: a whole column, or a token within the JSON of an originator. */
const SEALED = /v1\.[0-9a-f]{8}\.[A-Za-z0-9_-]+/g;
const WHOLE = /^v1\.[0-9a-f]{8}\.[A-Za-z0-9_-]+$/;
const WITHIN = /(?<="sealed:)v1\.[0-9a-f]{8}\.[A-Za-z0-9_-]+(?=")/g;

export function resealed(stored: string, box: SecretBox): ResealedText {
  const pattern = WHOLE.test(stored) ? SEALED : WITHIN;
  const found = stored.match(pattern) ?? [];
  if (found.length === 0) return { state: 'plain' };
  if (found.every((sealed) => box.isSealedByFirstKey(sealed))) return { state: 'current' };
  try {
    const text = stored.replace(pattern, (sealed) =>
      box.isSealedByFirstKey(sealed) ? sealed : box.seal(box.open(sealed)),
    );
    return { state: 'resealed', text };
  } catch (error) {
    if (error instanceof SecretNotReadableError) return { state: 'unreadable' };
    throw error;
  }
}
