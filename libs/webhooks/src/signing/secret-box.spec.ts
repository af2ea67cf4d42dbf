import { randomBytes } from 'node:crypto';

import { parseSecretKey, SecretBox } from './secret-box.js';

const [oldKey, newKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('hex')];
const SECRET = 'whsec_ünïcode 🔑';

function failure(open: () => unknown): { code?: unknown; keyId?: unknown; message: string } {
  try {
    open();
  } catch (error) {
    return error as { message: string };
  }
  throw new Error('It was opened.');
}

it('opens what it sealed', () => {
  const box = new SecretBox([oldKey]);
  for (const plain of [SECRET, '', 'x'.repeat(100_000)]) expect(box.open(box.seal(plain))).toBe(plain);
});

it('never seals the same text to the same characters, and shows none of it', () => {
  const box = new SecretBox([oldKey]);
  expect(box.seal(SECRET)).not.toBe(box.seal(SECRET));
  expect(box.seal(SECRET)).toMatch(/^v1\.[0-9a-f]{8}\.[A-Za-z0-9_-]+$/);
});

it('after a rotation of the keys seals with the new one and still opens the old', () => {
  const before = new SecretBox([oldKey]);
  const after = new SecretBox([newKey, oldKey]);
  const sealedBefore = before.seal(SECRET);
  const sealedAfter = after.seal(SECRET);

  expect(after.open(sealedBefore)).toBe(SECRET);
  expect(after.isSealedByFirstKey(sealedBefore)).toBe(false);
  expect(after.isSealedByFirstKey(sealedAfter)).toBe(true);
  expect(() => before.open(sealedAfter)).toThrow(expect.objectContaining({ code: 'SECRET_NOT_READABLE' }));
});

describe('a text that cannot be opened', () => {
  it('by a missing key names the key and the remedy', () => {
    const sealed = new SecretBox([oldKey]).seal(SECRET);
    const error = failure(() => new SecretBox([newKey]).open(sealed));
    expect(error).toMatchObject({ code: 'SECRET_NOT_READABLE', keyId: sealed.slice(3, 11) });
    expect(error.message).toContain(sealed.slice(3, 11));
    expect(error.message).toContain('Put that key back');
  });

  it('because any one character was changed is not opened at all', () => {
    const box = new SecretBox([oldKey]);
    const sealed = box.seal('s');
    const head = sealed.lastIndexOf('.') + 1;
    // The last character of base64url may carry bits that are ignored.
    for (let at = head; at < sealed.length - 1; at += 1) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(failure(() => box.open(changed))).toMatchObject({ code: 'SECRET_NOT_READABLE' });
    }
  });

  it('because it was cut is not opened, however short it got', () => {
    const box = new SecretBox([oldKey]);
    const sealed = box.seal(SECRET);
    for (let length = 0; length < sealed.length - 1; length += 1) {
      expect(failure(() => box.open(sealed.slice(0, length)))).toMatchObject({ code: 'SECRET_NOT_READABLE' });
    }
  });

  it.each(['whsec_c2VjcmV0', '{"authorization":"Bearer abc"}', 'v1.whsec_c2VjcmV0.x', 'v2.00000000.AAAA'])(
    'is not repeated in the error: %s',
    (plain) => {
      const error = failure(() => new SecretBox([oldKey]).open(plain));
      expect(error).toMatchObject({ code: 'SECRET_NOT_READABLE', keyId: undefined });
      expect(error.message).not.toContain(plain.slice(3, 12));
    },
  );
});

describe('a key', () => {
  const bytes = Buffer.from([...Array(31).keys(), 0xff]);

  it.each([
    ['hex', bytes.toString('hex')],
    ['upper-case hex', bytes.toString('hex').toUpperCase()],
    ['base64', bytes.toString('base64')],
    ['base64 without padding', bytes.toString('base64').replace('=', '')],
    ['base64url', bytes.toString('base64url')],
  ])('may be written in %s', (_, text) => {
    expect(parseSecretKey(text)).toEqual(bytes);
  });

  it.each([
    '',
    'short',
    'a'.repeat(32),
    bytes.subarray(1).toString('base64'),
    `${'é'.repeat(43)}`,
    'z'.repeat(64),
  ])('of another length or alphabet is none: %s', (text) => {
    expect(parseSecretKey(text)).toBeUndefined();
  });

  it('that is none is named by its position, never by its content', () => {
    expect(() => new SecretBox([oldKey, 'hunter2'])).toThrow(/^secretKeys\[1\] is not 32 bytes/);
    expect(() => new SecretBox([])).toThrow('secretKeys is empty');
  });
});
