import { join } from 'node:path';

import type { PlatformProcess } from '../platform/platform-process.js';
import type { PlatformSettings, Traffic } from '../platform/platform-settings.js';
import type { LedgerEntry } from '../receiver/ledger.js';
import type { ReceiverProcess } from '../receiver/receiver-process.js';
import type { Scenario, Size, Verdict } from '../scenario.js';
import type { Stage } from '../stage.js';
import { until } from '../until.js';
import type { Listening } from '../verdict.js';
import { untilNothingIsDue, verdictOf } from '../verdict.js';
import type { Rotation } from './workers-checks.js';
import { badlySigned, CLOCKS_APART_MS, firstAnswers, keptApart } from './workers-checks.js';
import { stopBeyondLease } from './workers-stop.js';

const DEADLINE_MS = 2_000;
const OVERLAP_MS = 3_000;
const MOST_WAIT_MS = 6_000;
/** For the sweep, the lane's turn and a busy machine. */
const SLACK_MS = 8_000;
/** Receivers refuse requests whose time is more than five minutes off. */
const SKEW_MS = 5 * 60_000 + 1_000;

const ORDERED = ['/ordered/0', '/ordered/1'];
const LATE = Array.from({ length: 6 }, (_, index) => `/late/${index}`);
const REFUSING = '/refusing';
const REFUSED_CHANGE = 'C-3/B-0/2/';
const FOLLOWERS = 4;

const OPTIONS: PlatformSettings['options'] = {
  deadlineMs: DEADLINE_MS,
  sliceMs: 1_000,
  secretOverlapMs: OVERLAP_MS,
  orderingMaxWaitMs: MOST_WAIT_MS,
  // A pause would hold followers back, and what holds them back here is to be the order.
  pauseAfterFailures: 1_000_000,
  retryDelaysMs: Array.from({ length: 200 }, () => 300),
};

/** Four workers: one is stopped for longer than its lease, their clocks are wrong, secrets change, and order is kept. */
export const workers: Scenario = { name: 'workers', run: apart, control: together };

interface Subscribed {
  listening: Listening[];
  /** Of the receivers that take their time. */
  lateIds: Set<string>;
  /** Of the webhook whose secret is rotated. */
  rotated: { id: string; secret: string };
}

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
  const stop = await stopBeyondLease(stage.database, behind, journalOf(stage, 3), subscribed.lateIds);
  await business;
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

/**
 * The workers have two queues between them, as after a move to another Redis: Bull does not keep a lane single here, the
 * lease must.
 */
function member(stage: Stage, index: number, { tampering, ...settings }: PlatformSettings): PlatformSettings {
  return {
    ...settings,
    options: { ...OPTIONS, queue: { name: index % 2 === 0 ? 'webhooks' : 'moved' } },
    tampering: { keepJournal: journalOf(stage, index), ...tampering },
  };
}

function journalOf(stage: Stage, index: number): string {
  return join(stage.folder, `${index}.journal`);
}

function traffic(contracts: string[], seconds: number): Traffic {
  const perSecond = 20;
  return {
    contracts,
    bookings: 8,
    parallel: 3,
    perSecond,
    transactions: perSecond * seconds,
    rollbackShare: 0.2,
  };
}

/** Changes of one booking, the second of which is always refused. */
function refusedTraffic(): Traffic {
  return { contracts: ['C-3'], bookings: 1, parallel: 1, perSecond: 10, transactions: 2 + FOLLOWERS };
}

async function startFirst(
  stage: Stage,
  receiver: ReceiverProcess,
  business: Traffic,
  settings: PlatformSettings = {},
): Promise<[PlatformProcess, Subscribed]> {
  const platform = await stage.startPlatform(member(stage, 0, { ...settings, traffic: business }));
  const subscribe = (contractId: string, path: string, fields = {}) =>
    platform.subscribe(`${receiver.url}${path}`, { contractId, ...fields });
  const listening = [
    ...ORDERED.map((path) => ({ path, contract: 'C-1' })),
    ...LATE.map((path) => ({ path, contract: 'C-2' })),
    { path: REFUSING, contract: 'C-3' },
  ];
  for (const path of ORDERED) await receiver.behave(path, { kind: 'stumble', share: 0.2, afterMs: 20 });
  for (const path of LATE) await receiver.behave(path, { kind: 'answer', status: 200, afterMs: 800 });
  await receiver.behave(REFUSING, { kind: 'refuse', text: REFUSED_CHANGE });

  const lateIds = new Set<string>();
  let rotated: Subscribed['rotated'] = { id: '', secret: '' };
  for (const { path, contract } of listening) {
    const late = contract === 'C-2';
    const { id, secret } = await subscribe(contract, path, late ? {} : { ordering: 'resource' });
    await receiver.verify(path, [secret]);
    if (late) lateIds.add(id);
    if (path === ORDERED[0]) rotated = { id, secret };
  }
  return [platform, { listening, lateIds, rotated }];
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
  // A request that was signed in time may be on its way for as long as the deadline.
  return { path, from, oldEndsBy: ends + DEADLINE_MS };
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
