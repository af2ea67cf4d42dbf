import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { publicKeyOf } from '../../signing/ed25519-signature.js';
import { generateSecretFor, signatureHeaders } from '../../signing/signing-schemes.js';
import type { CapturedRequest } from './captured-request.js';
import { readHeaders, readRawRequest } from './captured-request.js';
import type { Expected, Reason, SignedScheme } from './diagnosis.js';
import { diagnose } from './diagnosis.js';

const AT = Date.UTC(2026, 10, 22, 9);
const ID = '0197c0de-0000-7000-8000-000000000001';
const TEXT = '{"type":"booking.cancelled","data":{"guest":"Zoë","total":"10.50 €"}}';

const SECRET = generateSecretFor('standard');
const PRIVATE_KEY = generateSecretFor('ed25519');
const SECRETS: Record<SignedScheme, { signs: string; verifies: string }> = {
  standard: { signs: SECRET, verifies: SECRET },
  hmac: { signs: SECRET, verifies: SECRET },
  ed25519: { signs: PRIVATE_KEY, verifies: publicKeyOf(PRIVATE_KEY) },
};

/** A request as the module would send it at `AT`. */
function sent(scheme: SignedScheme, text = TEXT, secret = SECRETS[scheme].signs): CapturedRequest {
  const body = Buffer.from(text);
  const signed = signatureHeaders({ scheme, secrets: [secret], id: ID, timestampSeconds: AT / 1_000, body });
  const headers = Object.entries({ ...signed, 'content-length': String(body.length) });
  return {
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), [value]])),
    body,
    notes: [],
  };
}

function expected(scheme: SignedScheme, fields: Partial<Expected> = {}): Expected {
  const secrets = [SECRETS[scheme].verifies];
  return {
    scheme,
    secrets,
    header: 'X-CapData-Signature',
    prefix: '',
    toleranceSeconds: 300,
    at: AT,
    ...fields,
  };
}

const no = (reason: Reason, certain: boolean) => ({ ok: false, reason, certain });

describe.each(['standard', 'ed25519', 'hmac'] as const)(
  'a request that is signed in the scheme %s',
  (scheme) => {
    it('verifies', () => {
      expect(diagnose(sent(scheme), expected(scheme))).toEqual({ ok: true });
    });

    it('verifies by any of several secrets', () => {
      const other = scheme === 'ed25519' ? publicKeyOf(generateSecretFor(scheme)) : generateSecretFor(scheme);
      const secrets = [other, SECRETS[scheme].verifies];
      expect(diagnose(sent(scheme), expected(scheme, { secrets }))).toEqual({ ok: true });
    });

    it('and with another secret does not, and nothing is found in the body', () => {
      const other = generateSecretFor(scheme);
      const verdict = diagnose(sent(scheme, TEXT, other), expected(scheme));
      expect(verdict).toMatchObject(no('wrong_secret', false));
      expect(JSON.stringify(verdict)).not.toContain(SECRETS[scheme].verifies.slice(6));
    });

    const changes: [string, Reason, RegExp, (body: Buffer) => Buffer | string][] = [
      ['an end of line more', 'body_changed', /end of line/, (body) => `${body.toString()}\n`],
      ['CR LF for line feeds', 'body_changed', /CR LF/, (body) => body.toString().replaceAll('\n', '\r\n')],
      [
        'formatted anew',
        'body_changed',
        /parsed and written anew/,
        (body) => JSON.stringify(JSON.parse(body.toString()), null, 2),
      ],
      [
        'escaped anew',
        'body_changed',
        /parsed and written anew/,
        (body) => body.toString().replace('ë', '\\u00eb'),
      ],
      ['a JSON text', 'body_changed', /into a JSON text/, (body) => JSON.stringify(body.toString())],
      ['a byte order mark', 'encoding', /byte order mark/, (body) => `\uFEFF${body.toString()}`],
      ['encoded twice', 'encoding', /read as Latin-1/, (body) => Buffer.from(body.toString('latin1'))],
      ['in UTF-16', 'encoding', /UTF-16/, (body) => Buffer.from(`\uFEFF${body.toString()}`, 'utf16le')],
      ['in base64', 'encoding', /base64/, (body) => body.toString('base64')],
      ['compressed', 'encoding', /compressed/, (body) => gzipSync(body)],
    ];
    it.each(changes)('and whose body has become %s is told so (%s)', (what, reason, detail, change) => {
      // Without a Content-Length, so that it is the signature that tells.
      const request = sent(scheme, what === 'CR LF for line feeds' ? `${TEXT}\n{"second":"line"}` : TEXT);
      const { 'content-length': _length, ...headers } = request.headers;
      const body = Buffer.from(change(request.body));
      const verdict = diagnose({ headers, body, notes: [] }, expected(scheme));
      expect(verdict).toMatchObject({ ...no(reason, true), detail: expect.stringMatching(detail) });
    });

    it('and whose body was cut is told by its length', () => {
      const request = sent(scheme);
      const verdict = diagnose({ ...request, body: request.body.subarray(0, 20) }, expected(scheme));
      expect(verdict).toMatchObject({
        ...no('body_changed', true),
        detail: expect.stringContaining(`20 bytes where Content-Length says ${request.body.length}`),
      });
    });
  },
);

