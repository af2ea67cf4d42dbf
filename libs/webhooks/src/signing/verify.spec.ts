import fc from 'fast-check';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

import type { RequestHeaders, Verification } from './verification.js';
import { verifyBasic, verifyBearer, verifyQueryToken } from './verify-credentials.js';
import { verifyEd25519, verifyHmac, verifyStandard } from './verify.js';
import { generateSecret } from './webhook-secret.js';

const NOW = 1_760_000_000_000;
const BODY = '{"type":"booking.cancelled","name":"Zoë 予約"}';
const ok: Verification = { ok: true };
const refused = (reason: string) => ({ ok: false, reason });

const secret = generateSecret();

/** Signed by someone else's code, at NOW. */
function signedStandard(Signer = StandardWebhook, id = 'evt_1', at = NOW, body = BODY, key = secret) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1_000)),
    'webhook-signature': new Signer(key).sign(id, new Date(at), body),
  };
}

/** A sender's key pair, and the text of its public key, made without this library. */
function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return { privateKey, text: `whpk_${raw.toString('base64')}` };
}

const pair = keyPair();

function signedEd25519(key = pair.privateKey, id = 'evt_1', at = NOW, body = BODY) {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = sign(null, Buffer.from(`${id}.${timestamp}.${body}`), key).toString('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1a,${signature}`,
  };
}

const SCHEMES = [
  {
    name: 'verifyStandard',
    signed: () => signedStandard(),
    version: 'v1',
    verify: (headers: RequestHeaders, body: string | Buffer = BODY, options = {}) =>
      verifyStandard(secret, headers, body, { now: NOW, ...options }),
  },
  {
    name: 'verifyEd25519',
    signed: () => signedEd25519(),
    version: 'v1a',
    verify: (headers: RequestHeaders, body: string | Buffer = BODY, options = {}) =>
      verifyEd25519(pair.text, headers, body, { now: NOW, ...options }),
  },
];

it.each([
  ['standardwebhooks', StandardWebhook],
  ['svix', SvixWebhook],
])('verifyStandard accepts what %s signed', (_, Signer) => {
  const headers = signedStandard(Signer as typeof StandardWebhook);
  expect(verifyStandard(secret, headers, BODY, { now: NOW })).toEqual(ok);
  expect(verifyStandard(generateSecret(), headers, BODY, { now: NOW })).toEqual(refused('bad_signature'));
});

it('verifyEd25519 accepts the example of the Standard Webhooks specification', () => {
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature':
      'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==',
  };
  const key = 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=';
  const verify = (body: string) => verifyEd25519(key, headers, body, { now: 1_614_265_330_000 });
  expect(verify('{"test": 2432232314}')).toEqual(ok);
  expect(verify('{"test":2432232314}')).toEqual(refused('bad_signature'));
});

