import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

import type { Arrangement } from './signatures.js';
import { signatureCheck } from './signatures.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const x = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url');

const seconds = Math.floor(Date.now() / 1_000);
const identity = { 'webhook-id': 'e-1', 'webhook-timestamp': String(seconds) };
const form = 'a=1&b=%C3%BC';
const json = '{"a":1}';

function standard(body: string) {
  const signature = new Webhook(SECRET).sign('e-1', new Date(seconds * 1_000), body);
  return { ...identity, 'webhook-signature': signature };
}

function ed25519(body: string) {
  const signature = sign(null, Buffer.from(`e-1.${seconds}.${body}`), privateKey).toString('base64');
  return { ...identity, 'webhook-signature': `v1a,${signature}` };
}

const hmac = (body: string) => ({
  'x-partner-signature': createHmac('sha256', SECRET).update(body).digest('hex'),
});
const bearer = () => ({ authorization: 'Bearer t0ken' });

const ED25519 = { scheme: 'ed25519', publicKey: `whpk_${x.toString('base64')}` };
const HMAC = { scheme: 'hmac', header: 'X-Partner-Signature' };

const WAYS: [string, Partial<Arrangement>, string, (body: string) => Record<string, string>][] = [
  ['standardwebhooks', { secret: SECRET }, form, standard],
  ['svix', { secret: SECRET, verifier: 'svix' }, json, standard],
  ['ed25519', { signing: ED25519 }, form, ed25519],
  ['hmac', { secret: SECRET, signing: HMAC }, form, hmac],
];

describe('a receiver', () => {
  it.each(WAYS)('takes what was signed for it, by %s, and nothing else', (_, arrangement, body, signed) => {
    const check = signatureCheck(arrangement);
    expect(() => check(signed(body), Buffer.from(body))).not.toThrow();
    expect(() => check(signed(body), Buffer.from(`${body} `))).toThrow();
    expect(() => check(identity, Buffer.from(body))).toThrow();
  });

  it('takes what carries its token when nothing is signed', () => {
    const check = signatureCheck({ signing: { scheme: 'none' }, bearer: 't0ken' });
    expect(() => check(bearer(), Buffer.from(json))).not.toThrow();
    expect(() => check({ authorization: 'Bearer other' }, Buffer.from(json))).toThrow('bearer token');
    expect(() => signatureCheck({ signing: { scheme: 'none' } })({}, Buffer.from(json))).toThrow();
  });

  it('refuses an answer without a secret', () => {
    expect(() => signatureCheck({})).toThrow();
  });
});
