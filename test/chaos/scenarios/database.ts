import { join } from 'node:path';

import { inFlight, Journal, unrecorded } from '../platform/journal.js';
import type { PlatformProcess } from '../platform/platform-process.js';
import type { PlatformSettings, Traffic } from '../platform/platform-settings.js';
import { randomOf } from '../random.js';
import type { Scenario, Verdict } from '../scenario.js';
import type { Server } from '../services.js';
import type { Stage } from '../stage.js';
import { until } from '../until.js';
import { untilNothingIsDue, verdictOf } from '../verdict.js';

const PROCESSES = 2;
const LISTENING = [
  { path: '/1', contract: 'C-1' },
  { path: '/2', contract: 'C-2' },
  { path: '/3', contract: 'C-2' },
];
const TRAFFIC: Traffic = {
  contracts: ['C-1', 'C-2'],
  bookings: 500,
  parallel: 6,
  perSecond: 0,
  rollbackShare: 1 / 3,
  savepointShare: 0.2,
};
/** Requests of a lane that a fault can find sent and not recorded: those in flight, and those that wait for their record. */
const UNRECORDED_PER_LANE = 60;
const CAUGHT_UP_WITHIN_MS = 180_000;

/**
 * Transactions roll back in part and as a whole, and meanwhile the database crashes and connections are cut just before
 * results are recorded: what is delivered is what was committed. Whether a transaction whose COMMIT got no answer was
 * committed, its rows tell.
 */
export const database: Scenario = {
  name: 'database',
  run: (stage, { quick, seed }) =>
    underFaults(stage, quick ? 5_000 : 100_000, quick ? 1 : 6, quick ? 2 : 12, randomOf(seed)),
  control: (stage) => publishingOutside(stage, 500),
  proof: ({ phantom }) => phantom > 0,
};

async function underFaults(
  stage: Stage,
  transactions: number,
  restarts: number,
  cuts: number,
  random: () => number,
): Promise<Verdict> {
  const receiver = await stage.startReceiver();
  const platforms = await startPlatforms(stage, receiver.url, {
    traffic: { ...TRAFFIC, transactions: transactions / PROCESSES },
    tampering: { cutsBeforeRecord: cuts },
    // A crash leaves lanes leased to turns that could not give them back.
    options: { deadlineMs: 1_000, sliceMs: 500 },
  });
  await stage.database.query('CREATE TABLE chaos_cut (pid int, done boolean)');
  const traffic = Promise.all(platforms.map((platform) => platform.traffic()));
  for (let restart = 0; restart < restarts; restart += 1) {
    const share = (restart + 0.2 + random() * 0.4) / restarts;
    await until(
      'the next crash is due',
      () => everyoneAlive(platforms) && sum(platforms, 'transactions') >= share * transactions,
      300_000,
    );
    await crash(stage.services.postgres);
  }
  await traffic;
  await untilNothingIsDue(stage.database, CAUGHT_UP_WITHIN_MS);

  const verdict = await verdictOf(stage.database, await receiver.ledger(), LISTENING);
  const { rows } = await stage.database.query<{ cut: number }>('SELECT count(*)::int AS cut FROM chaos_cut');
  const connectionsCut = rows[0]?.cut ?? 0;
  const causes = await causesOfRepeats(stage);
  const mostRepeats = causes.lost + causes.unheard;
  const mostLost = (restarts + PROCESSES * cuts) * LISTENING.length * UNRECORDED_PER_LANE;
  const broken = {
    'a platform process ended': platforms.some(({ alive }) => !alive),
    'no connection was cut, so nothing was proven': connectionsCut === 0,
    [`${causes.lost} results were lost, and no more than ${mostLost} can have been under way`]:
      causes.lost > mostLost,
    [`${verdict.duplicates} repeats, and only ${mostRepeats} answers were lost`]:
      verdict.duplicates > mostRepeats,
  };
  return {
    ...verdict,
    failures: [...verdict.failures, ...Object.keys(broken).filter((reason) => broken[reason])],
    figures: {
      transactions: sum(platforms, 'transactions'),
      rolled_back: sum(platforms, 'rolledBack'),
      unanswered: sum(platforms, 'failed'),
      crashes: restarts,
      connections_cut: connectionsCut,
      lost_results: causes.lost,
      unheard_answers: causes.unheard,
    },
  };
}

/**
 * A request that its receiver has answered is repeated when its result got no row, or when the answer was not heard in
 * time.
 */
async function causesOfRepeats(stage: Stage): Promise<{ lost: number; unheard: number }> {
  const paths = Array.from({ length: PROCESSES }, (_, index) => journalOf(stage, index));
  const journals = await Promise.all(paths.map((path) => Journal.read(path)));
  const { rows } = await stage.database.query<{ unheard: number }>(
    'SELECT count(*)::int AS unheard FROM webhook_attempt WHERE error IS NOT NULL AND status_code IS NULL',
  );
  const lost = journals.map((entries) => unrecorded(entries) + inFlight(entries).length);
  return { lost: lost.reduce((sum, some) => sum + some, 0), unheard: rows[0]?.unheard ?? 0 };
}

function journalOf(stage: Stage, index: number): string {
  return join(stage.folder, `${index}.journal`);
}

async function publishingOutside(stage: Stage, transactions: number): Promise<Verdict> {
  const receiver = await stage.startReceiver();
  const [platform] = await startPlatforms(stage, receiver.url, {
    traffic: { ...TRAFFIC, transactions, publishesOutside: true },
  });
  await platform?.traffic();
  await untilNothingIsDue(stage.database);
  return verdictOf(stage.database, await receiver.ledger(), LISTENING);
}

async function startPlatforms(
  stage: Stage,
  receiverUrl: string,
  settings: PlatformSettings,
): Promise<PlatformProcess[]> {
  const platforms: PlatformProcess[] = [];
  for (let index = 0; index < PROCESSES; index += 1) {
    const tampering = { ...settings.tampering, keepJournal: journalOf(stage, index) };
    platforms.push(await stage.startPlatform({ ...settings, tampering }));
  }
  for (const { path, contract } of LISTENING) {
    await platforms[0]?.subscribe(`${receiverUrl}${path}`, { contractId: contract });
  }
  return platforms;
}

/** @throws Error when one has ended: nothing more would happen then */
function everyoneAlive(platforms: PlatformProcess[]): boolean {
  if (platforms.every(({ alive }) => alive)) return true;
  throw new Error('A platform process ended by itself.');
}

/** What `pg_ctl restart -m immediate` does. */
async function crash(postgres: Server): Promise<void> {
  await postgres.signal('SIGQUIT');
  await postgres.startAgain();
}

function sum(platforms: PlatformProcess[], figure: 'transactions' | 'rolledBack' | 'failed'): number {
  return platforms.reduce((total, { lastReport }) => total + (lastReport?.[figure] ?? 0), 0);
}
