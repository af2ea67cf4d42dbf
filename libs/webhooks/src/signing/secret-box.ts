import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = /^v1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/;

/**
 * A key that seals secrets at rest, from its text: 32 bytes in hex, base64 or base64url; undefined when it is anything
 * else.
 */
export function parseSecretKey(key: string): Buffer | undefined {
  if (/^[0-9a-fA-F]{64}$/.test(key)) return Buffer.from(key, 'hex');
  // Buffer reads both alphabets as 'base64'; 43 characters of it are 32 bytes.
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(key)) return Buffer.from(key, 'base64');
  return undefined;
}

/** A sealed text cannot be opened. The message names the key and the remedy, never the content. */
export class SecretNotReadableError extends Error {
  override readonly name = 'SecretNotReadableError';
  readonly code = 'SECRET_NOT_READABLE';

  constructor(
    reason: string,
    /** The id of the key that sealed the text; undefined when the text is not a sealed one. */
    readonly keyId: string | undefined,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/**
 * Seals secrets, credentials and headers at rest with AES-256-GCM: `v1.<key id>.<base64url of nonce, text and tag>`. The
 * first key seals, all of them open.
 */
export class SecretBox {
  private readonly keys = new Map<string, Buffer>();
  private readonly first: { id: string; key: Buffer; prefix: string };

  /**
   * @param keys see {@link parseSecretKey}; at least one
   * @throws TypeError naming the position of a key that is not one
   */
  constructor(keys: readonly string[]) {
    const parsed = keys.map((text, index) => {
      const key = parseSecretKey(text);
      if (!key) throw new TypeError(`secretKeys[${index}] is not 32 bytes in base64 or hex.`);
      return { id: keyIdOf(key), key };
    });
    const [first] = parsed;
    if (!first) throw new TypeError('secretKeys is empty; give at least one key.');
    for (const { id, key } of parsed) this.keys.set(id, key);
    this.first = { ...first, prefix: `v1.${first.id}.` };
  }

  seal(plain: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.first.key, iv);
    const text = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return this.first.prefix + text.toString('base64url');
  }

  /** @throws SecretNotReadableError when no key opens it or the text was changed */
  open(sealed: string): string {
    const [, keyId, encoded] = SEALED.exec(sealed) ?? [];
    if (keyId === undefined || encoded === undefined) {
      throw new SecretNotReadableError(
        'A stored secret is not in the sealed format. Restore the row from a backup, or set the value again.',
        undefined,
      );
    }
    const key = this.keys.get(keyId);
    if (!key) {
      throw new SecretNotReadableError(
        `A stored secret was sealed by the key '${keyId}', which is not among secretKeys ` +
          `(${[...this.keys.keys()].join(', ')}). Put that key back at the end of secretKeys.`,
        keyId,
      );
    }
    try {
      return decrypt(key, Buffer.from(encoded, 'base64url'));
    } catch (cause) {
      throw new SecretNotReadableError(
        `A stored secret that the key '${keyId}' sealed was changed or cut since. ` +
          'Restore the row from a backup, or set the value again.',
        keyId,
        { cause },
      );
    }
  }

  /** Whether a text needs no sealing anew after a rotation of the keys. */
  isSealedByFirstKey(sealed: string): boolean {
    return sealed.startsWith(this.first.prefix);
  }
}

function decrypt(key: Buffer, sealed: Buffer): string {
  // A shorter tag would verify, too, and be easier to forge: authTagLength pins it.
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const text = decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8');
  return text + decipher.final('utf8');
}

function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('nestjs-booking-webhooks key id').update(key).digest('hex').slice(0, 8);
}