describe.each(SCHEMES)('$name', ({ signed, version, verify }) => {
  it('accepts the bytes as well as the text of the body', () => {
    expect(verify(signed())).toEqual(ok);
    expect(verify(signed(), Buffer.from(BODY))).toEqual(ok);
  });

  it('reads header names in any case, and a header given as a list of one', () => {
    const headers = Object.entries(signed()).map(([name, value]) => [name.toUpperCase(), [value]]);
    expect(verify(Object.fromEntries(headers) as RequestHeaders)).toEqual(ok);
  });

  it('passes over signatures of other versions and of other secrets', () => {
    const { 'webhook-signature': good, ...rest } = signed();
    const others = ['v2,AAAA', 'v1,AAAA', 'v1a,AAAA', 'nonsense', ''].join(' ');
    expect(verify({ ...rest, 'webhook-signature': `${others} ${good}` })).toEqual(ok);
    expect(verify({ ...rest, 'webhook-signature': others })).toEqual(refused('bad_signature'));
  });

  it('tries ten signatures at most', () => {
    const { 'webhook-signature': good, ...rest } = signed();
    const after = (count: number) => `${`${version},AAAA `.repeat(count)}${good}`;
    expect(verify({ ...rest, 'webhook-signature': after(9) })).toEqual(ok);
    expect(verify({ ...rest, 'webhook-signature': after(10) })).toEqual(refused('bad_signature'));
  });

  it.each([
    [-301, 'stale'],
    [-300, 'ok'],
    [300, 'ok'],
    [301, 'stale'],
  ])('at a clock that is %i seconds from the timestamp: %s', (seconds, outcome) => {
    const expected = outcome === 'ok' ? ok : refused('stale');
    expect(verify(signed(), BODY, { now: NOW + seconds * 1_000 })).toEqual(expected);
  });

  it('tolerates as much as it is told, and nothing when that is no number', () => {
    const later = { now: NOW + 2_000 };
    expect(verify(signed(), BODY, { ...later, toleranceSeconds: 2 })).toEqual(ok);
    expect(verify(signed(), BODY, { ...later, toleranceSeconds: 1 })).toEqual(refused('stale'));
    expect(verify(signed(), BODY, { toleranceSeconds: Number.NaN })).toEqual(refused('stale'));
  });

  it.each<[string, (headers: ReturnType<typeof signed>) => RequestHeaders, string]>([
    ['no headers', () => ({}), 'missing_header'],
    ['no id', (h) => ({ ...h, 'webhook-id': undefined }), 'missing_header'],
    ['an empty id', (h) => ({ ...h, 'webhook-id': '' }), 'missing_header'],
    ['no timestamp', (h) => ({ ...h, 'webhook-timestamp': undefined }), 'missing_header'],
    ['no signature', (h) => ({ ...h, 'webhook-signature': '' }), 'missing_header'],
    ['an empty list of signatures', (h) => ({ ...h, 'webhook-signature': [] }), 'missing_header'],
    ['an id with a dot', (h) => ({ ...h, 'webhook-id': 'evt.1' }), 'malformed_header'],
    ['an id with a space', (h) => ({ ...h, 'webhook-id': 'evt 1' }), 'malformed_header'],
    ['an id outside ASCII', (h) => ({ ...h, 'webhook-id': 'évt' }), 'malformed_header'],
    ['an id too long', (h) => ({ ...h, 'webhook-id': 'x'.repeat(256) }), 'malformed_header'],
    ['two ids', (h) => ({ ...h, 'webhook-id': ['evt_1', 'evt_2'] }), 'malformed_header'],
    ['two ids in two cases', (h) => ({ ...h, 'Webhook-Id': 'evt_1' }), 'malformed_header'],
    ['an id that is no text', (h) => ({ ...h, 'webhook-id': 7 as never }), 'malformed_header'],
    ['a timestamp in ISO', (h) => ({ ...h, 'webhook-timestamp': '2025-10-09' }), 'malformed_header'],
    ['a negative timestamp', (h) => ({ ...h, 'webhook-timestamp': '-1' }), 'malformed_header'],
    [
      'a timestamp with a fraction',
      (h) => ({ ...h, 'webhook-timestamp': '1760000000.0' }),
      'malformed_header',
    ],
    ['a hexadecimal timestamp', (h) => ({ ...h, 'webhook-timestamp': '0x68e77400' }), 'malformed_header'],
    ['an endless timestamp', (h) => ({ ...h, 'webhook-timestamp': '9'.repeat(400) }), 'malformed_header'],
    ['NaN as the timestamp', (h) => ({ ...h, 'webhook-timestamp': 'NaN' }), 'malformed_header'],
    ['milliseconds', (h) => ({ ...h, 'webhook-timestamp': `${NOW}`.slice(0, 12) }), 'stale'],
    ['another id', (h) => ({ ...h, 'webhook-id': 'evt_2' }), 'bad_signature'],
    ['another second', (h) => ({ ...h, 'webhook-timestamp': '1760000001' }), 'bad_signature'],
    ['a leading zero', (h) => ({ ...h, 'webhook-timestamp': '01760000000' }), 'bad_signature'],
    [
      'only the digits',
      (h) => ({ ...h, 'webhook-signature': h['webhook-signature'].split(',')[1] }),
      'bad_signature',
    ],
    [
      'a signature cut short',
      (h) => ({ ...h, 'webhook-signature': h['webhook-signature'].slice(0, -4) }),
      'bad_signature',
    ],
    ['an empty signature', (h) => ({ ...h, 'webhook-signature': `${version},` }), 'bad_signature'],
    [
      'an upper-case version',
      (h) => ({ ...h, 'webhook-signature': h['webhook-signature'].toUpperCase() }),
      'bad_signature',
    ],
  ])('refuses %s', (_, change, reason) => {
    expect(verify(change(signed()))).toEqual(refused(reason));
  });

  it('refuses a body that was changed, parsed and written anew, or has gone', () => {
    for (const body of ['', ` ${BODY}`, JSON.stringify(JSON.parse(BODY), null, 1), Buffer.alloc(0)])
      expect(verify(signed(), body)).toEqual(refused('bad_signature'));
  });

  it('never throws and never accepts what was not signed', () => {
    const { 'webhook-signature': good } = signed();
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(undefined, '', good, `${version},`, '1760000000', 'evt_1', '__proto__'),
      fc.base64String().map((text) => `${version},${text}`),
      fc.array(fc.string()),
    );
    const headers = fc.record({
      'webhook-id': value,
      'webhook-timestamp': fc.oneof(value, fc.constant('1760000000')),
      'webhook-signature': value,
    });
    const body = fc.oneof(
      fc.string({ unit: 'binary' }).filter((text) => text !== BODY),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    const anything = fc.oneof(headers, fc.dictionary(fc.string(), value) as typeof headers);
    fc.assert(fc.property(anything, body, (given, bytes) => !verify(given as RequestHeaders, bytes).ok));
  });

  it('accepts no request in which one byte of body, id or signature was changed', () => {
    const headers = signed();
    const change = (text: string, at: number, by: number) => {
      const bytes = Buffer.from(text);
      bytes[at % bytes.length] = ((bytes[at % bytes.length] ?? 0) + by) % 128;
      return bytes;
    };
    const parts = fc.constantFrom('body', 'webhook-id', 'webhook-signature');
    fc.assert(
      fc.property(parts, fc.nat(), fc.integer({ min: 1, max: 127 }), (part, at, by) => {
        if (part === 'body') {
          const body = change(BODY, at, by);
          return body.equals(Buffer.from(BODY)) || !verify(headers, body).ok;
        }
        const original = headers[part as keyof typeof headers];
        const changed = { ...headers, [part]: change(original, at, by).toString() };
        // Base64 does not tell the unused bits of its last character, which are no part of the signature.
        const same = Buffer.from(original, 'base64').equals(
          Buffer.from(changed[part as keyof typeof headers], 'base64'),
        );
        return part === 'webhook-signature' && same ? true : !verify(changed).ok;
      }),
    );
  });
});

