import fc from 'fast-check';
import { createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';

export const SCHEMES = ['standard', 'ed25519', 'hmac', 'bearer', 'basic', 'query'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** A request as a receiver gets it. */
export interface SignedRequest {
  headers: Record<string, string | string[] | undefined>;
  url: string;
  body: Buffer;
}

const SECRET = Buffer.alloc(32, 9);
const PRIVATE = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 5)]),
  format: 'der',
  type: 'pkcs8',
});
const PUBLIC = createPublicKey(PRIVATE).export({ format: 'der', type: 'spki' }).subarray(-32);

export const KEYS = {
  secret: `whsec_${SECRET.toString('base64')}`,
  publicKey: `whpk_${PUBLIC.toString('base64')}`,
  shared: 'a shared secret',
  token: 'a-token-of-the-receiver',
  basic: { username: 'user', password: 'pässword' },
};

/** The headers that make a request right, in each scheme. */
export function signed(scheme: Scheme, id: string, seconds: number, body: Buffer): SignedRequest {
  const content = Buffer.concat([Buffer.from(`${id}.${seconds}.`), body]);
  const standard = { 'webhook-id': id, 'webhook-timestamp': String(seconds) };
  switch (scheme) {
    case 'standard': {
      const signature = createHmac('sha256', SECRET).update(content).digest('base64');
      return { headers: { ...standard, 'webhook-signature': `v1,${signature}` }, url: '/', body };
    }
    case 'ed25519': {
      const signature = sign(null, content, PRIVATE).toString('base64');
      return { headers: { ...standard, 'webhook-signature': `v1a,${signature}` }, url: '/', body };
    }
    case 'hmac': {
      const signature = createHmac('sha256', KEYS.shared).update(body).digest('hex');
      return { headers: { 'x-signature': `sha256=${signature}` }, url: '/', body };
    }
    case 'bearer':
      return { headers: { authorization: `Bearer ${KEYS.token}` }, url: '/', body };
    case 'basic': {
      const pair = Buffer.from(`${KEYS.basic.username}:${KEYS.basic.password}`).toString('base64');
      return { headers: { authorization: `Basic ${pair}` }, url: '/', body };
    }
    case 'query':
      return { headers: {}, url: `/hooks?a=1&token=${KEYS.token}`, body };
  }
}

export const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.json().map((text) => Buffer.from(text)),
  fc.constant(Buffer.alloc(0)),
);
export const ids = fc.string({ unit: fc.constantFrom(...'abcXYZ0189-_'), minLength: 1, maxLength: 40 });
