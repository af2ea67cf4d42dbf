import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';
import { TestReceiver, untilIdle } from 'nestjs-booking-webhooks/testing';
import { verifyStandard } from 'nestjs-booking-webhooks/receiver';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Cli } from '../setup/cli.js';
import type { SharedServices } from '../setup/host.js';
import { cancelled, Host, SECRET_KEY, sharedServices } from '../setup/host.js';
import { rowsOf } from '../setup/rows.js';

const NEW_KEY = Buffer.alloc(32, 9).toString('base64');
const TOKEN = 'token-of-an-agent';

let cli: Cli;
let shared: SharedServices;
let receiver: TestReceiver;
let host: Host;
let secret: string;
let env: Record<string, string>;

beforeAll(async () => {
  cli = await Cli.build();
});
afterAll(() => cli.remove());

const sealed = () =>
  rowsOf<{ id: string; text: string }>(
    shared.database.url,
    `SELECT id, sealed_secrets AS text FROM webhook UNION ALL SELECT id, sealed_headers FROM webhook WHERE sealed_headers IS NOT NULL
     UNION ALL SELECT id, sealed_url FROM webhook WHERE sealed_url IS NOT NULL
     UNION ALL SELECT id, originator FROM webhook_event WHERE originator IS NOT NULL ORDER BY 1, 2`,
  );
const keyIds = async () =>
  new Set((await sealed()).flatMap(({ text }) => /v1\.([0-9a-f]{8})\./.exec(text)?.[1] ?? []));

beforeEach(async () => {
  shared = await sharedServices();
  receiver = await TestReceiver.start();
  host = await Host.start({ shared, scheduler: 'in-process' });
  const url = new URL(receiver.url);
  url.username = 'user';
  url.password = 'in-url';
  ({ secret } = await host.subscribe(url.href, { headers: { 'x-key': 'in-header' } }));
  const deleted = await host.subscribe(receiver.url);
  await host.registry.delete(ALL_CONTRACTS, deleted.id);
  await host.webhooks.publish(
    cancelled('B-1', { originator: { type: 'agent', id: 1, name: 'A', tokenUsed: TOKEN } as never }),
  );
  await untilIdle(host.app);
  await host.app.close();
  env = { DATABASE_URL: shared.database.url, WEBHOOKS_SECRET_KEYS: `${NEW_KEY},${SECRET_KEY}` };
});
afterEach(async () => {
  await receiver.stop();
  await shared.database.drop();
});

it('seals everything in the new key, and the platform runs with that one alone', async () => {
  const before = await sealed();
  const [old] = await keyIds();
  const dry = await cli.json(['reseal', '--dry-run'], { env });
  expect(dry).toMatchObject({
    exitCode: 0,
    answer: { dryRun: true, resealed: 4, current: 0, changed: 0, unreadable: 0 },
  });
  expect(await sealed()).toEqual(before);

  const { exitCode, stdout, stderr } = await cli.run(['reseal'], { env });
  expect([exitCode, stdout]).toEqual([
    0,
    expect.stringMatching(/^4 texts sealed anew, 0 texts.*\nThe other keys can go/),
  ]);
  // Two webhooks and one event were looked at.
  expect(stderr).toContain('3 of 3');
  const ids = await keyIds();
  expect([ids.size, ids.has(old ?? '')]).toEqual([1, false]);

  const next = await Host.start({ shared, scheduler: 'in-process', secretKeys: [NEW_KEY] });
  try {
    receiver.requests.length = 0;
    await next.webhooks.publish(cancelled('B-2'));
    await untilIdle(next.app);
    const [request] = receiver.requests;
    expect(request?.headers).toMatchObject({
      'x-key': 'in-header',
      authorization: `Basic ${Buffer.from('user:in-url').toString('base64')}`,
    });
    expect(verifyStandard(secret, request?.headers ?? {}, request?.body ?? '')).toEqual({ ok: true });
  } finally {
    await next.app.close();
  }
});

it('goes on where an earlier run ended, and writes nothing that is done', async () => {
  await cli.run(['reseal'], { env });
  const done = await sealed();
  const { exitCode, answer } = await cli.json(['reseal'], { env });
  expect([exitCode, answer]).toMatchObject([0, { resealed: 0, current: 4 }]);
  expect(await sealed()).toEqual(done);
});

it('leaves what no key opens, says where it is, and does the rest', async () => {
  const stranger = Buffer.alloc(32, 1).toString('base64');
  const before = await sealed();
  const { exitCode, stdout } = await cli.run(['reseal'], {
    env: { ...env, WEBHOOKS_SECRET_KEYS: `${NEW_KEY} ${stranger}` },
  });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/4 texts that no key opens, in webhook [0-9a-f-]{36}.*event [0-9a-f-]{36}/s);
  expect(await sealed()).toEqual(before);
});

it('shows neither keys nor secrets', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reseal-'));
  try {
    const file = join(folder, 'keys');
    writeFileSync(file, `${NEW_KEY}\n${SECRET_KEY}\n`);
    const database = { DATABASE_URL: shared.database.url };
    const { stdout, stderr, exitCode } = await cli.run(['reseal', '--secret-keys-file', file], {
      env: database,
    });
    expect(exitCode).toBe(0);
    const bad = await cli.run(['reseal'], {
      env: { ...env, WEBHOOKS_SECRET_KEYS: `${NEW_KEY},${SECRET_KEY}x` },
    });
    expect([bad.exitCode, bad.stderr]).toEqual([2, expect.stringContaining('number 2 is not 32 bytes')]);
    const none = await cli.run(['reseal'], { env: database });
    expect([none.exitCode, none.stderr]).toEqual([
      2,
      expect.stringMatching(/WEBHOOKS_SECRET_KEYS.*--secret-keys-file/),
    ]);
    const missing = await cli.run(['reseal', '--secret-keys-file', join(folder, 'x')], { env: database });
    expect([missing.exitCode, missing.stderr]).toEqual([
      2,
      expect.stringMatching(/--secret-keys-file names.*ENOENT/),
    ]);
    const said = [stdout, stderr, bad.stderr, none.stderr, missing.stderr].join('\n');
    for (const hidden of [NEW_KEY, SECRET_KEY, secret, TOKEN, 'in-url', 'in-header'])
      expect(said).not.toContain(hidden);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
