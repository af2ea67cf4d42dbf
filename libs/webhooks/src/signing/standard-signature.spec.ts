import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

import { signStandard } from './standard-signature.js';
import { generateSecret, rotateSecrets, validSecrets } from './webhook-secret.js';

const BODIES: [string, Buffer][] = [
  ['JSON', Buffer.from('{"type":"booking.cancelled"}')],
  ['text outside ASCII', Buffer.from('Überbuchung – 予約 🛫')],
  ['an empty body', Buffer.alloc(0)],
];
const VERIFIERS = [
  ['standardwebhooks', (secret: string) => new StandardWebhook(secret)],
  ['svix', (secret: string) => new SvixWebhook(secret)],
] as const;

function headers(secrets: readonly string[], body: Buffer, timestamp = Math.floor(Date.now() / 1_000)) {
  return {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signStandard(secrets, 'evt_1', timestamp, body),
  };
}

describe.each(VERIFIERS)('the verifier of %s', (_, verifier) => {
  it.each(BODIES)('accepts the signature of %s', (_name, body) => {
    const secret = generateSecret();
    const signed = headers([secret], body);
    // Both parse JSON once the signature holds: only what is no JSON ends in the parser's error.
    const verify = () => verifier(secret).verify(body.toString(), signed);
    expect(verify).not.toThrow(/signature/i);
    const other = { ...signed, 'webhook-signature': signStandard([generateSecret()], 'evt_1', 1, body) };
    expect(() => verifier(secret).verify(body.toString(), other)).toThrow(/No matching signature/);
  });

  it('accepts the old and the new secret while both are valid', () => {
    const [old, fresh] = [generateSecret(), generateSecret()];
    const stored = rotateSecrets([{ secret: old, createdAt: 0, expiresAt: null }], fresh, 1_000, 500);
    const body = Buffer.from('{}');

    const during = headers(validSecrets(stored, 1_499), body);
    expect(verifier(old).verify('{}', during)).toEqual({});
    expect(verifier(fresh).verify('{}', during)).toEqual({});

    const after = headers(validSecrets(stored, 1_500), body);
    expect(verifier(fresh).verify('{}', after)).toEqual({});
    expect(() => verifier(old).verify('{}', after)).toThrow(/No matching signature/);
  });

  it('rejects a changed body, id or timestamp', () => {
    const secret = generateSecret();
    const signed = headers([secret], Buffer.from('{"a":1}'));
    const verify = (body: string, changed: Partial<typeof signed>) => () =>
      verifier(secret).verify(body, { ...signed, ...changed });
    expect(verify('{"a":2}', {})).toThrow(/No matching signature/);
    expect(verify('{"a":1}', { 'webhook-id': 'evt_2' })).toThrow(/No matching signature/);
    const later = String(Number(signed['webhook-timestamp']) + 1);
    expect(verify('{"a":1}', { 'webhook-timestamp': later })).toThrow(/No matching signature/);
  });
});

it('signs the bytes of the body, not their text', () => {
  const secret = generateSecret();
  const [a, b] = [Buffer.from([0xff, 0x00]), Buffer.from([0xfe, 0x00])];
  expect(a.toString()).toBe(b.toString());
  expect(signStandard([secret], 'id', 1, a)).not.toBe(signStandard([secret], 'id', 1, b));
});

it('matches the example of the Standard Webhooks specification', () => {
  const body = Buffer.from('{"test": 2432232314}');
  expect(
    signStandard(
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1614265330,
      body,
    ),
  ).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

describe('a secret that cannot sign', () => {
  it.each([
    ['no secret at all', []],
    ['one without its prefix', ['c2VjcmV0LXNlY3JldA==']],
    ['one that is not base64', ['whsec_not base64 at all']],
    ['one without content', ['whsec_']],
    ['a good one and a bad one', [generateSecret(), 'whsec_!']],
  ])('is refused without being named: %s', (_, secrets) => {
    const sign = () => signStandard(secrets, 'id', 1, Buffer.from('x'));
    expect(sign).toThrow(expect.objectContaining({ code: 'SECRET_NOT_USABLE' }));
    for (const secret of secrets)
      expect(sign).not.toThrow(secret.slice('whsec_'.length) || 'nothing to leak');
  });
});
