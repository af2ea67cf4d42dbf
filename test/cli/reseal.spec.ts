import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';
import { untilIdle } from 'nestjs-booking-webhooks/testing';
import { verifyStandard } from 'nestjs-booking-webhooks/receiver';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cliPlatformSpec } from '../setup/cli-specs.js';
import { cancelled, Host, SECRET_KEY } from '../setup/host.js';

const NEW_KEY = Buffer.alloc(32, 9).toString('base64');
const TOKEN = 'token-of-an-agent';

const platform = cliPlatformSpec({ scheduler: 'in-process' });
const env = { WEBHOOKS_SECRET_KEYS: `${NEW_KEY},${SECRET_KEY}` };
let secret: string;

const sealed = () =>
  platform.rows<{ id: string; text: string }>(
    `SELECT id, sealed_secrets AS text FROM webhook UNION ALL SELECT id, sealed_headers FROM webhook WHERE sealed_headers IS NOT NULL
     UNION ALL SELECT id, sealed_url FROM webhook WHERE sealed_url IS NOT NULL
     UNION ALL SELECT id, originator FROM webhook_event WHERE originator IS NOT NULL ORDER BY 1, 2`,
  );
const keyIds = async () =>
  new Set((await sealed()).flatMap(({ text }) => /v1\.([0-9a-f]{8})\./.exec(text)?.[1] ?? []));

beforeEach(async () => {
  const { host, receiver } = platform;
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
});

it('seals everything in the new key, and the platform runs with that one alone', async () => {
  const before = await sealed();
  const [old] = await keyIds();
  const dry = await platform.json(['reseal', '--dry-run'], { env });
  expect(dry).toMatchObject({
    exitCode: 0,
    answer: { dryRun: true, resealed: 4, current: 0, changed: 0, unreadable: 0 },
  });
  expect(await sealed()).toEqual(before);

  const { exitCode, stdout, stderr } = await platform.run(['reseal'], { env });
  expect([exitCode, stdout]).toEqual([
    0,
    expect.stringMatching(/^4 texts sealed anew, 0 texts.*\nThe other keys can go/),
  ]);
  // Two webhooks and one event were looked at.
  expect(stderr).toContain('3 of 3');
  const ids = await keyIds();
  expect([ids.size, ids.has(old ?? '')]).toEqual([1, false]);

  const next = await Host.start({ shared: platform.shared, scheduler: 'in-process', secretKeys: [NEW_KEY] });
  try {
    platform.receiver.requests.length = 0;
    await next.webhooks.publish(cancelled('B-2'));
    await untilIdle(next.app);
    const [request] = platform.receiver.requests;
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
  await platform.run(['reseal'], { env });
  const done = await sealed();
  const { exitCode, answer } = await platform.json(['reseal'], { env });
  expect([exitCode, answer]).toMatchObject([0, { resealed: 0, current: 4 }]);
  expect(await sealed()).toEqual(done);
});

it('leaves what no key opens, says where it is, and does the rest', async () => {
  const stranger = Buffer.alloc(32, 1).toString('base64');
  const before = await sealed();
  const { exitCode, stdout } = await platform.run(['reseal'], {
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
    const { stdout, stderr, exitCode } = await platform.run(['reseal', '--secret-keys-file', file]);
    expect(exitCode).toBe(0);
    const bad = await platform.run(['reseal'], {
      env: { ...env, WEBHOOKS_SECRET_KEYS: `${NEW_KEY},${SECRET_KEY}x` },
    });
    expect([bad.exitCode, bad.stderr]).toEqual([2, expect.stringContaining('number 2 is not 32 bytes')]);
    const none = await platform.run(['reseal']);
    expect([none.exitCode, none.stderr]).toEqual([
      2,
      expect.stringMatching(/WEBHOOKS_SECRET_KEYS.*--secret-keys-file/),
    ]);
    const missing = await platform.run(['reseal', '--secret-keys-file', join(folder, 'x')]);
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