it('while a secret rotates either one will do', () => {
  const fresh = generateSecret();
  const options = { now: NOW };
  expect(verifyStandard([fresh, secret], signedStandard(), BODY, options)).toEqual(ok);
  expect(verifyStandard([secret, fresh], signedStandard(), BODY, options)).toEqual(ok);
  expect(verifyEd25519([keyPair().text, pair.text], signedEd25519(), BODY, options)).toEqual(ok);
  expect(verifyEd25519([keyPair().text], signedEd25519(), BODY, options)).toEqual(refused('bad_signature'));
});

describe('verifyHmac', () => {
  const digest = createHmac('sha256', 'shared').update(BODY).digest('hex');

  it.each<[string, string | string[] | undefined, string | undefined]>([
    ['its digest', digest, undefined],
    ['its digest in capitals', digest.toUpperCase(), undefined],
    ['a list of one', [digest], undefined],
    ['nothing', undefined, 'missing_header'],
    ['an empty header', '', 'missing_header'],
    ['two', [digest, digest], 'malformed_header'],
    ['base64', Buffer.from(digest, 'hex').toString('base64'), 'malformed_header'],
    ['half of it', digest.slice(32), 'malformed_header'],
    ['a prefix nobody asked for', `sha256=${digest}`, 'malformed_header'],
    ['another one', digest.replace(/^./, (d) => (d === '0' ? '1' : '0')), 'bad_signature'],
  ])('given %s', (_, header, reason) => {
    expect(verifyHmac('shared', header, BODY)).toEqual(reason ? refused(reason) : ok);
  });

  it('asks for the prefix it is told of', () => {
    const prefixed = { prefix: 'sha256=' };
    expect(verifyHmac('shared', `sha256=${digest}`, BODY, prefixed)).toEqual(ok);
    expect(verifyHmac('shared', digest, BODY, prefixed)).toEqual(refused('malformed_header'));
  });

  it('accepts any one of several secrets, and no other body', () => {
    expect(verifyHmac(['fresh', 'shared'], digest, BODY)).toEqual(ok);
    expect(verifyHmac(['fresh'], digest, BODY)).toEqual(refused('bad_signature'));
    expect(verifyHmac('shared', digest, `${BODY} `)).toEqual(refused('bad_signature'));
  });

  it('never throws and never accepts what was not signed', () => {
    const hex = fc.string({
      unit: fc.constantFrom(...'0123456789abcdefABCDEF'),
      minLength: 64,
      maxLength: 64,
    });
    const value = fc.oneof(fc.string({ unit: 'binary' }), hex, fc.array(fc.string()), fc.constant(undefined));
    fc.assert(fc.property(value, fc.string(), (header, body) => !verifyHmac('shared', header, body).ok));
  });
});

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('credentials', () => {
  const user = { username: 'Zoë', password: 'pass:wörd' };
  const bearer = (header: string | string[] | undefined) => verifyBearer(['s3cret', 'older'], header);
  const query = (url: string) => verifyQueryToken(['s3cret', 'old er'], url);

  it.each<[string, Verification, string | undefined]>([
    ['a bearer token', bearer('Bearer s3cret'), undefined],
    ['another of the bearer tokens', bearer('bearer  older'), undefined],
    ['no header', bearer(undefined), 'missing_credentials'],
    ['another token', bearer('Bearer s3cre'), 'bad_credentials'],
    ['a token and more', bearer('Bearer s3cret x'), 'bad_credentials'],
    ['the token alone', bearer('s3cret'), 'bad_credentials'],
    ['Bearer alone', bearer('Bearer'), 'bad_credentials'],
    ['another scheme', bearer('Basic s3cret'), 'bad_credentials'],
    ['two headers', bearer(['Bearer s3cret', 'Bearer s3cret']), 'bad_credentials'],
    ['user and password', verifyBasic(user, basic('Zoë:pass:wörd')), undefined],
    ['basic in capitals', verifyBasic(user, basic('Zoë:pass:wörd').replace('Basic', 'BASIC')), undefined],
    ['no password at all', verifyBasic(user, undefined), 'missing_credentials'],
    ['another password', verifyBasic(user, basic('Zoë:pass')), 'bad_credentials'],
    ['another user', verifyBasic(user, basic('Zoe:pass:wörd')), 'bad_credentials'],
    ['a password in the open', verifyBasic(user, 'Basic Zoë:pass:wörd'), 'bad_credentials'],
    ['no base64', verifyBasic(user, 'Basic %%%'), 'bad_credentials'],
    ['a token in a path', query('/hooks?a=1&token=s3cret'), undefined],
    ['a token in a URL', query('https://example.com/hooks?token=old%20er#top'), undefined],
    ['no query', query('/hooks'), 'missing_credentials'],
    ['an empty token', query('/hooks?token='), 'missing_credentials'],
    ['a token in the fragment', query('/hooks#?token=s3cret'), 'missing_credentials'],
    ['another parameter', query('/hooks?Token=s3cret'), 'missing_credentials'],
    ['two tokens', query('/hooks?token=s3cret&token=x'), 'bad_credentials'],
    ['another token in the URL', query('/hooks?token=%ff%zz'), 'bad_credentials'],
  ])('given %s', (_, verification, reason) => {
    expect(verification).toEqual(reason ? refused(reason) : ok);
  });

  it('never throw and never accept anything else', () => {
    const text = fc.string({ unit: 'binary' });
    const headers = fc.oneof(
      text,
      text.map((token) => `Bearer ${token}`),
      text.map(basic),
      fc.array(text),
    );
    fc.assert(
      fc.property(headers, text, (header, url) => {
        const tried = [bearer(header), verifyBasic(user, header), query(url), query(`/?token=${url}`)];
        return tried.every(({ ok: accepted }) => !accepted);
      }),
    );
  });
});

