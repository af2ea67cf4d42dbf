import { untilIdle } from 'nestjs-booking-webhooks/testing';

import { cliPlatformSpec } from '../setup/cli-specs.js';
import { freshDatabase } from '../setup/database.js';
import { cancelled } from '../setup/host.js';

const HOUR = 3_600_000;

const platform = cliPlatformSpec({ scheduler: 'in-process' });

it('says that all is well when it is', async () => {
  await platform.host.subscribe(platform.receiver.url);
  await platform.host.webhooks.publish(cancelled('B-1'));
  await untilIdle(platform.host.app);

  const { exitCode, answer } = await platform.json(['status']);
  expect([exitCode, answer]).toEqual([
    0,
    {
      ok: true,
      late: [],
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      migrations: { applied: expect.any(Number), pending: [] },
      relay: { waiting: 0, oldestMs: null },
      deliveries: { due: 0, oldestDueMs: null, paused: 0, later: 0 },
      lanesAtWork: 0,
      webhooks: { active: 1, inactive: 0, disabled: 0 },
      failing: { count: 0, listed: [] },
      disabled: { count: 0, listed: [] },
      held: 0,
    },
  ]);
});

it('tells what is late, what fails since when, and what is disabled and why', async () => {
  const failing = await platform.host.subscribe('http://user:secret-in-url@127.0.0.1:9/x');
  const gone = await platform.host.subscribe(platform.receiver.url, { contractId: 'C-2' });
  await platform.host.subscribe(platform.receiver.url, { contractId: 'C-3' });
  await platform.host.app.close();
  // As a platform leaves it whose workers are down since an hour.
  await platform.rows(`INSERT INTO webhook_event (id, type, contract_id, occurred_at, data, created_at, fanned_out_at)
    SELECT gen_random_uuid(), 'booking.cancelled', 'C-1', 0, '{}', extract(epoch FROM now()) * 1000 - ${HOUR}, NULL FROM generate_series(1, 3)`);
  const delivery = (webhookId: string, status: string, due: string) =>
    platform.rows(`INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count, attempts_before_budget, due_at, created_at)
      SELECT gen_random_uuid(), gen_random_uuid(), '${webhookId}', 'C-1', 'booking.cancelled', '${status}', 'scheduled', 0, 0, ${due}, 0 FROM generate_series(1, 2)`);
  await delivery(failing.id, 'pending', `extract(epoch FROM now()) * 1000 - ${2 * HOUR}`);
  await delivery(failing.id, 'pending', `extract(epoch FROM now()) * 1000 + ${HOUR}`);
  await delivery(gone.id, 'held', 'NULL');
  await platform.rows(
    `UPDATE webhook SET status = 'disabled', disabled_reason = 'gone' WHERE id = '${gone.id}'`,
  );
  await platform.rows(`UPDATE webhook_lane SET consecutive_failures = 14, failing_since = extract(epoch FROM timestamptz '2026-01-02T03:04:05Z') * 1000
    WHERE webhook_id = '${failing.id}'`);

  const { exitCode, answer } = await platform.json(['status']);
  expect(exitCode).toBe(1);
  expect(answer).toMatchObject({
    ok: false,
    late: [expect.stringMatching(/relay since 1 h.*worker/), expect.stringMatching(/due since 2 h.*Redis/)],
    relay: { waiting: 3 },
    deliveries: { due: 2, paused: 0, later: 2 },
    webhooks: { active: 2, inactive: 0, disabled: 1 },
    failing: {
      count: 1,
      listed: [
        {
          id: failing.id,
          contractId: 'C-1',
          failingSince: '2026-01-02T03:04:05.000Z',
          consecutiveFailures: 14,
          pausedUntil: null,
        },
      ],
    },
    held: 2,
    disabled: { count: 1, listed: [{ id: gone.id, contractId: 'C-2', reason: 'gone', held: 2 }] },
  });

  const { stdout } = await platform.run(['status']);
  expect(stdout).toMatch(/^relay +3 events waiting, the oldest since 1 h/m);
  expect(stdout).toMatch(/^due +2 deliveries, the oldest since 2 h/m);
  expect(stdout).toMatch(new RegExp(`${failing.id} +C-1 +since 2026-01-02T03:04:05.000Z +14 failures`));
  expect(stdout).toMatch(new RegExp(`${gone.id} +C-2 +since .* +gone +2 held`));
  expect(stdout).not.toContain('secret-in-url');
  expect(stdout).not.toContain(new URL(platform.database.url).password || 'no password');

  const patient = await platform.json(['status', '--max-lag', '86400']);
  expect([patient.exitCode, patient.answer.late]).toEqual([0, []]);
});

it('does not count what waits in a lane that pauses as late', async () => {
  const { id } = await platform.host.subscribe(platform.receiver.url);
  await platform.host.app.close();
  await platform.rows(`INSERT INTO webhook_delivery (id, event_id, webhook_id, contract_id, event_type, status, trigger, attempt_count, attempts_before_budget, due_at, created_at)
    VALUES (gen_random_uuid(), gen_random_uuid(), '${id}', 'C-1', 'booking.cancelled', 'pending', 'scheduled', 0, 0, 1, 0)`);
  await platform.rows(`UPDATE webhook_lane SET failing_since = 1, paused_until = extract(epoch FROM now()) * 1000 + ${HOUR}
    WHERE webhook_id = '${id}'`);
  const { exitCode, answer } = await platform.json(['status']);
  expect([exitCode, answer]).toMatchObject([0, { deliveries: { due: 0, oldestDueMs: null, paused: 1 } }]);
});

it('names migrations that are pending, and asks for the tables where there are none', async () => {
  await platform.rows('DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations)');
  const behind = await platform.json(['status']);
  expect([behind.exitCode, behind.answer.late]).toEqual([
    1,
    [expect.stringMatching(/1 migration is pending.*migrate/)],
  ]);

  const empty = await freshDatabase();
  try {
    const { exitCode, stderr } = await platform.run(['status', '--database', empty.url]);
    expect([exitCode, stderr]).toEqual([4, expect.stringMatching(/tables.*`migrate`.*--schema/)]);
  } finally {
    await empty.drop();
  }
});
