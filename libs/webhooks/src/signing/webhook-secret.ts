import { randomBytes } from 'node:crypto';

const BYTES = 32;
const KEPT = 5;

/** A signing secret as it is kept, newest first in its list. */
export interface StoredSecret {
  /** `whsec_` and base64. */
  secret: string;
  /** Epoch milliseconds. */
  createdAt: number;
  /** Epoch milliseconds; null for the newest one, which holds until it is rotated. */
  expiresAt: number | null;
}

/** A new signing secret: `whsec_` and 32 random bytes in base64. */
export function generateSecret(): string {
  return `whsec_${randomBytes(BYTES).toString('base64')}`;
}

/**
 * The list after a rotation: `fresh` first, the one it replaces valid for `overlapMs` more, older ones as long as they
 * had, expired ones gone. At most five are kept, since every request is signed in each of them.
 */
export function rotateSecrets(
  stored: readonly StoredSecret[],
  fresh: string,
  now: number,
  overlapMs: number,
): StoredSecret[] {
  const earlier = stored
    .filter(({ secret }) => secret !== fresh)
    .map((entry) => ({ ...entry, expiresAt: entry.expiresAt ?? now + overlapMs }))
    .filter((entry) => isValid(entry, now));
  return [{ secret: fresh, createdAt: now, expiresAt: null }, ...earlier].slice(0, KEPT);
}

/** The secrets that requests are signed in at `now` (epoch milliseconds), newest first. */
export function validSecrets(stored: readonly StoredSecret[], now: number): string[] {
  return stored.filter((entry) => isValid(entry, now)).map(({ secret }) => secret);
}

function isValid({ expiresAt }: StoredSecret, now: number): boolean {
  return expiresAt === null || expiresAt > now;
}
