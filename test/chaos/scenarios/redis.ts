import { setTimeout as delay } from 'node:timers/promises';

import type { PlatformProcess } from '../platform/platform-process.js';
import type { ReceiverProcess } from '../receiver/receiver-process.js';
import { emptyRedis } from '../redis-server.js';
import type { Scenario, Verdict } from '../scenario.js';
import type { Server } from '../services.js';
import type { Stage } from '../stage.js';
import { until } from '../until.js';
import { untilNothingIsDue, verdictOf } from '../verdict.js';

const LISTENING = ['C-1', 'C-2', 'C-3', 'C-4'].map((contract) => ({ contract, path: `/${contract}` }));
const CONTRACTS = LISTENING.map(({ contract }) => contract);
const STUMBLING = ['/C-1', '/C-2'];
const PARALLEL = 8;
/** A publish that waits for Redis takes as long as the fault; one on a crowded machine takes a while, too. */
const WORST_PUBLISH_MS = 5_000;
/** If publishing waited for Redis, no more transactions than run at once would end while it is away. */
const PUBLISHED_MEANWHILE = 3 * PARALLEL;
/** Bull's client waits up to 20 s before it tries to connect again. */
const RECOVERED_WITHIN_MS = 90_000;
const FLUSH_RECOVERED_S = 5;
/** So many that nothing is exhausted. */
const RETRIES = 14;

/** Redis forgets, dies, stays away and hangs: nobody who publishes notices, and everything is caught up. */
export const redis: Scenario = {
  name: 'redis',
  run: (stage, { quick }) => underFaults(stage, quick ? 10_000 : 60_000, quick ? 3_000 : 15_000),
  control: (stage) => withoutSweep(stage),
  proof: ({ lost }) => lost > 0,
};

interface Fault {
  name: string;
  make: () => Promise<void>;
  /** How long publishing has to go on without Redis. */
  awayMs: number;
}

async function underFaults(stage: Stage, stopMs: number, hangMs: number): Promise<Verdict> {
  const receiver = await stage.startReceiver();
  for (const path of STUMBLING) await receiver.behave(path, { kind: 'stumble', share: 0.3 });
  const retryDelaysMs = Array.from({ length: RETRIES }, (_, index) => Math.min(300 * 2 ** index, 3_000));
  const worker = await stage.startPlatform({ options: { retryDelaysMs } });
  await subscribeAll(worker, receiver);
  const publisher = await stage.startPlatform({
    options: { worker: false },
    traffic: { contracts: CONTRACTS, bookings: 500, parallel: PARALLEL, perSecond: 50 },
  });
  void publisher.traffic();

  const failures: string[] = [];
  const recoveries: Record<string, number> = {};
  for (const { name, make, awayMs } of faultsOf(stage.services.redis, stopMs, hangMs)) {
    await until('retries are pending', () => retriesArePending(stage));
    const before = await publisher.measured();
    await make();
    const published = (await publisher.measured()).transactions - before.transactions;
    if (awayMs > 0 && published < PUBLISHED_MEANWHILE) failures.push(`${published} published during ${name}`);
    recoveries[`${name}_recovered_s`] = await secondsToRecover(stage);
  }
  const report = await publisher.measured();
  // What it had in hand is decided by its rows.
  await publisher.kill();
  await untilNothingIsDue(stage.database, RECOVERED_WITHIN_MS);

  if (report.failed > 0) failures.push(`${report.failed} transactions failed`);
  if (!worker.alive) failures.push('the worker process ended');
  const verdict = await verdictOf(stage.database, await receiver.ledger(), LISTENING);
  return {
    ...verdict,
    failures: [...verdict.failures, ...failures],
    beyondBounds: [
      ...(report.worstPublishMs > WORST_PUBLISH_MS ? [`a publish took ${report.worstPublishMs} ms`] : []),
      // Nothing was away, so the sweep, once a second here, has found every lane by then.
      ...((recoveries.flush_recovered_s ?? 0) > FLUSH_RECOVERED_S
        ? [`${recoveries.flush_recovered_s} s to recover from a flush`]
        : []),
    ],
    figures: {
      transactions: report.transactions,
      failed_transactions: report.failed,
      worst_publish_ms: Math.round(report.worstPublishMs),
      stop_s: stopMs / 1_000,
      hang_s: hangMs / 1_000,
      ...recoveries,
    },
  };
}

