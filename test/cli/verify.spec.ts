import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';
import type { ReceivedRequest } from 'nestjs-booking-webhooks/testing';
import { untilIdle } from 'nestjs-booking-webhooks/testing';
import { Webhook as StandardWebhook } from 'standardwebhooks';

import { cliPlatformSpec } from '../setup/cli-specs.js';
import { Cli } from '../setup/cli.js';
import { cancelled } from '../setup/host.js';

/** The request that the page for receivers shows, and its keys. */
const page = readFileSync(resolve(__dirname, '../../docs/receiving-webhooks.md'), 'utf8');
const section = page.slice(page.indexOf('### A request to try it on'));
const request = (/```http\n(.*?)\n```/s.exec(section)?.[1] ?? '').trimEnd();
const key = (prefix: string) => new RegExp(`\`(${prefix}_[^\`]+)\``).exec(section)?.[1] ?? '';
const [head = '', body = ''] = request.split('\n\n');
/** When its clock stood there. */
const AT = ['--at', new Date(1_894_266_000_000).toISOString()];

let cli: Cli;
let folder: string;

const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

beforeAll(async () => {
  cli = await Cli.build();
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
});
afterAll(() => {
  cli.remove();
  rmSync(folder, { recursive: true });
});

it.each([
  ['standard', 'whsec', []],
  ['ed25519', 'whpk', []],
  ['hmac', 'whsec', ['--scheme', 'hmac']],
])('says of a request in the scheme %s that it verifies', async (scheme, prefix, more) => {
  const env = { WEBHOOK_SECRET: key(prefix) };
  const { exitCode, answer } = await cli.json(['verify', ...AT, ...more], { env, stdin: request });
  expect([exitCode, answer]).toEqual([0, { ok: true, scheme, notes: [] }]);
});

it('takes a file of HTTP, two files or the standard input, and a secret from a file', async () => {
  const secret = ['--secret-file', file('secret', `${key('whsec')}\n`)];
  const whole = ['--request', file('request.http', `POST /hooks HTTP/1.1\n${request}`)];
  const parts = ['--headers', file('headers', head), '--body', file('body', body)];
  const said = {
    exitCode: 0,
    stdout: 'The request is signed by this secret, in the scheme standard.\n',
    stderr: '',
  };
  expect(await cli.run(['verify', ...AT, ...secret, ...whole])).toEqual(said);
  expect(await cli.run(['verify', ...AT, ...secret, ...parts])).toEqual(said);
  expect(await cli.run(['verify', ...AT, ...secret, '--request', '-'], { stdin: request })).toEqual(said);
});

it.each([
  [
    'another secret',
    'wrong_secret',
    AT,
    (text: string) => text,
    `whsec_${Buffer.alloc(32, 3).toString('base64')}`,
  ],
  ['a capture of long ago', 'stale', [], (text: string) => text, undefined],
  ['a body that an editor saved', 'body_changed', AT, (text: string) => `${text}\n`, undefined],
  [
    'a body in another encoding',
    'encoding',
    AT,
    (text: string) => Buffer.from(text).toString('latin1'),
    undefined,
  ],
])(
  'says of %s that it is %s, with a remedy and without the secret',
  async (_what, reason, when, change, other) => {
    const secret = other ?? key('whsec');
    const run = { env: { WEBHOOK_SECRET: secret }, stdin: change(request) };
    const { exitCode, answer } = await cli.json(['verify', ...when], run);
    expect([exitCode, answer]).toMatchObject([
      1,
      { ok: false, reason, remedy: expect.stringMatching(/\.$/) },
    ]);
    const text = await cli.run(['verify', ...when], run);
    expect([text.exitCode, text.stdout.split('\n')[0], text.stderr]).toEqual([
      1,
      `The request does not verify in the scheme standard (${reason}).`,
      '',
    ]);
    expect(text.stdout).not.toContain(secret.slice(6));
  },
);

it.each([
  ['no secret', [], {}, /WEBHOOK_SECRET.*--secret-file/],
  ['an empty secret', [], { WEBHOOK_SECRET: ' ' }, /WEBHOOK_SECRET.*empty/],
  ['half a request', ['--body', 'x'], { WEBHOOK_SECRET: 's' }, /--headers and --body together/],
  [
    'a file that is not there',
    ['--request', '/nowhere'],
    { WEBHOOK_SECRET: 's' },
    /--request names '\/nowhere'.*ENOENT/,
  ],
  ['a scheme that is none', ['--scheme', 'md5'], { WEBHOOK_SECRET: 's' }, /standard, ed25519, hmac, none/],
  ['a tolerance that is no number', ['--tolerance', '5m'], { WEBHOOK_SECRET: 's' }, /--tolerance is '5m'/],
  ['a time that is none', ['--at', 'noon'], { WEBHOOK_SECRET: 's' }, /--at is 'noon'/],
] as const)('%s is refused, and told what to do', async (_what, args, env, said) => {
  const run = await cli.run(['verify', ...args], { env, stdin: request });
  expect(run).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(said) });
});

