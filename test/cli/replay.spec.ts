import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';
import { untilIdle } from 'nestjs-booking-webhooks/testing';

import { cliPlatformSpec } from '../setup/cli-specs.js';
import { cancelled } from '../setup/host.js';
import { until } from '../setup/until.js';

interface Row {
  id: string;
  status: string;
  trigger: string;
  attempt_count: number;
}

const VOUCHER = {
  name: 'voucher.redeemed',
  label: 'Voucher redeemed',
  description: 'A voucher was redeemed.',
};

let works: boolean;

const platform = cliPlatformSpec({
  answer: () => ({ status: works ? 204 : 500 }),
  // One attempt and no pause: what fails is exhausted at once, and disables nothing.
  retryDelaysMs: [],
  pauseAfterFailures: 1_000,
  catalog: { eventTypes: [VOUCHER] },
});
beforeEach(() => {
  works = false;
});

const deliveries = (webhookId: string) =>
  platform.rows<Row>(
    `SELECT id, status, trigger, attempt_count FROM webhook_delivery WHERE webhook_id = '${webhookId}' ORDER BY id`,
  );
const statuses = async (webhookId: string) => (await deliveries(webhookId)).map(({ status }) => status);

async function failed(webhook: { id: string }, count: number): Promise<Row[]> {
  await platform.host.webhooks.publish(
    Array.from({ length: count }, (_, number) => cancelled(`B-${number}`)),
  );
  await untilIdle(platform.host.app);
  const rows = await deliveries(webhook.id);
  expect(rows.map(({ status }) => status)).toEqual(Array<string>(count).fill('exhausted'));
  works = true;
  return rows;
}

describe('replay delivery', () => {
  it('makes it due, and the running platform sends it without having been called', async () => {
    const webhook = await platform.host.subscribe(platform.receiver.url);
    const [delivery] = await failed(webhook, 1);
    const id = delivery?.id ?? '';

    const dry = await platform.json(['replay', 'delivery', id, '--dry-run']);
    expect(dry).toMatchObject({
      exitCode: 0,
      answer: { dryRun: true, delivery: id, webhook: webhook.id, was: 'exhausted' },
    });
    expect(await statuses(webhook.id)).toEqual(['exhausted']);

    const { exitCode, stdout } = await platform.run(['replay', 'delivery', id]);
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/is due now.*sweep.*sweepIntervalMs/)]);
    await until('it has arrived', async () => (await statuses(webhook.id))[0] === 'succeeded');
    const [first, second] = platform.receiver.requests;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(await deliveries(webhook.id)).toMatchObject([{ trigger: 'manual', attempt_count: 2 }]);
  });

  it('keeps to the rules of the REST resource', async () => {
    const webhook = await platform.host.subscribe(platform.receiver.url);
    const [delivery] = await failed(webhook, 1);
    await platform.host.registry.deactivate(ALL_CONTRACTS, webhook.id);
    const before = await deliveries(webhook.id);
    const off = await platform.json(['replay', 'delivery', delivery?.id ?? '']);
    expect(off).toMatchObject({ exitCode: 4, answer: { error: { code: 'WEBHOOK_NOT_ACTIVE' } } });
    expect(await deliveries(webhook.id)).toEqual(before);

    const none = await platform.run(['replay', 'delivery', '0197c0de-0000-7000-8000-000000000001']);
    expect(none).toMatchObject({
      exitCode: 4,
      stdout: '',
      stderr: expect.stringContaining('no delivery with the id'),
    });
    const odd = await platform.run(['replay', 'delivery', "'; DROP TABLE webhook"]);
    expect(odd.exitCode).toBe(4);
    expect(await deliveries(webhook.id)).toEqual(before);
  });
});

