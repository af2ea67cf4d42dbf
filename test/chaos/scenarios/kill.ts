import type { PlatformProcess } from '../platform/platform-process.js';
import type { PlatformSettings, Traffic } from '../platform/platform-settings.js';
import type { Point } from '../platform/tampering-kill.js';
import { randomOf } from '../random.js';
import type { ReceiverProcess } from '../receiver/receiver-process.js';
import type { Scenario, Size, Verdict } from '../scenario.js';
import type { Stage } from '../stage.js';
import { until } from '../until.js';
import type { Listening } from '../verdict.js';
import { untilNothingIsDue, verdictOf } from '../verdict.js';
import type { Place } from './kill-places.js';
import { Places } from './kill-places.js';

const CONTRACTS = 12;
const WEBHOOKS_OF_EACH = 2;

const API_POINTS: Point[] = ['published', 'committed'];
const WORKER_POINTS: Point[] = ['claimed', 'fanning_out', 'relaying', 'fanned_out', 'answered', 'retrying'];

/** A lease that a busy machine does not outlast, and retries enough for a receiver that stumbles. */
const OPTIONS: PlatformSettings['options'] = {
  deadlineMs: 4_000,
  sliceMs: 300,
  retryDelaysMs: Array.from({ length: 30 }, () => 300),
};

/** Processes are killed all the time: nothing is lost, and what is repeated was in flight. */
export const kill: Scenario = {
  name: 'kill',
  run: underFire,
  control: onceAtMost,
  proof: ({ lost }) => lost > 0,
};

async function underFire(stage: Stage, { quick, seed }: Size): Promise<Verdict> {
  const receiver = await stage.startReceiver();
  const contracts = Array.from({ length: CONTRACTS }, (_, index) => `C-${index}`);
  const traffic: Traffic = {
    contracts,
    bookings: 50,
    parallel: 6,
    perSecond: 100,
    rollbackShare: 0.3,
    savepointShare: 0.2,
  };
  const api: PlatformSettings = { options: { ...OPTIONS, worker: false }, traffic };
  const worker: PlatformSettings = { options: OPTIONS };
  const first = await stage.startPlatform(api);
  const listening = await subscribe(first, receiver, contracts);

  const random = randomOf(seed);
  const times = quick ? 1 : 2;
  const places: Place[] = [
    { role: 'api', settings: api, points: [], first },
    { role: 'api', settings: api, points: repeated(API_POINTS, times) },
    { role: 'worker', settings: worker, points: repeated(everySecond(WORKER_POINTS, 0), times) },
    { role: 'worker', settings: worker, points: repeated(everySecond(WORKER_POINTS, 1), times) },
  ];
  // The forced points come on top of them.
  const fire = new Places(stage, { kills: quick ? 14 : 200, livesMs: quick ? 300 : 600, random });
  await fire.play(places);
  await untilNothingIsDue(stage.database);
  const verdict = await verdictOf(stage.database, await receiver.ledger(), listening);
  return {
    ...verdict,
    failures: [...verdict.failures, ...failuresOf(fire, verdict, quick)],
    figures: figuresOf(fire),
  };
}

/** Every third receiver stumbles, so that retries are pending; each takes its time, so that requests are in flight. */
async function subscribe(
  platform: PlatformProcess,
  receiver: ReceiverProcess,
  contracts: string[],
): Promise<Listening[]> {
  const listening = contracts.flatMap((contract) =>
    Array.from({ length: WEBHOOKS_OF_EACH }, (_, index) => ({ contract, path: `/${contract}/${index}` })),
  );
  for (const [index, { contract, path }] of listening.entries()) {
    const status = { kind: 'answer', status: 200, afterMs: 60 } as const;
    const stumble = { kind: 'stumble', share: 0.5, afterMs: 60 } as const;
    await receiver.behave(path, index % 3 === 0 ? stumble : status);
    await platform.subscribe(`${receiver.url}${path}`, { contractId: contract });
  }
  return listening;
}

function failuresOf(
  { missed, inFlight, refused, workerKills, busyKills }: Places,
  { duplicates }: Verdict,
  quick: boolean,
): string[] {
  const failures = [...missed];
  if (inFlight === 0) failures.push('no attempt was in flight at any kill');
  if (duplicates > inFlight + refused)
    failures.push(`${duplicates} repeats, and only ${inFlight + refused} attempts were cut off`);
  // Of the few kills of a quick run most may fall between two requests.
  if (!quick && busyKills < workerKills / 2)
    failures.push(`only ${busyKills} of ${workerKills} workers had requests in flight when they were killed`);
  return failures;
}

function figuresOf({ kills, hits, inFlight, refused, workerKills, busyKills }: Places): Verdict['figures'] {
  const points = [...hits].map(([point, times]) => `${point}:${times}`).join(',');
  const busy = `${busyKills} of ${workerKills}`;
  return { kills, points, in_flight_at_kills: inFlight, busy_workers_killed: busy, lost_leases: refused };
}

/** What is recorded before it is answered is lost with the process that was about to send it. */
async function onceAtMost(stage: Stage): Promise<Verdict> {
  const receiver = await stage.startReceiver();
  // All of them in one slice, however slow the machine is.
  const options = { ...OPTIONS, sliceMs: 5_000 };
  const tampering = { succeedFirst: true, dieAt: 'answered:5' };
  const platform = await stage.startPlatform({ options, tampering });
  const listening = [{ path: '/1', contract: 'C-1' }];
  await platform.subscribe(`${receiver.url}/1`, { maxInFlight: 1 });
  // It may be dead before it has answered.
  await platform.backlog('C-1', 50).catch(() => undefined);
  await until('it has killed itself', () => !platform.alive);
  await stage.startPlatform({ options, tampering: { succeedFirst: true } });
  await untilNothingIsDue(stage.database);
  return verdictOf(stage.database, await receiver.ledger(), listening);
}

function repeated(points: Point[], times: number): Point[] {
  return Array.from({ length: times }, () => points).flat();
}

function everySecond(points: Point[], from: number): Point[] {
  return points.filter((_, index) => index % 2 === from);
}
