import { createHmac, createPublicKey, verify } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

import { generateEd25519Secret, publicKeyOf, signEd25519 } from './ed25519-signature.js';
import type { SigningScheme, ToSign } from './signing-schemes.js';
import { generateSecretFor, signatureHeaders, SIGNING_SCHEMES } from './signing-schemes.js';
import { generateSecret, rotateSecrets, validSecrets } from './webhook-secret.js';

const body = Buffer.from('{"type":"booking.cancelled","name":"Zoë 予約"}');
const now = () => Math.floor(Date.now() / 1_000);

function headers(scheme: SigningScheme, secrets: string[], rest: Partial<ToSign> = {}) {
  return signatureHeaders({ scheme, secrets, id: 'evt_1', timestampSeconds: now(), body, ...rest });
}

/** As a receiver without this library would, from the text of the public key alone. */
function holds(publicKey: string, signed: Record<string, string>, signature: string): boolean {
  const raw = Buffer.from(publicKey.slice('whpk_'.length), 'base64');
  // The fixed head of an Ed25519 SubjectPublicKeyInfo, RFC 8410 section 4.
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  const content = Buffer.from(`${signed['webhook-id']}.${signed['webhook-timestamp']}.${body.toString()}`);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, content, key, Buffer.from(signature.slice('v1a,'.length), 'base64'));
}

it.each(SIGNING_SCHEMES)('%s sends the id and the timestamp of the attempt', (scheme) => {
  expect(headers(scheme, [generateSecretFor(scheme)], { timestampSeconds: 17 })).toMatchObject({
    'webhook-id': 'evt_1',
    'webhook-timestamp': '17',
  });
});

it('none sends nothing else, and needs no secret', () => {
  expect(Object.keys(headers('none', []))).toEqual(['webhook-id', 'webhook-timestamp']);
});

it.each([
  ['standardwebhooks', StandardWebhook],
  ['svix', SvixWebhook],
])('standard is accepted by %s', (_, Verifier) => {
  const secret = generateSecret();
  const signed = headers('standard', [secret]);
  expect(new Verifier(secret).verify(body.toString(), signed)).toMatchObject({ name: 'Zoë 予約' });
  expect(() => new Verifier(generateSecret()).verify(body.toString(), signed)).toThrow(/No matching/);
});

describe('ed25519', () => {
  // What the server of Svix expects of itself: server/svix-server/src/worker.rs, test_asymmetric_key_signing.
  const secret =
    'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';

  it("signs, byte by byte, as Svix's server does", () => {
    const payload = Buffer.from('{"test": 2432232314}');
    expect(signEd25519(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, payload)).toBe(
      'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
    );
    expect(publicKeyOf(secret)).toBe('whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=');
  });

  it('generates keys whose public half verifies, and no other', () => {
    const own = generateEd25519Secret();
    const signed = headers('ed25519', [own]);
    const signature = signed['webhook-signature'] ?? '';
    expect(holds(publicKeyOf(own), signed, signature)).toBe(true);
    expect(holds(publicKeyOf(generateEd25519Secret()), signed, signature)).toBe(false);
  });

  it('while a key rotates sends a signature of each, newest first', () => {
    const [old, fresh] = [generateEd25519Secret(), generateEd25519Secret()];
    const stored = rotateSecrets([{ secret: old, createdAt: 0, expiresAt: null }], fresh, 1_000, 500);
    const during = headers('ed25519', validSecrets(stored, 1_499));
    const [first = '', second = '', ...more] = (during['webhook-signature'] ?? '').split(' ');
    expect(more).toEqual([]);
    expect(holds(publicKeyOf(fresh), during, first)).toBe(true);
    expect(holds(publicKeyOf(old), during, second)).toBe(true);
    expect(headers('ed25519', validSecrets(stored, 1_500))['webhook-signature']).not.toContain(' ');
  });

  it('takes over from standard without a gap', () => {
    const [old, fresh] = [generateSecret(), generateEd25519Secret()];
    const signed = headers('ed25519', [fresh, old]);
    expect(() => new StandardWebhook(old).verify(body.toString(), signed)).not.toThrow();
    expect(holds(publicKeyOf(fresh), signed, (signed['webhook-signature'] ?? '').split(' ')[0] ?? '')).toBe(
      true,
    );
  });
});

describe('hmac', () => {
  const digest = createHmac('sha256', 'shared secret').update(body).digest('hex');

  it("is the body's HMAC in hex, in CapData's header unless told otherwise", () => {
    expect(headers('hmac', ['shared secret'])).toMatchObject({ 'X-CapData-Signature': digest });
    const settings = { header: 'X-Hub-Signature-256', prefix: 'sha256=' };
    const signed = headers('hmac', ['shared secret'], { settings });
    expect(signed).toMatchObject({ 'X-Hub-Signature-256': `sha256=${digest}` });
    expect(signed).not.toHaveProperty('X-CapData-Signature');
  });

  it('has room for one signature, which is of the newest secret', () => {
    expect(headers('hmac', ['shared secret', 'older'])['X-CapData-Signature']).toBe(digest);
  });
});

describe('a secret that cannot sign', () => {
  const standard = generateSecret();
  const cut = generateEd25519Secret().slice(0, -8);
  it.each<[string, SigningScheme, string[]]>([
    ['none at all', 'standard', []],
    ['none at all', 'ed25519', []],
    ['none at all', 'hmac', []],
    ['an empty one', 'hmac', ['']],
    ['one of the other kind', 'standard', [generateEd25519Secret()]],
    ['one of the other kind', 'ed25519', [standard]],
    ['one of the other kind before a good one', 'ed25519', [standard, generateEd25519Secret()]],
    ['one that was cut', 'ed25519', [cut]],
    ['one that is not base64', 'ed25519', ['whsk_not base64']],
    ['an older one that was cut', 'ed25519', [generateEd25519Secret(), cut]],
  ])('is refused without being named: %s for %s', (_, scheme, secrets) => {
    const sign = () => headers(scheme, secrets);
    expect(sign).toThrow(expect.objectContaining({ code: 'SECRET_NOT_USABLE' }));
    for (const secret of secrets) expect(sign).not.toThrow(secret.slice(5) || 'nothing to leak');
  });
});