describe('replay webhook', () => {
  it('sends what failed and what passed it by, event types of the host included', async () => {
    const webhook = await platform.host.subscribe(platform.receiver.url);
    const since = new Date().toISOString();
    await failed(webhook, 3);
    await platform.host.registry.deactivate(ALL_CONTRACTS, webhook.id);
    await platform.host.webhooks.publish({ ...cancelled('B-9'), type: 'voucher.redeemed' as never });
    await until('it is fanned out', async () => {
      const waiting = await platform.rows('SELECT 1 FROM webhook_event WHERE fanned_out_at IS NULL');
      return waiting.length === 0;
    });

    const dry = await platform.json(['replay', 'webhook', webhook.id, '--since', since, '--dry-run']);
    expect(dry).toMatchObject({
      exitCode: 0,
      answer: { dryRun: true, status: 'inactive', deliveries: 4, failed: 3, missed: 1, olderThanWebhook: 0 },
    });
    const off = await platform.json(['replay', 'webhook', webhook.id, '--since', since]);
    expect(off).toMatchObject({ exitCode: 4, answer: { error: { code: 'WEBHOOK_NOT_ACTIVE' } } });
    await platform.host.registry.activate(ALL_CONTRACTS, webhook.id);

    const { exitCode, stdout, stderr } = await platform.run([
      'replay',
      'webhook',
      webhook.id,
      '--since',
      '10m',
    ]);
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^4 deliveries are due now\. .*sweep/)]);
    expect(stderr).toContain('4 of 4');
    await until('all have arrived', async () =>
      (await statuses(webhook.id)).every((status) => status === 'succeeded'),
    );
    expect(await statuses(webhook.id)).toHaveLength(4);
  });

  it('puts what a webhook missed to which nothing is sent into its feed', async () => {
    const pulling = await platform.host.subscribe('', { url: undefined, transport: 'pull' });
    await platform.host.registry.deactivate(ALL_CONTRACTS, pulling.id);
    await platform.host.webhooks.publish(cancelled('B-1'));
    await untilIdle(platform.host.app);
    await platform.host.registry.activate(ALL_CONTRACTS, pulling.id);
    const { exitCode, stdout } = await platform.run(['replay', 'webhook', pulling.id, '--since', '10m']);
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/^1 delivery is in the webhook's feed now/),
    ]);
    expect(await statuses(pulling.id)).toEqual(['offered']);
  });

  it.each([
    ['no time', ['--since', 'yesterday'], /--since is 'yesterday'.*ISO 8601.*2d/],
    ['a time without a zone', ['--since', '2026-11-22T09:00:00'], /--since/],
    ['the future', ['--since', '2999-01-01T00:00:00Z'], /in the future/],
    ['no --since', [], /--since/],
  ])('%s is refused', async (_what, args, said) => {
    const webhook = await platform.host.subscribe(platform.receiver.url);
    const run = await platform.run(['replay', 'webhook', webhook.id, ...args]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(said) });
  });
});

describe('replay failed', () => {
  it('sends those of a range of time, counts them first, and leaves out what may not be sent', async () => {
    const mine = await platform.host.subscribe(platform.receiver.url);
    const other = await platform.host.subscribe(platform.receiver.url, { contractId: 'C-2' });
    await failed(mine, 3);
    works = false;
    await platform.host.webhooks.publish([cancelled('B-1', { contractId: 'C-2' })]);
    await untilIdle(platform.host.app);
    await platform.host.registry.deactivate(ALL_CONTRACTS, other.id);
    works = true;

    const dry = await platform.json(['replay', 'failed', '--from', '1h', '--dry-run']);
    expect(dry).toMatchObject({
      exitCode: 0,
      answer: { dryRun: true, deliveries: 3, leftOut: [{ webhook: 'inactive', deliveries: 1 }] },
    });
    expect(await statuses(mine.id)).toEqual(['exhausted', 'exhausted', 'exhausted']);

    const earlier = await platform.json(['replay', 'failed', '--from', '2h', '--until', '1h']);
    expect(earlier).toMatchObject({ exitCode: 0, answer: { replayed: 0, leftOut: {} } });
    const held = await platform.json(['replay', 'failed', '--from', '1h', '--status', 'held']);
    expect(held).toMatchObject({ exitCode: 0, answer: { replayed: 0 } });

    const { exitCode, answer } = await platform.json(['replay', 'failed', '--from', '1h']);
    expect([exitCode, answer]).toMatchObject([1, { replayed: 3, leftOut: { WEBHOOK_NOT_ACTIVE: 1 } }]);
    await until('they have arrived', async () =>
      (await statuses(mine.id)).every((status) => status === 'succeeded'),
    );

    const again = await platform.run(['replay', 'failed', '--from', '1h', '--contract', 'C-1']);
    expect(again).toMatchObject({ exitCode: 0, stdout: '0 deliveries are due now.\n', stderr: '' });
  });

  it.each([
    [['--from', '1h', '--until', '2h'], /--from is not before --until/],
    [['--from', '1h', '--status', 'succeeded'], /--status names 'succeeded'.*exhausted, held, cancelled/],
    [['--from', '1h', '--webhook', 'x'], /--webhook is 'x'/],
    [[], /--from/],
  ])('%j is refused', async (args, said) => {
    const run = await platform.run(['replay', 'failed', ...args]);
    expect(run).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(said) });
  });
});
