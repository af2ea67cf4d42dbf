import { OURS } from '../contenders.js';
import type { Database } from '../database.js';
import { backendsCpuMs } from '../profile/backends.js';
import type { Share } from '../profile/cpu-groups.js';
import { byFunction, byGroup } from '../profile/cpu-groups.js';
import type { Command } from '../profile/redis-statistics.js';
import { RedisStatistics } from '../profile/redis-statistics.js';
import type { Statement } from '../profile/statements.js';
import { forgetStatements, statements } from '../profile/statements.js';
import { WEBHOOKS } from '../sizes.js';
import type { Ground, Stack } from '../stack.js';
import type { Measurement } from './measurement.js';
import { withStacks } from './measurement.js';

const FUNCTIONS = 25;

/** What a run took, without the profiler, which takes time itself. */
export interface Expense {
  deliveries: number;
  /** Milliseconds of each process; undefined where the system does not tell. */
  cpuMs: Record<'worker' | 'publisher' | 'receiver' | 'PostgreSQL' | 'Redis', number | undefined>;
  walBytes: number;
  /** By which the module's tables and their indexes have grown. */
  storedBytes: number;
}

export interface ProfileSamples {
  expense: Expense;
  /** Of the run that was profiled. */
  deliveries: number;
  groups: Share[];
  functions: Share[];
  statements: Statement[];
  commands: Command[];
}

/** Where the time of a delivery goes: each process, the worker's code, PostgreSQL's statements, Redis's commands. */
export const profile: Measurement<ProfileSamples> = async ({ ground, sizes }) => {
  const subscriptions = { webhooks: WEBHOOKS, perContract: WEBHOOKS };
  const wanted = { contender: OURS, workers: 1, subscriptions, countStatements: true };
  return withStacks(ground, [wanted], async (stacks) => {
    const [stack] = stacks as [Stack];
    const redis = new RedisStatistics(ground.redisUrl);
    try {
      await stack.warmUp(sizes.warmUpSeconds);
      const changes = stack.changesIn(sizes.profile.seconds);
      const expense = await expenseOf(ground, stack, redis, changes);
      return { expense, ...(await profiled(stack, redis, changes)) };
    } finally {
      redis.close();
    }
  });
};

async function expenseOf(
  ground: Ground,
  stack: Stack,
  redis: RedisStatistics,
  changes: number,
): Promise<Expense> {
  const look = async () => ({
    worker: (await Promise.all(stack.workers.map((each) => each.call('usage'))))[0]?.cpuMs,
    publisher: (await stack.publisher.call('usage')).cpuMs,
    receiver: (await ground.receiver.call('usage')).cpuMs,
    PostgreSQL: await backendsCpuMs(stack.database),
    Redis: await redis.cpuMs(),
  });
  const diskBefore = await disk(stack.database);
  const before = await look();
  const { deliveries } = await stack.deliver(changes);
  const after = await look();
  const diskAfter = await disk(stack.database);
  const cpuMs = Object.fromEntries(
    Object.entries(after).map(([name, ms]) => {
      const then = before[name as keyof typeof before];
      return [name, ms === undefined || then === undefined ? undefined : ms - then];
    }),
  ) as Expense['cpuMs'];
  return {
    deliveries,
    cpuMs,
    walBytes: diskAfter.wal - diskBefore.wal,
    storedBytes: diskAfter.stored - diskBefore.stored,
  };
}

function disk(database: Database): Promise<{ wal: number; stored: number }> {
  return database.row(
    `SELECT (pg_current_wal_lsn() - '0/0')::float8 AS wal, (SELECT SUM(pg_total_relation_size(oid)) FROM pg_class
       WHERE relname IN ('webhook_event', 'webhook_delivery', 'webhook_attempt'))::float8 AS stored`,
  );
}

async function profiled(
  stack: Stack,
  redis: RedisStatistics,
  changes: number,
): Promise<Omit<ProfileSamples, 'expense'>> {
  const [worker] = stack.workers;
  if (!worker) throw new Error('There is no worker to profile.');
  await forgetStatements(stack.database);
  await redis.forget();
  await worker.call('startProfile');
  const { deliveries } = await stack.deliver(changes);
  const recorded = await worker.call('stopProfile');
  return {
    deliveries,
    groups: byGroup(recorded),
    functions: byFunction(recorded).slice(0, FUNCTIONS),
    statements: await statements(stack.database),
    commands: await redis.commands(),
  };
}
