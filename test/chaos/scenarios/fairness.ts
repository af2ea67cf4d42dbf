import type { Scenario, Verdict } from '../scenario.js';
import type { Stage } from '../stage.js';
import { untilNothingIsDue, verdictOf } from '../verdict.js';
import type { Round, Rounds, Share, Trouble } from './fairness-rounds.js';
import { BAD_PATH, playRounds, sharesOf, TROUBLES } from './fairness-rounds.js';
import { plainQueue } from './fairness-plain.js';

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
  control: (stage) =>
    plainQueue(
      stage,
      {
        receivers: RECEIVERS,
        perSecond: CHANGES_PER_SECOND,
        concurrency: LANES_AT_ONCE,
        deadlineMs: DEADLINE_MS,
        roundMs: 1_500,
      },
      unfair,
    ),
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
    { contract: 'bad', path: BAD_PATH },
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
  let fedBacklog = false;
  const feed = async (trouble: Trouble) => {
    const due = trouble === 'backlog' && !fedBacklog ? backlog : 100;
    fedBacklog ||= trouble === 'backlog';
    await publisher.backlog('bad', due);
  };
  const shares = await measure({ receiver, feed, roundMs: quick ? 1_200 : 5_000 }, quick ? 2 : 3);
  await publisher.kill();
  await untilNothingIsDue(stage.database, 180_000);
  const verdict = await verdictOf(stage.database, await receiver.ledger(), listening);
  return {
    ...verdict,
    beyondBounds: unfair(shares),
    figures: figuresOf(shares, backlog),
  };
}

/** Round after round, until the ratios are good or it is clear that they are not. */
async function measure(rounds: Rounds, atLeast: number): Promise<Map<Round['trouble'], Share>> {
  const troubles = Object.keys(TROUBLES) as Trouble[];
  const played: Round[] = [];
  for (let round = 0; ; round += 1) {
    played.push(...(await playRounds(rounds, troubles)));
    if (round + 1 < atLeast) continue;
    const shares = await sharesOf(rounds.receiver, played);
    if (unfair(shares).length === 0 || round + 1 >= atLeast + MORE_ROUNDS) return shares;
  }
}

function unfair(shares: Map<Round['trouble'], Share>): string[] {
  const quiet = shares.get('none')?.p99 ?? Number.NaN;
  return [...shares]
    .filter(([, { p99 }]) => !(p99 / quiet < WORST_RATIO))
    .map(([trouble, { p99 }]) => `${trouble}: p99 of the others ${p99} ms, ${quiet} ms without it`);
}

function figuresOf(shares: Map<Round['trouble'], Share>, backlog: number): Record<string, number | string> {
  const quiet = shares.get('none')?.p99 ?? Number.NaN;
  const figures: Record<string, number | string> = { receivers: RECEIVERS, backlog };
  for (const [trouble, { p50, p99 }] of shares) {
    figures[`${trouble}_p50_ms`] = p50;
    figures[`${trouble}_p99_ms`] = p99;
    if (trouble !== 'none') figures[`${trouble}_ratio`] = (p99 / quiet).toFixed(2);
  }
  return figures;
}
