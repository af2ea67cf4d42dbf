import type { Originator } from '../catalog/domain-events.js';
import type { SecretBox } from './secret-box.js';

/** The names under which a host can pass the token that an agent acted with: a credential. */
const TOKEN_FIELDS = ['tokenUsed', 'token_used', 'actor_token_used'] as const;
const SEALED = 'sealed:';

/** An event's originator as it is stored: its token sealed. */
export function withSealedToken(originator: Originator, box: Pick<SecretBox, 'seal'>): Originator {
  return withTokens(originator, (token) => SEALED + box.seal(token));
}

/**
 * An originator with its token readable, for the one body that asked for it. A token that none of the keys opens is left
 * out: a body without it is better than none.
 */
export function withOpenedToken(originator: Originator, box: Pick<SecretBox, 'open'>): Originator {
  return withTokens(originator, (token) => {
    if (!token.startsWith(SEALED)) return undefined;
    try {
      return box.open(token.slice(SEALED.length));
    } catch {
      return undefined;
    }
  });
}

/** An originator whose token opens as asterisks, for a body that is shown and not sent. */
export function withMaskedToken(originator: Originator, box: Pick<SecretBox, 'seal'>): Originator {
  return withTokens(originator, () => SEALED + box.seal('***'));
}

function withTokens(originator: Originator, change: (token: string) => string | undefined): Originator {
  const changed = { ...originator };
  for (const field of TOKEN_FIELDS) {
    const token = originator[field];
    if (typeof token === 'string') changed[field] = change(token);
  }
  return changed;
}
