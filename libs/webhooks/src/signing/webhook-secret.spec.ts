import { generateSecret, rotateSecrets, validSecrets } from './webhook-secret.js';
import type { StoredSecret } from './webhook-secret.js';

const stored = (secret: string, expiresAt: number | null): StoredSecret => ({
  secret,
  createdAt: 0,
  expiresAt,
});

it('generates 32 random bytes in base64 after whsec_', () => {
  const [one, other] = [generateSecret(), generateSecret()];
  expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(Buffer.from(one.slice(6), 'base64')).toHaveLength(32);
  expect(one).not.toBe(other);
});

describe('rotation', () => {
  it('puts the fresh secret first and lets the one it replaces expire after the overlap', () => {
    expect(rotateSecrets([stored('a', null)], 'b', 1_000, 500)).toEqual([
      { secret: 'b', createdAt: 1_000, expiresAt: null },
      { secret: 'a', createdAt: 0, expiresAt: 1_500 },
    ]);
  });

  it('does not prolong older secrets and drops the expired ones', () => {
    const list = [stored('c', null), stored('b', 1_001), stored('a', 1_000)];
    expect(rotateSecrets(list, 'd', 1_000, 500)).toEqual([
      { secret: 'd', createdAt: 1_000, expiresAt: null },
      { secret: 'c', createdAt: 0, expiresAt: 1_500 },
      { secret: 'b', createdAt: 0, expiresAt: 1_001 },
    ]);
  });

  it('without an overlap leaves the fresh secret alone', () => {
    expect(rotateSecrets([stored('a', null)], 'b', 1_000, 0).map(({ secret }) => secret)).toEqual(['b']);
  });

  it('keeps five secrets, however often it happens within the overlap', () => {
    let list: StoredSecret[] = [];
    for (const secret of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) list = rotateSecrets(list, secret, 1, 1_000);
    expect(list.map(({ secret }) => secret)).toEqual(['g', 'f', 'e', 'd', 'c']);
  });

  it('to a secret that is already there does not keep it twice', () => {
    const list = [stored('b', null), stored('a', 9_000)];
    expect(rotateSecrets(list, 'a', 1_000, 500).map(({ secret }) => secret)).toEqual(['a', 'b']);
  });

  it('leaves the list it was given as it was', () => {
    const list = Object.freeze([Object.freeze(stored('a', null))]);
    rotateSecrets(list, 'b', 1_000, 500);
    expect(list).toEqual([stored('a', null)]);
  });
});

it('a secret is valid until the millisecond it expires in, newest first', () => {
  const list = [stored('c', null), stored('b', 1_001), stored('a', 1_000)];
  expect(validSecrets(list, 1_000)).toEqual(['c', 'b']);
});