function faultsOf(server: Server, stopMs: number, hangMs: number): Fault[] {
  return [
    { name: 'flush', awayMs: 0, make: () => emptyRedis(server.url) },
    { name: 'restart', awayMs: 0, make: () => away(server, 0) },
    { name: 'stop', awayMs: stopMs, make: () => away(server, stopMs) },
    { name: 'hang', awayMs: hangMs, make: () => hang(server, hangMs) },
  ];
}

async function away(server: Server, ms: number): Promise<void> {
  await server.signal('SIGKILL');
  await delay(ms);
  await server.startAgain();
}

async function hang(server: Server, ms: number): Promise<void> {
  await server.signal('SIGSTOP');
  await delay(ms);
  await server.signal('SIGCONT');
}

/** From now, when Redis is back, until nothing of what is due now is waiting any more. */
async function secondsToRecover({ database }: Stage): Promise<number> {
  const startedAt = performance.now();
  const { rows } = await database.query<{ now: string }>(
    'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000) AS now',
  );
  await until(
    'everything that was due is worked',
    async () => {
      const { rows: found } = await database.query(
        `SELECT 1 FROM webhook_event WHERE fanned_out_at IS NULL AND created_at <= $1
         UNION ALL SELECT 1 FROM webhook_delivery WHERE due_at <= $1 LIMIT 1`,
        [rows[0]?.now],
      );
      return found.length === 0;
    },
    RECOVERED_WITHIN_MS,
  );
  return Math.round((performance.now() - startedAt) / 100) / 10;
}

async function retriesArePending({ database }: Stage): Promise<boolean> {
  const { rowCount } = await database.query(
    'SELECT 1 FROM webhook_delivery WHERE due_at IS NOT NULL AND attempt_count > 0 LIMIT 1',
  );
  return rowCount !== 0;
}

/** Every lane sleeps until a retry when Redis forgets, and nothing looks into the rows. */
async function withoutSweep(stage: Stage): Promise<Verdict> {
  const receiver = await stage.startReceiver();
  for (const { path } of LISTENING) await receiver.behave(path, { kind: 'answer', status: 500 });
  const platform = await stage.startPlatform({
    options: {
      sweepIntervalMs: 3_600_000,
      pauseAfterFailures: 1_000_000,
      retryDelaysMs: Array.from({ length: RETRIES }, () => 3_000),
    },
    traffic: { contracts: CONTRACTS, bookings: 50, parallel: 4, perSecond: 0, transactions: 40 },
  });
  await subscribeAll(platform, receiver);
  await platform.traffic();
  await until('every lane sleeps until a retry', () => everyLaneSleeps(stage));
  // Again and again: a lane that has just been given back sets its wake a moment later.
  for (let times = 0; times < 12; times += 1) {
    await emptyRedis(stage.services.redis.url);
    await delay(100);
  }
  for (const { path } of LISTENING) await receiver.behave(path, { kind: 'answer', status: 200 });
  // In vain, which is what it is about.
  await untilNothingIsDue(stage.database, 5_000).catch(() => undefined);
  return verdictOf(stage.database, await receiver.ledger(), LISTENING);
}

async function everyLaneSleeps({ database }: Stage): Promise<boolean> {
  const { rowCount } = await database.query(
    `SELECT 1 FROM webhook_event WHERE fanned_out_at IS NULL
     UNION ALL SELECT 1 FROM webhook_delivery WHERE attempt_count = 0
     UNION ALL SELECT 1 FROM webhook_lane WHERE lease_until IS NOT NULL LIMIT 1`,
  );
  return rowCount === 0;
}

async function subscribeAll(platform: PlatformProcess, receiver: ReceiverProcess): Promise<void> {
  for (const { contract, path } of LISTENING) {
    await platform.subscribe(`${receiver.url}${path}`, { contractId: contract });
  }
}
