import { Child } from '../processes/child.js';
import type { RawCalls } from '../raw/raw.main.js';
import { spread } from '../report.js';
import { WARM_UP_CHANGES, WEBHOOKS, WEBHOOKS_PER_CONTRACT } from '../sizes.js';
import type { Contender } from '../stack.js';
import { OURS, PLAIN, Stack } from '../stack.js';
import { median } from '../statistics.js';
import type { Measurement } from './measurement.js';
import { interleaved } from './measurement.js';

const RAW = new URL('../raw/raw.main.js', import.meta.url);

/** Deliveries a second for 100 webhooks: the bare loop, the hand-written sender, and ours with 1, 2, … workers. */
export const throughput: Measurement = async ({ ground, sizes, report }) => {
  const { rounds, workers: workerCounts, raw, plain, ours } = sizes.throughput;
  const subscriptions = { webhooks: WEBHOOKS, perContract: WEBHOOKS_PER_CONTRACT };
  const stacks: Stack[] = [];
  const warm = async (contender: Contender, workers: number) => {
    const stack = await Stack.start(ground, contender, { workers, subscriptions });
    stacks.push(stack);
    await stack.deliver(WARM_UP_CHANGES);
    return stack;
  };
  const loop = await Child.start<RawCalls>(RAW, {});
  try {
    await loop.call('send', WARM_UP_CHANGES * WEBHOOKS_PER_CONTRACT, ground.ports);
    const plainStack = await warm(PLAIN, 1);
    const contenders: Record<string, () => Promise<number>> = {
      raw: async () => raw / ((await loop.call('send', raw, ground.ports)) / 1000),
      plain: async () => (await plainStack.deliver(plain)).perSecond,
    };
    for (const count of workerCounts) {
      const stack = await warm(OURS, count);
      contenders[`ours(${count})`] = async () => (await stack.deliver(ours)).perSecond;
    }
    const samples = await interleaved(rounds, contenders);
    report.keep('throughput', samples);
    const medians = Object.fromEntries(Object.entries(samples).map(([name, rates]) => [name, median(rates)]));
    for (const [name, rates] of Object.entries(samples)) {
      const middle = medians[name] ?? NaN;
      report.line(
        `throughput ${name.padEnd(8)} ${spread(rates, middle)}, ` +
          `${(middle / (medians.raw ?? NaN)).toFixed(2)} of raw, ${(middle / (medians.plain ?? NaN)).toFixed(2)} of plain`,
      );
    }
    const rateOf = (count: number) => medians[`ours(${count})`] ?? 0;
    const bestWorkers = [...workerCounts].sort((a, b) => rateOf(b) - rateOf(a))[0] ?? 1;
    Object.assign(report.figures, {
      raw: medians.raw,
      plain: medians.plain,
      ours: rateOf(1),
      best: rateOf(bestWorkers),
      bestWorkers,
    });
  } finally {
    await Promise.all([loop, ...stacks].map((each) => each.stop()));
  }
};
