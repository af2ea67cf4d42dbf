import type { PlatformProcess } from '../platform/platform-process.js';
import type { PlatformSettings } from '../platform/platform-settings.js';
import type { LedgerEntry } from '../receiver/ledger.js';
import type { ReceiverProcess } from '../receiver/receiver-process.js';
import type { Scenario, Size, Verdict } from '../scenario.js';
import type { Stage } from '../stage.js';
import { until } from '../until.js';
import { untilNothingIsDue, verdictOf } from '../verdict.js';
import type { Rotation } from './workers-checks.js';
import { badlySigned, CLOCKS_APART_MS, firstAnswers, keptApart } from './workers-checks.js';
import type { Subscribed } from './workers-crew.js';
import {
  FOLLOWERS,
  journalOf,
  member,
  MOST_WAIT_MS,
  ORDERED,
  OVERLAP_MS,
  REFUSING,
  refusedTraffic,
  startFirst,
  traffic,
} from './workers-crew.js';
import { stopBeyondLease } from './workers-stop.js';

/** For the sweep, the lane's turn and a busy machine. */
const SLACK_MS = 8_000;
/** Receivers refuse requests whose time is more than five minutes off. */
const SKEW_MS = 5 * 60_000 + 1_000;

/** Four workers: one is stopped for longer than its lease, their clocks are wrong, secrets change, and order is kept. */
export const workers: Scenario = {
  name: 'workers',
  run: apart,
  control: together,
  proof: ({ failures }) => failures.some((failure) => failure.includes('repeats')),
};

async function apart(stage: Stage, { quick }: Size): Promise<Verdict> {
  const receiver = await stage.startReceiver();
  const journals = [0, 1, 2, 3].map((index) => journalOf(stage, index));
  const [first, subscribed] = await startFirst(stage, receiver, traffic(['C-1', 'C-2'], quick ? 10 : 40));
  const [second, ahead, behind] = await Promise.all([
    stage.startPlatform(member(stage, 1, { traffic: refusedTraffic() })),
    stage.startPlatform(member(stage, 2, { clockSkewMs: SKEW_MS })),
    stage.startPlatform(member(stage, 3, { clockSkewMs: -SKEW_MS })),
  ]);

  const business = Promise.all([first.traffic(), second.traffic()]);
  const rotation = await rotate(ahead, subscribed.rotated, receiver);
  // Told over the queue that the stopped worker listens to.
  const publishMore = () => second.backlog('C-2', 4);
  const stop = await stopBeyondLease(
    stage.database,
    behind,
    journalOf(stage, 3),
    subscribed.lateIds,
    publishMore,
  );
  await business;
  await until('the old secret ends', () => Date.now() > rotation.oldEndsBy + 2_000);
  await first.backlog('C-1', 5);
  await until('the followers come', () => followersCame(receiver), MOST_WAIT_MS + SLACK_MS, 200).catch(
    () => 0,
  );
  await receiver.behave(REFUSING, { kind: 'answer', status: 200 });
  await untilNothingIsDue(stage.database);

  const ledger = await receiver.ledger();
  const verdict = await verdictOf(stage.database, ledger, subscribed.listening);
  const order = { paths: ORDERED, mostWaitMs: MOST_WAIT_MS };
  const findings = [await keptApart(ledger, journals, order, verdict.duplicates), stop, heldBack(ledger)];
  const failures = [...findings.flatMap((found) => found.failures), ...badlySigned(ledger, rotation)];
  return {
    ...verdict,
    failures: [...verdict.failures, ...failures],
    figures: Object.assign({}, ...findings.map(({ figures }) => figures)) as Verdict['figures'],
  };
}

/** Two workers whose leases and fences say nothing. */
async function together(stage: Stage): Promise<Verdict> {
  const receiver = await stage.startReceiver();
  const off: PlatformSettings = { tampering: { fenceOff: true } };
  const [first, { listening }] = await startFirst(stage, receiver, traffic(['C-1', 'C-2'], 3), off);
  await stage.startPlatform(member(stage, 1, off));
  await first.traffic();
  await untilNothingIsDue(stage.database);
  const ledger = await receiver.ledger();
  const verdict = await verdictOf(
    stage.database,
    ledger,
    listening.filter(({ path }) => path !== REFUSING),
  );
  const journals = [0, 1].map((index) => journalOf(stage, index));
  const order = { paths: ORDERED, mostWaitMs: MOST_WAIT_MS };
  const { failures } = await keptApart(ledger, journals, order, verdict.duplicates);
  return { ...verdict, failures: [...verdict.failures, ...failures] };
}

/** By a worker whose clock is minutes ahead, while requests are under way. */
async function rotate(
  platform: PlatformProcess,
  { id, secret }: Subscribed['rotated'],
  receiver: ReceiverProcess,
): Promise<Rotation> {
  const path = ORDERED[0] ?? '';
  await until('a request came', async () => (await receiver.ledger()).some((entry) => entry.path === path));
  const from = Date.now();
  const rotated = (await platform.registry('rotateSecret', id)) as { secret: string };
  const ends = Date.now() + OVERLAP_MS;
  await receiver.verify(path, [secret, rotated.secret]);
  return { path, from, oldEndsBy: ends };
}

async function followersCame(receiver: ReceiverProcess): Promise<boolean> {
  return firstAnswers(await receiver.ledger(), REFUSING).length > FOLLOWERS;
}

/** A change that is always refused holds those behind it back for as long as they have to wait, and no longer. */
function heldBack(ledger: LedgerEntry[]): Pick<Verdict, 'failures' | 'figures'> {
  const waits = firstAnswers(ledger, REFUSING)
    .filter(({ number }) => number > 2)
    .map(({ waitedMs }) => waitedMs);
  const [least, most] = [Math.min(...waits), Math.max(...waits)];
  const failures: string[] = [];
  if (waits.length < FOLLOWERS) failures.push(`only ${waits.length} of ${FOLLOWERS} followers came`);
  if (least < MOST_WAIT_MS - CLOCKS_APART_MS) failures.push(`a follower waited ${least} ms only`);
  if (most > MOST_WAIT_MS + SLACK_MS) failures.push(`a follower waited ${most} ms`);
  return { failures, figures: { behind_refused_ms: `${least}-${most}` } };
}