describe.each(['standard', 'ed25519'] as const)('the time of a request in the scheme %s', (scheme) => {
  it.each([
    [301, /5 min 1 s before/],
    [-301, /5 min 1 s after/],
    [86_400, /1 d before/],
  ])('%i s from its arrival is too far, although the signature is right', (seconds, detail) => {
    const verdict = diagnose(sent(scheme), expected(scheme, { at: AT + seconds * 1_000 }));
    expect(verdict).toMatchObject({ ...no('stale', true), detail: expect.stringMatching(detail) });
  });

  it('is right up to the tolerance', () => {
    expect(diagnose(sent(scheme), expected(scheme, { at: AT + 300_000 }))).toEqual({ ok: true });
    expect(diagnose(sent(scheme), expected(scheme, { at: AT + 301_000, toleranceSeconds: 301 }))).toEqual({
      ok: true,
    });
  });
});

describe('a secret in another form', () => {
  const raw = Buffer.from(SECRET.slice(6), 'base64');
  it.each([
    ['in quotes', `"${SECRET}"`],
    ['without its prefix', SECRET.slice(6)],
    ['in base64url', `whsec_${raw.toString('base64url')}`],
  ])('of standard, %s', (_what, secret) => {
    const verdict = diagnose(sent('standard'), expected('standard', { secrets: [secret] }));
    expect(verdict).toMatchObject(no('secret_form', true));
    expect(JSON.stringify(verdict)).not.toContain(SECRET.slice(6, 20));
  });

  it('of standard, which the sender took as a text', () => {
    const request = sent('standard');
    const signature = createHmac('sha256', SECRET)
      .update(`${ID}.${AT / 1_000}.`)
      .update(TEXT)
      .digest('base64');
    request.headers['webhook-signature'] = [`v1,${signature}`];
    const verdict = diagnose(request, expected('standard'));
    expect(verdict).toMatchObject({
      ...no('secret_form', true),
      detail: expect.stringContaining('taken as a text'),
    });
  });

  it.each([
    ['without its prefix', SECRET.slice(6), SECRET],
    ['decoded by the sender', SECRET, raw],
  ])('of hmac, %s', (_what, secret, key) => {
    const request = sent('hmac');
    request.headers['x-capdata-signature'] = [createHmac('sha256', key).update(TEXT).digest('hex')];
    expect(diagnose(request, expected('hmac', { secrets: [secret] }))).toMatchObject(no('secret_form', true));
  });

  it('of ed25519, the private one', () => {
    const verdict = diagnose(sent('ed25519'), expected('ed25519', { secrets: [PRIVATE_KEY] }));
    expect(verdict).toMatchObject({
      ...no('secret_form', true),
      detail: expect.stringContaining('private key'),
    });
    expect(JSON.stringify(verdict)).not.toContain(PRIVATE_KEY.slice(5, 20));
  });

  it('that is none at all', () => {
    expect(diagnose(sent('ed25519'), expected('ed25519', { secrets: ['whpk_x'] }))).toMatchObject({
      ...no('secret_form', false),
      detail: expect.stringContaining('whpk_'),
    });
  });
});

describe('headers that do not fit', () => {
  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('%s is missing', (name) => {
    const request = sent('standard');
    const { [name]: _gone, ...headers } = request.headers;
    expect(diagnose({ ...request, headers }, expected('standard'))).toMatchObject({
      ...no('missing_header', true),
      detail: `The request has no header ${name}.`,
    });
  });

  it('a plain HMAC is recognised where Standard Webhooks is expected, and the other way round', () => {
    const hmac = { ...sent('hmac'), headers: { 'x-signature': [`sha256=${'a'.repeat(64)}`] } };
    expect(diagnose(hmac, expected('standard'))).toMatchObject({
      reason: 'wrong_scheme',
      remedy: 'Pass --scheme hmac --header x-signature --prefix sha256=.',
    });
    expect(diagnose(sent('standard'), expected('hmac'))).toMatchObject({ reason: 'wrong_scheme' });
  });

  it.each([
    ['standard', 'ed25519'],
    ['ed25519', 'standard'],
  ] as const)('a signature of %s is recognised where %s is expected', (is, asked) => {
    expect(diagnose(sent(is), expected(asked))).toMatchObject({
      ...no('wrong_scheme', false),
      remedy: expect.stringContaining(`--scheme ${is}`),
    });
  });

  it.each([
    ['webhook-timestamp', String(AT), /milliseconds/],
    ['webhook-timestamp', 'now', /whole seconds/],
    ['webhook-id', 'a.b', /webhook-id/],
  ])('%s: %s is malformed', (name, value, detail) => {
    const request = sent('standard');
    request.headers[name] = [value];
    expect(diagnose(request, expected('standard'))).toMatchObject({
      ...no('malformed_header', true),
      detail: expect.stringMatching(detail),
    });
  });

  it('one that is there twice is malformed', () => {
    const request = sent('standard');
    request.headers['webhook-id'] = [ID, ID];
    expect(diagnose(request, expected('standard'))).toMatchObject({
      detail: expect.stringContaining('more than once'),
    });
  });
});

