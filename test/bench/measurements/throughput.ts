import { Child } from '../processes/child.js';
import type { RawCalls } from '../raw/raw.main.js';
import type { Report } from '../report.js';
import { spread } from '../report.js';
import { WARM_UP_CHANGES, WEBHOOKS, WEBHOOKS_PER_CONTRACT } from '../sizes.js';
import type { Contender, Ground, Sample } from '../stack.js';
import { OURS, PLAIN, Stack } from '../stack.js';
import { median } from '../statistics.js';
import type { Measurement } from './measurement.js';
import { interleaved } from './measurement.js';

const RAW = new URL('../raw/raw.main.js', import.meta.url);

/** Deliveries a second for 100 webhooks: the bare loop, the hand-written sender, and ours with 1, 2, … workers. */
export const throughput: Measurement = async ({ ground, sizes, report }) => {
  const { rounds, workers: workerCounts, raw, plain, ours } = sizes.throughput;
  const loop = await Child.start<RawCalls>(RAW, {});
  const stacks: Stack[] = [];
  const warm = async (contender: Contender, workers: number) => {
    const stack = await warmStack(ground, contender, workers);
    stacks.push(stack);
    return stack;
  };
  try {
    await loop.call('send', WARM_UP_CHANGES * WEBHOOKS_PER_CONTRACT, ground.ports);
    const plainStack = await warm(PLAIN, 1);
    const contenders: Record<string, () => Promise<Sample>> = {
      raw: () => loop.call('send', raw, ground.ports),
      plain: () => plainStack.deliver(plain),
    };
    for (const count of workerCounts) {
      const stack = await warm(OURS, count);
      contenders[ourName(count)] = () => stack.deliver(ours);
    }
    const samples = await interleaved(rounds, contenders);
    report.keep('throughput', samples);
    conclude(samples, workerCounts, report);
  } finally {
    await Promise.all([loop, ...stacks].map((each) => each.stop()));
  }
};

const ourName = (workers: number) => `ours(${workers})`;

async function warmStack(ground: Ground, contender: Contender, workers: number): Promise<Stack> {
  const subscriptions = { webhooks: WEBHOOKS, perContract: WEBHOOKS_PER_CONTRACT };
  const stack = await Stack.start(ground, contender, { workers, subscriptions });
  await stack.deliver(WARM_UP_CHANGES);
  return stack;
}

function conclude(samples: Record<string, Sample[]>, workerCounts: number[], report: Report): void {
  const rates = (name: string) => (samples[name] ?? []).map(({ perSecond }) => perSecond);
  const [raw, plain] = [median(rates('raw')), median(rates('plain'))];
  for (const [name, runs] of Object.entries(samples)) {
    const rate = median(rates(name));
    const cpu = median(runs.map(({ cpuUs }) => cpuUs));
    report.line(
      `throughput ${name.padEnd(7)} ${spread(rates(name), rate)}, ${(rate / raw).toFixed(2)} of raw, ` +
        `${(rate / plain).toFixed(2)} of plain, ${cpu.toFixed(0)} µs of the senders' CPU a delivery`,
    );
  }
  const rateOf = (workers: number) => median(rates(ourName(workers)));
  const [bestWorkers = 1] = [...workerCounts].sort((a, b) => rateOf(b) - rateOf(a));
  Object.assign(report.figures, { raw, plain, ours: rateOf(1), best: rateOf(bestWorkers), bestWorkers });
}
