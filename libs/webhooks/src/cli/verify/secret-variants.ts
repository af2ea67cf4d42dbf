/** What a secret may have been before somebody copied it. The key is what an HMAC takes. */
export interface SecretVariant {
  key: Buffer;
  /** What is wrong with the one that was given, as the rest of "The secret …". */
  wrong: string;
}

const PREFIX = 'whsec_';

/** The keys that a secret of Standard Webhooks may be meant as. */
export function standardKeys(secret: string): SecretVariant[] {
  const bare = unquoted(secret);
  const encoded = withoutPrefix(bare);
  return [
    {
      key: decoded(encoded),
      wrong: `was not written as '${PREFIX}' and base64: in quotes, without the prefix, or in base64url`,
    },
    {
      key: Buffer.from(bare),
      wrong: 'was taken as a text by the sender, where Standard Webhooks decodes the base64 after the prefix',
    },
    {
      key: Buffer.from(encoded),
      wrong:
        'was taken as a text without its prefix by the sender, where Standard Webhooks decodes its base64',
    },
    { key: Buffer.from(encoded, 'hex'), wrong: 'is hex where base64 is expected' },
  ].filter(({ key }) => key.length > 0);
}

/** The keys that a secret of the plain HMAC may be meant as. */
export function hmacKeys(secret: string): SecretVariant[] {
  const bare = unquoted(secret);
  const encoded = withoutPrefix(bare);
  return [
    { key: Buffer.from(bare), wrong: 'was given in quotes' },
    {
      key: Buffer.from(PREFIX + encoded),
      wrong: `was given without '${PREFIX}', which is a part of it in this scheme`,
    },
    { key: Buffer.from(encoded), wrong: `was given with '${PREFIX}', which the sender leaves out` },
    {
      key: decoded(encoded),
      wrong: 'was base64-decoded by the sender, where this scheme takes the text as it is',
    },
    {
      key: Buffer.from(encoded, 'hex'),
      wrong: 'was hex-decoded by the sender, where this scheme takes the text as it is',
    },
  ].filter(({ key }) => key.length > 0);
}

function unquoted(secret: string): string {
  return secret.trim().replace(/^(["'])(.*)\1$/s, '$2');
}

function withoutPrefix(secret: string): string {
  return secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
}

/** Of either alphabet. */
function decoded(text: string): Buffer {
  return Buffer.from(text, 'base64');
}