/** As somebody would have written it down who listened on the wire. */
function captured({ method, path, headers, body }: ReceivedRequest): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  return Buffer.concat([Buffer.from([`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n')), body]);
}

describe('a request that a platform has sent', () => {
  const platform = cliPlatformSpec({ scheduler: 'in-process' });

  const requested = async (fields: Record<string, unknown>, path = '') => {
    const webhook = await platform.host.registry.create(ALL_CONTRACTS, {
      contractId: 'C-1',
      url: `${platform.receiver.url}${path}`,
      eventTypes: ['*'],
      ...fields,
    });
    const send = async () => {
      platform.receiver.requests.length = 0;
      await platform.host.webhooks.publish(cancelled('Zoë <&> 10.50 €'));
      await untilIdle(platform.host.app);
      const [request] = platform.receiver.requests;
      if (!request) throw new Error('Nothing has arrived.');
      return request;
    };
    return { webhook, request: await send(), send };
  };
  const verified = (request: ReceivedRequest, secret: string, ...args: string[]) =>
    platform.json(['verify', ...args], { env: { WEBHOOK_SECRET: secret }, stdin: captured(request) });
  const yes = (scheme: string) => ({ exitCode: 0, answer: { ok: true, scheme, notes: [] } });

  const FORMATS = [
    ['json', 'application/json', /^\{/],
    ['xml', 'application/xml', /^<\?xml/],
    ['form', 'application/x-www-form-urlencoded', /^[^{<]+=/],
  ] as const;

  it.each(FORMATS)(
    'verifies as %s in the scheme standard, and standardwebhooks agrees',
    async (format, type, shape) => {
      const { webhook, request, send } = await requested({ format });
      const { secret: old = '' } = webhook;
      expect([request.headers['content-type'], request.body.toString()]).toEqual([
        expect.stringContaining(type),
        expect.stringMatching(shape),
      ]);
      expect(await verified(request, old)).toEqual(yes('standard'));
      const judge = new StandardWebhook(old);
      const {
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': signature,
      } = request.headers;
      const at = new Date(Number(seconds) * 1_000);
      expect(judge.sign(String(id), at, request.body.toString())).toBe(signature);
      if (format === 'json')
        expect(
          judge.verify(request.body.toString(), request.headers as Record<string, string>),
        ).toBeDefined();

      const changed = { ...request, body: Buffer.concat([request.body, Buffer.from('\n')]) };
      const { 'content-length': _length, ...headers } = changed.headers;
      expect(await verified({ ...changed, headers }, old)).toMatchObject({
        exitCode: 1,
        answer: { reason: 'body_changed' },
      });

      const { secret: fresh = '' } = await platform.host.registry.rotateSecret(ALL_CONTRACTS, webhook.id);
      const both = await send();
      for (const secret of [old, fresh]) expect(await verified(both, secret)).toEqual(yes('standard'));
    },
  );

  it.each(FORMATS)(
    'verifies as %s in the scheme ed25519, by the public key of the webhook',
    async (format) => {
      const { webhook, request } = await requested({ format, signing: 'ed25519' });
      const { publicKey = '' } = webhook.signing;
      expect(publicKey).toMatch(/^whpk_/);
      expect(await verified(request, publicKey)).toEqual(yes('ed25519'));
      const changed = { ...request, body: Buffer.from(request.body.toString().replace('10.50', '10.60')) };
      expect(await verified(changed, publicKey)).toMatchObject({
        exitCode: 1,
        answer: { reason: 'wrong_secret' },
      });
    },
  );

  it.each(FORMATS)(
    'verifies as %s in the scheme hmac, in a header and behind a prefix of its own',
    async (format) => {
      const plain = await requested({ format, signing: 'hmac' });
      expect(await verified(plain.request, plain.webhook.secret ?? '')).toEqual(yes('hmac'));
      await platform.host.registry.delete(ALL_CONTRACTS, plain.webhook.id);
      const own = { format, signing: 'hmac', signatureHeader: 'X-Mine', signaturePrefix: 'sha256=' };
      const { webhook, request } = await requested(own);
      const options = ['--scheme', 'hmac', '--header', 'X-Mine', '--prefix', 'sha256='];
      expect(await verified(request, webhook.secret ?? '', ...options)).toEqual(yes('hmac'));
      const told = await verified(request, webhook.secret ?? '');
      expect(told.answer).toMatchObject({
        reason: 'wrong_scheme',
        remedy: expect.stringContaining('--header x-mine'),
      });
    },
  );

  it('in the scheme none is found by what it carries', async () => {
    const headers = { Authorization: 'Bearer t0k3n' };
    const { request, webhook } = await requested({ signing: 'none', headers }, '/hooks?key=in-url');
    expect(webhook.secret).toBeUndefined();
    const bearer = await verified(request, 't0k3n', '--scheme', 'none');
    expect(bearer).toMatchObject({
      exitCode: 0,
      answer: { found: 'the header authorization, as a bearer token' },
    });
    const url = await verified(request, 'in-url', '--scheme', 'none');
    expect(url).toMatchObject({ exitCode: 0, answer: { found: 'the parameter key of its URL' } });
    const wrong = await verified(request, 't1k3n', '--scheme', 'none');
    expect(wrong).toMatchObject({ exitCode: 1, answer: { reason: 'wrong_secret', certain: true } });
    expect(JSON.stringify(wrong)).not.toMatch(/t0k3n|in-url|t1k3n/);
    const guessed = await verified(request, 't0k3n');
    expect(guessed.answer).toMatchObject({ remedy: expect.stringContaining('--scheme none') });
  });
});