describe('a key that cannot verify', () => {
  const h = signedStandard();
  it.each<[string, () => unknown]>([
    ['no secrets', () => verifyStandard([], h, BODY)],
    ['a secret without its prefix', () => verifyStandard('c2VjcmV0LXNlY3JldA==', h, BODY)],
    ['a secret that is not base64', () => verifyStandard('whsec_hunter2 hunter2', h, BODY)],
    ['a bad secret beside a good one', () => verifyStandard([secret, 'whsec_'], h, BODY)],
    ['a secret where a public key belongs', () => verifyEd25519(secret, h, BODY)],
    ['a public key of 31 bytes', () => verifyEd25519(`whpk_${'A'.repeat(40)}AA==`, h, BODY)],
    ['no shared secret', () => verifyHmac('', 'x', BODY)],
    ['a secret that is not set', () => verifyHmac([undefined as never], 'x', BODY)],
    ['an empty token', () => verifyBearer(['s3cret', ''], 'Bearer ')],
    ['an empty token in the query', () => verifyQueryToken('', '/?token=')],
    ["a colon in the user's name", () => verifyBasic({ username: 'hunter2:', password: 'x' }, undefined)],
    ['no user and no password', () => verifyBasic({ username: '', password: '' }, basic(':'))],
  ])('is an error of the set-up that does not name it: %s', (_, verify) => {
    expect(verify).toThrow(expect.objectContaining({ code: 'VERIFICATION_KEY_NOT_USABLE' }));
    expect(verify).not.toThrow(/hunter2|s3cret|c2VjcmV0/);
  });
});
