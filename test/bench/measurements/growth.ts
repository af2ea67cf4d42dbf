import { OURS } from '../contenders.js';
import { RedisStatistics } from '../profile/redis-statistics.js';
import { statementCounts } from '../profile/statements.js';
import type { Curve } from '../sizes.js';
import { WEBHOOKS, WEBHOOKS_PER_CONTRACT } from '../sizes.js';
import type { Stack, StackOptions } from '../stack.js';
import type { Bench, Measurement } from './measurement.js';
import { interleaved, withStacks } from './measurement.js';
import { backlogBehindDeadReceiver, history } from './seeds.js';

const LOOK_EVERY_MS = 200;

export interface GrowthSample {
  perSecond: number;
  /** Of the working process, at the end of the run. */
  rssBytes: number;
  /** The keys in Redis, at their most during the run. */
  redisBytes: number;
  statementsPerDelivery: number;
}

export interface Point {
  size: number;
  runs: GrowthSample[];
}

export type GrowthSamples = Record<Curve, Point[]>;

/**
 * The same load over 100 webhooks while something else grows: webhooks that are subscribed and have no events, the
 * backlog of a receiver that hangs, and what was stored before.
 */
export const growth: Measurement<GrowthSamples> = async (bench) => {
  const [deadPort = 0] = bench.ground.ports;
  return {
    webhooks: await curve(bench, 'webhooks', (size) => ({ webhooks: size })),
    backlog: await curve(bench, 'backlog', (size) => ({ seed: backlogBehindDeadReceiver(size, deadPort) })),
    events: await curve(bench, 'events', (size) => ({ seed: history(size) })),
  };
};

async function curve(
  { ground, sizes }: Bench,
  what: Curve,
  grown: (size: number) => { webhooks?: number; seed?: StackOptions['seed'] },
): Promise<Point[]> {
  const points = sizes.growth[what];
  const wanted = points.map((size) => {
    const { webhooks = WEBHOOKS, seed } = grown(size);
    const busyContracts = WEBHOOKS / WEBHOOKS_PER_CONTRACT;
    const subscriptions = { webhooks, perContract: WEBHOOKS_PER_CONTRACT, busyContracts };
    return { contender: OURS, workers: 1, subscriptions, seed, countStatements: true };
  });
  return withStacks(ground, wanted, async (stacks) => {
    const redis = new RedisStatistics(ground.redisUrl);
    try {
      for (const stack of stacks) await stack.warmUp(sizes.warmUpSeconds);
      const changes = stacks[0]?.changesIn(sizes.growth.seconds) ?? 0;
      const contenders = Object.fromEntries(
        stacks.map((stack, index) => [String(points[index]), () => run(stack, changes, redis)]),
      );
      const samples = await interleaved(sizes.growth.rounds, contenders);
      return points.map((size) => ({ size, runs: samples[String(size)] ?? [] }));
    } finally {
      redis.close();
    }
  });
}

async function run(stack: Stack, changes: number, redis: RedisStatistics): Promise<GrowthSample> {
  const before = await statementCounts(stack.database);
  let redisBytes = 0;
  const look = async () => (redisBytes = Math.max(redisBytes, await redis.bytesOfKeys(stack.redisPrefix)));
  const looking = setInterval(() => void look(), LOOK_EVERY_MS);
  const { perSecond, deliveries } = await stack.deliver(changes).finally(() => clearInterval(looking));
  await look();
  const after = await statementCounts(stack.database);
  const usages = await Promise.all(stack.workers.map((worker) => worker.call('usage')));
  return {
    perSecond,
    rssBytes: Math.max(...usages.map(({ rssBytes }) => rssBytes)),
    redisBytes,
    statementsPerDelivery: (after - before) / deliveries,
  };
}