describe('a request that nothing signs', () => {
  const basic = `Basic ${Buffer.from('user:password').toString('base64')}`;
  const carrying = (headers: Record<string, string>, target?: string): CapturedRequest => ({
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    body: Buffer.from(TEXT),
    notes: [],
    target,
  });
  const asked = (request: CapturedRequest, ...secrets: string[]) =>
    diagnose(request, { ...expected('hmac'), scheme: 'none', secrets });

  it.each([
    [
      'a bearer token',
      carrying({ authorization: 'bearer t0k3n' }),
      't0k3n',
      /authorization, as a bearer token/,
    ],
    ['user and password', carrying({ authorization: basic }), 'user:password', /as user and password/],
    ['a header of its own', carrying({ 'x-api-key': 't0k3n' }), 't0k3n', /the header x-api-key/],
    ['a parameter', carrying({}, '/hooks?a=b&token=t0%2Bk3n'), 't0+k3n', /the parameter token/],
  ])('has the secret in %s', (_what, request, secret, found) => {
    expect(asked(request, 'another', secret)).toEqual({ ok: true, found: expect.stringMatching(found) });
  });

  it.each([
    ['in quotes', '"t0k3n"', /in quotes/],
    ['with its scheme', 'Bearer  t0k3n', /name of its scheme/],
  ])('is told the form of a secret %s', (_what, secret, detail) => {
    const verdict = asked(carrying({ authorization: 'Bearer t0k3n' }), secret);
    expect(verdict).toMatchObject({ ...no('secret_form', true), detail: expect.stringMatching(detail) });
  });

  it('has another one, or none at all, and neither is shown', () => {
    const other = asked(carrying({ authorization: 'Bearer t0k3n', host: 'x' }, '/?token=t1k3n'), 's3cr3t');
    expect(other).toMatchObject({
      ...no('wrong_secret', true),
      detail: expect.stringMatching(
        /another text in the header authorization.*the parameter token of its URL/,
      ),
    });
    expect(JSON.stringify(other)).not.toMatch(/t0k3n|t1k3n|s3cr3t/);
    const none = asked(carrying({ host: 'x' }), 's3cr3t');
    expect(none).toMatchObject({
      ...no('missing_credentials', true),
      detail: expect.stringContaining('no first line'),
    });
    const signed = asked(sent('standard'), 's3cr3t');
    expect(signed).toMatchObject({ remedy: expect.stringContaining('--scheme standard') });
  });
});

describe('a capture', () => {
  it('is read with its first line or without, with CR LF or line feeds', () => {
    for (const lineEnd of ['\r\n', '\n'])
      for (const first of ['POST /hooks HTTP/1.1', 'webhook-id: 1']) {
        const raw = [first, 'X-Key: a: b', '', '{"a":1}\n{"b":2}'].join(lineEnd);
        const { headers, body, target } = readRawRequest(Buffer.from(raw));
        expect(headers['x-key']).toEqual(['a: b']);
        expect(target).toBe(first.startsWith('POST') ? '/hooks' : undefined);
        expect(body.toString()).toBe('{"a":1}\n{"b":2}');
      }
  });

  it('ends where its Content-Length says, and is put together where it came in chunks', () => {
    const cut = readRawRequest(Buffer.from('content-length: 2\n\n{}\n'));
    expect([cut.body.toString(), cut.notes]).toEqual(['{}', [expect.stringContaining('1 bytes')]]);
    const chunked = readRawRequest(
      Buffer.from('Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n4;x=y\r\n":1}\r\n0\r\n\r\n'),
    );
    expect(chunked.body.toString()).toBe('{"a":1}');
    const already = readRawRequest(Buffer.from('Transfer-Encoding: chunked\n\n{"a":1}'));
    expect(already.body.toString()).toBe('{"a":1}');
  });

  it('has headers as lines or as JSON, and a line that is none is told by its number alone', () => {
    expect(readHeaders('{"Webhook-Id": "1", "x": ["a", "b"], "n": 2}')).toEqual({
      'webhook-id': ['1'],
      x: ['a', 'b'],
      n: ['2'],
    });
    expect(() => readHeaders('a: b\nBearer credential')).toThrow(/Line 2 of the headers/);
    expect(() => readHeaders('a: b\nBearer credential')).not.toThrow(/credential/);
    expect(() => readHeaders('{"a": {}}')).toThrow(/'a' is not a text/);
    expect(() => readHeaders('{"a"')).toThrow(/like JSON/);
    expect(() => readRawRequest(Buffer.from('a: b'))).toThrow(/no empty line/);
  });
});
