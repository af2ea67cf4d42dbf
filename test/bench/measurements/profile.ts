import { backendsCpuMs } from '../profile/backends.js';
import { byFunction, byGroup } from '../profile/cpu-groups.js';
import { RedisStatistics } from '../profile/redis-statistics.js';
import { forgetStatements, statements } from '../profile/statements.js';
import { WARM_UP_CHANGES, WEBHOOKS, WEBHOOKS_PER_CONTRACT } from '../sizes.js';
import { OURS, Stack } from '../stack.js';
import type { Bench, Measurement } from './measurement.js';

const FUNCTIONS = 25;
const STATEMENTS = 12;
const COMMANDS = 10;

/** Where the time of a delivery goes: each process, the worker's code, PostgreSQL's statements, Redis's commands. */
export const profile: Measurement = async (bench) => {
  const { ground, sizes, report } = bench;
  const subscriptions = { webhooks: WEBHOOKS, perContract: WEBHOOKS_PER_CONTRACT };
  const stack = await Stack.start(ground, OURS, { workers: 1, subscriptions, countStatements: true });
  const redis = new RedisStatistics(ground.redisUrl);
  try {
    await stack.deliver(WARM_UP_CHANGES);
    // Without the profiler, which takes time itself.
    const deliveries = sizes.profile.changes * WEBHOOKS_PER_CONTRACT;
    const us = (ms: number) => ((ms * 1000) / deliveries).toFixed(1);
    const cpu = await cpuOf(bench, stack, redis, () => stack.deliver(sizes.profile.changes));
    report.line('profile    CPU of each process, µs a delivery');
    report.table([
      ['process', 'µs'],
      ...Object.entries(cpu).map(([name, ms]) => [name, ms === undefined ? '-' : us(ms)]),
    ]);

    const [worker] = stack.workers;
    if (!worker) return;
    await forgetStatements(stack.database);
    await redis.forget();
    await worker.call('startProfile');
    await stack.deliver(sizes.profile.changes);
    const recorded = await worker.call('stopProfile');
    const groups = byGroup(recorded);
    const functions = byFunction(recorded).slice(0, FUNCTIONS);
    report.line("profile    the worker's code, µs a delivery");
    report.table([['whose', 'µs'], ...groups.map(({ name, ms }) => [name, us(ms)])]);
    report.line('profile    its functions, without what they call');
    report.table([['function', 'µs'], ...functions.map(({ name, ms }) => [name, us(ms)])]);

    const each = (count: number) => (count / deliveries).toFixed(4);
    const found = await statements(stack.database);
    report.line('profile    PostgreSQL, µs and statements a delivery');
    report.table([
      ['statement', 'µs', 'times'],
      ...found
        .slice(0, STATEMENTS)
        .map(({ text, totalMs, calls }) => [text.slice(0, 70), us(totalMs), each(calls)]),
    ]);
    const commands = await redis.commands();
    report.line('profile    Redis, µs and commands a delivery');
    report.table([
      ['command', 'µs', 'times'],
      ...commands.slice(0, COMMANDS).map(({ name, totalMs, calls }) => [name, us(totalMs), each(calls)]),
    ]);
    report.keep('profile', { deliveries, cpu, groups, functions, statements: found, commands });
  } finally {
    redis.close();
    await stack.stop();
  }
};

/** What each process uses while `work` runs, in milliseconds. */
async function cpuOf(
  { ground }: Bench,
  stack: Stack,
  redis: RedisStatistics,
  work: () => Promise<unknown>,
): Promise<Record<string, number | undefined>> {
  const look = async () => ({
    worker: (await Promise.all(stack.workers.map((each) => each.call('usage'))))[0]?.cpuMs,
    publisher: (await stack.publisher.call('usage')).cpuMs,
    receiver: (await ground.receiver.call('usage')).cpuMs,
    PostgreSQL: await backendsCpuMs(stack.database),
    Redis: await redis.cpuMs(),
  });
  const before = await look();
  await work();
  const after = await look();
  return Object.fromEntries(
    Object.entries(after).map(([name, ms]) => {
      const then = before[name as keyof typeof before];
      return [name, ms === undefined || then === undefined ? undefined : ms - then];
    }),
  );
}
