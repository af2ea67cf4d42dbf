import type { Sizes } from '../sizes.js';
import { WARM_UP_CHANGES, WEBHOOKS, WEBHOOKS_PER_CONTRACT } from '../sizes.js';
import type { StackOptions } from '../stack.js';
import { OURS, Stack } from '../stack.js';
import { median } from '../statistics.js';
import { RedisStatistics } from '../profile/redis-statistics.js';
import { statementCounts } from '../profile/statements.js';
import type { Bench, Measurement } from './measurement.js';
import { backlogBehindDeadReceiver, history } from './seeds.js';

const RUNS = 3;

interface Point {
  size: number;
  perSecond: number[];
  rssBytes: number;
  redisBytes: number;
  statementsPerDelivery: number;
}

/**
 * The same load over 100 webhooks while something else grows: webhooks that are subscribed and have no events, the
 * backlog of a receiver that hangs, and what was stored before.
 */
export const growth: Measurement = async (bench) => {
  const { webhooks, backlog, events } = bench.sizes.growth;
  const [deadPort = 0] = bench.ground.ports;
  await table(bench, 'webhooks', webhooks, (size) => ({ webhooks: size }));
  await table(bench, 'backlog of a dead receiver', backlog, (size) => ({
    seed: backlogBehindDeadReceiver(size, deadPort),
  }));
  await table(bench, 'stored events', events, (size) => ({ seed: history(size) }));
};

async function table(
  bench: Bench,
  title: string,
  sizes: number[],
  grown: (size: number) => { webhooks?: number; seed?: StackOptions['seed'] },
): Promise<void> {
  const points: Point[] = [];
  bench.report.line(`growth     ${title}`);
  const rows = [['size', 'deliveries/s', 'of the smallest', 'worker RSS', 'Redis', 'statements/delivery']];
  for (const size of sizes) {
    const { webhooks = WEBHOOKS, seed } = grown(size);
    points.push(await point(bench, size, { webhooks, perContract: WEBHOOKS_PER_CONTRACT }, seed));
    rows.push(cells(points));
  }
  bench.report.table(rows);
  bench.report.keep(`growth of ${title}`, points);
}

async function point(
  { ground, sizes }: Bench,
  size: number,
  subscriptions: StackOptions['subscriptions'],
  seed: StackOptions['seed'],
): Promise<Point> {
  const busy = { busyContracts: WEBHOOKS / WEBHOOKS_PER_CONTRACT };
  const stack = await Stack.start(ground, OURS, {
    workers: 1,
    subscriptions: { ...subscriptions, ...busy },
    seed,
    countStatements: true,
  });
  const redis = new RedisStatistics(ground.redisUrl);
  try {
    await stack.deliver(WARM_UP_CHANGES);
    const before = await statementCounts(stack.database);
    const perSecond = await runs(stack, sizes);
    const after = await statementCounts(stack.database);
    const usages = await Promise.all(stack.workers.map((worker) => worker.call('usage')));
    return {
      size,
      perSecond,
      rssBytes: Math.max(...usages.map(({ rssBytes }) => rssBytes)),
      redisBytes: await redis.memory(),
      statementsPerDelivery: (after - before) / (RUNS * sizes.growth.changes * WEBHOOKS_PER_CONTRACT),
    };
  } finally {
    redis.close();
    await stack.stop();
  }
}

async function runs(stack: Stack, { growth: { changes } }: Sizes): Promise<number[]> {
  const perSecond: number[] = [];
  for (let run = 0; run < RUNS; run += 1) perSecond.push((await stack.deliver(changes)).perSecond);
  return perSecond;
}

function cells(points: Point[]): string[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return [
    last.size.toLocaleString('en'),
    Math.round(median(last.perSecond)).toLocaleString('en'),
    (median(last.perSecond) / median(first.perSecond)).toFixed(2),
    megabytes(last.rssBytes),
    megabytes(last.redisBytes),
    last.statementsPerDelivery.toFixed(3),
  ];
}
