import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { Cli } from '../setup/cli.js';

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
  ['a scheme that is none', ['--scheme', 'none'], { WEBHOOK_SECRET: 's' }, /standard, ed25519, hmac/],
  ['a tolerance that is no number', ['--tolerance', '5m'], { WEBHOOK_SECRET: 's' }, /--tolerance is '5m'/],
  ['a time that is none', ['--at', 'noon'], { WEBHOOK_SECRET: 's' }, /--at is 'noon'/],
] as const)('%s is refused, and told what to do', async (_what, args, env, said) => {
  const run = await cli.run(['verify', ...args], { env, stdin: request });
  expect(run).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(said) });
});
