import { setTimeout as delay } from 'node:timers/promises';

import type { PlatformSettings } from '../platform/platform-settings.js';
import type { Scenario, Verdict } from '../scenario.js';
import type { Stage } from '../stage.js';
import { untilNothingIsDue, verdictOf } from '../verdict.js';
import { growth, vitalSigns } from '../vital-signs.js';
import { LISTENING, Partners, PASSING } from './soak-load.js';

const FULL = { settleMs: 120_000, lengthMs: 600_000, roundMs: 2_000 };
/** Too short to find a leak: shows that the measurement works. */
const QUICK = { settleMs: 3_000, lengthMs: 9_000, roundMs: 1_000 };
/** Retries so many that a receiver that comes back now and then gets everything. */
const RETRY_DELAYS_MS = [300, 600, 1_200, ...Array.from({ length: 40 }, () => 2_500)];

/** Mixed load for ten minutes: memory, handles and Redis are at the end as they were at minute two. */
export const soak: Scenario = {
  name: 'soak',
  run: async (stage, { quick }) => {
    const length = quick ? QUICK : FULL;
    const verdict = await play(stage, length, {});
    const seconds = length.lengthMs / 1_000;
    const said = quick
      ? `${seconds} s of ${FULL.lengthMs / 1_000}, which only the full run has`
      : `${seconds} s`;
    return { ...verdict, figures: { length: said, ...verdict.figures } };
  },
  control: (stage) => play(stage, QUICK, { keepsFinishedJobs: true }),
  proof: ({ beyondBounds = [] }) => beyondBounds.some((bound) => bound.startsWith('redis_keys')),
};

async function play(
  stage: Stage,
  { settleMs, lengthMs, roundMs }: typeof FULL,
  tampering: NonNullable<PlatformSettings['tampering']>,
): Promise<Verdict> {
  const receiver = await stage.startReceiver();
  const options = { retryDelaysMs: RETRY_DELAYS_MS, deadlineMs: 1_000 };
  const worker = await stage.startPlatform({ options, tampering });
  const publisher = await stage.startPlatform({
    options: { ...options, worker: false },
    traffic: {
      contracts: ['C-1', 'C-2', 'C-3'],
      bookings: 200,
      parallel: 4,
      perSecond: 12,
      rollbackShare: 0.1,
    },
  });
  const partners = await Partners.subscribe(worker, receiver);
  void publisher.traffic();
  let over = false;
  const living = partners.live(() => over, roundMs);
  await Promise.race([living, delay(settleMs)]);
  const before = await vitalSigns(stage, [worker, publisher]);
  await Promise.race([living, delay(lengthMs - settleMs)]);
  const after = await vitalSigns(stage, [worker, publisher]);
  over = true;
  await living;
  const { transactions } = await publisher.measured();
  await publisher.kill();
  await partners.settle();
  await untilNothingIsDue(stage.database);
  await partners.settle();
  await untilNothingIsDue(stage.database);

  const ledger = await receiver.ledger();
  const isPassing = ({ path }: { path: string }) => path === PASSING.path;
  const verdict = await verdictOf(
    stage.database,
    ledger.filter((entry) => !isPassing(entry)),
    LISTENING,
  );
  const passing = await verdictOf(stage.database, ledger.filter(isPassing), [PASSING]);
  const signs = Object.entries(after).map(([sign, value]) => [
    sign,
    `${before[sign as keyof typeof before]}->${value}`,
  ]);
  return {
    ...verdict,
    phantom: verdict.phantom + passing.phantom,
    failures: [...verdict.failures, ...passing.failures],
    beyondBounds: growth(before, after),
    figures: { transactions, ...(Object.fromEntries(signs) as Record<string, string>) },
  };
}
