import { FINE } from '../receiver/behaviour.js';
import type { Scenario, Verdict } from '../scenario.js';
import { NOTHING_SEEN } from '../scenario.js';
import type { Stage } from '../stage.js';
import { until } from '../until.js';
import { untilNothingIsDue, verdictOf } from '../verdict.js';
import { plainQueues } from './fairness-plain.js';
import type { Round, Rounds, Shares } from './fairness-rounds.js';
import { BAD_PATH, playRound, playRounds, sharesOf } from './fairness-rounds.js';

const BAD = 'bad';
const RECEIVERS = 100;
const DEADLINE_MS = 2_000;
/** Few, so that a receiver that took more than its slot would be felt at once. */
const LANES_AT_ONCE = 10;
const CHANGES_PER_SECOND = 100;

/** The p99 of the others may not double. */
const WORST_RATIO = 2;
/** A shared machine has bad seconds: a ratio that is too high is measured again, so often. */
const MORE_ROUNDS = 3;

/** One bad receiver among a hundred: what the other ninety-nine see of it, beside a plain Bull queue. */
export const fairness: Scenario = {
  name: 'fairness',
  alone: true,
  run: (stage, { quick }) => ourLanes(stage, quick),
  async control(stage, { seed }) {
    const shares = await plainQueues(stage, {
      receivers: RECEIVERS,
      perSecond: CHANGES_PER_SECOND,
      concurrency: LANES_AT_ONCE,
      deadlineMs: DEADLINE_MS,
      roundMs: 1_500,
      seed,
    });
    return { ...NOTHING_SEEN, beyondBounds: unfair(shares), figures: figuresOf('plain_', shares) };
  },
  proof: ({ figures, beyondBounds = [] }) =>
    Number.isFinite(figures.plain_none_p99_ms) && beyondBounds.some((bound) => bound.startsWith('hang')),
};

async function ourLanes(stage: Stage, quick: boolean): Promise<Verdict> {
  const receiver = await stage.startReceiver();
  const contracts = Array.from({ length: RECEIVERS - 1 }, (_, index) => `C-${index}`);
  const worker = await stage.startPlatform({
    options: {
      concurrency: LANES_AT_ONCE,
      deadlineMs: DEADLINE_MS,
      // No rest for the bad one: what protects the others here is the lane alone.
      pauseAfterFailures: 1_000_000,
      retryDelaysMs: Array.from({ length: 200 }, () => 300),
    },
  });
  const listening = [
    ...contracts.map((contract) => ({ contract, path: `/${contract}` })),
    { contract: BAD, path: BAD_PATH },
  ];
  for (const { contract, path } of listening) {
    await worker.subscribe(`${receiver.url}${path}`, { contractId: contract });
  }
  const publisher = await stage.startPlatform({
    options: { worker: false },
    traffic: { contracts, bookings: 1_000, parallel: 8, perSecond: CHANGES_PER_SECOND },
  });
  void publisher.traffic();

  const backlog = quick ? 5_000 : 100_000;
  const rounds: Rounds = {
    receiver,
    feed: (trouble) => publisher.backlog(BAD, trouble === 'backlog' ? backlog : 100),
    cleared: () => until('the bad receiver has everything', () => nothingIsDueTo(stage, BAD)),
    roundMs: quick ? 1_200 : 3_000,
  };
  const played = await playUntilFair(stage, rounds, 2);
  // Last, since it would be in the way of every round after it.
  played.push(await playRound(rounds, 'backlog'));
  await publisher.kill();
  await receiver.behave(BAD_PATH, FINE);
  await untilNothingIsDue(stage.database, 180_000);
  const shares = await sharesOf(receiver, await sentToOthers(stage), played);
  const verdict = await verdictOf(stage.database, await receiver.ledger(), listening);
  const figures = { receivers: RECEIVERS, backlog, rounds: played.length, ...figuresOf('', shares) };
  return { ...verdict, beyondBounds: unfair(shares), figures };
}

/** Round after round, until the ratios are good or it is clear that they are not. */
async function playUntilFair(stage: Stage, rounds: Rounds, atLeast: number): Promise<Round[]> {
  const played: Round[] = [];
  for (let round = 0; ; round += 1) {
    played.push(...(await playRounds(rounds, ['hang', 'drip', 'refuse'])));
    if (round + 1 < atLeast) continue;
    const shares = await sharesOf(rounds.receiver, await sentToOthers(stage), played);
    if (unfair(shares).length === 0 || round + 1 >= atLeast + MORE_ROUNDS) return played;
  }
}

async function nothingIsDueTo({ database }: Stage, contract: string): Promise<boolean> {
  const { rowCount } = await database.query(
    'SELECT 1 FROM webhook_delivery WHERE due_at IS NOT NULL AND contract_id = $1 LIMIT 1',
    [contract],
  );
  return rowCount === 0;
}

async function sentToOthers({ database }: Stage): Promise<string[]> {
  const { rows } = await database.query<{ key: string }>(
    'SELECT key FROM chaos_change WHERE contract <> $1',
    [BAD],
  );
  return rows.map(({ key }) => key);
}

function unfair(shares: Shares): string[] {
  const quiet = shares.get('none')?.p99 ?? Number.NaN;
  return [...shares]
    .filter(([trouble, { p99 }]) => trouble !== 'none' && !(p99 / quiet < WORST_RATIO))
    .map(([trouble, { p99 }]) => `${trouble}: p99 of the others ${p99} ms, ${quiet} ms without it`);
}

function figuresOf(prefix: string, shares: Shares): Record<string, number | string> {
  const quiet = shares.get('none')?.p99 ?? Number.NaN;
  const figures: Record<string, number | string> = {};
  for (const [trouble, { p50, p99 }] of shares) {
    figures[`${prefix}${trouble}_p50_ms`] = p50;
    figures[`${prefix}${trouble}_p99_ms`] = p99;
    if (trouble !== 'none') figures[`${prefix}${trouble}_ratio`] = (p99 / quiet).toFixed(2);
  }
  return figures;
}
