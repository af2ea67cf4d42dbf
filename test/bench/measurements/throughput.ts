import { OURS, PLAIN } from '../contenders.js';
import { Child } from '../processes/child.js';
import type { RawCalls } from '../raw/raw.main.js';
import { observed } from '../receiver/observed.js';
import type { Sizes } from '../sizes.js';
import { WEBHOOKS, WEBHOOKS_PER_CONTRACT } from '../sizes.js';
import type { Ground, Sample } from '../stack.js';
import type { Measurement } from './measurement.js';
import type { Wanted } from './measurement.js';
import { interleaved, withStacks } from './measurement.js';

const RAW = new URL('../raw/raw.main.js', import.meta.url);
const FIRST_REQUESTS = 3_000;

const ONE_CONTRACT = { webhooks: WEBHOOKS, perContract: WEBHOOKS };
const SPREAD = { webhooks: WEBHOOKS, perContract: WEBHOOKS_PER_CONTRACT };

/**
 * By contender: `raw`, `plain`, and ours as `ours(1)`, `ours(2)`, … by the number of working processes, and by its HTTP client where
 * that is not the default.
 */
export type ThroughputSamples = Record<string, Sample[]>;

/**
 * Deliveries a second for 100 webhooks that all want every event: the bare loop, the hand-written sender, and ours with 1,
 * 2, … workers, once without axios; and once with the webhooks spread over contracts, so that each event goes to ten of them.
 */
export const throughput: Measurement<ThroughputSamples> = async ({ ground, sizes }) => {
  const { rounds, workers: workerCounts, spread, leadInSeconds, seconds } = sizes.throughput;
  const wanted: Record<string, Wanted> = {
    plain: { contender: PLAIN, workers: 1, subscriptions: ONE_CONTRACT },
    ...Object.fromEntries(
      workerCounts.map((workers) => [
        `ours(${workers})`,
        { contender: OURS, workers, subscriptions: ONE_CONTRACT },
      ]),
    ),
    'ours(1), undici': { contender: OURS, workers: 1, httpClient: 'undici', subscriptions: ONE_CONTRACT },
    ...(spread && { 'ours(1), 10 contracts': { contender: OURS, workers: 1, subscriptions: SPREAD } }),
  };
  return withStacks(ground, Object.values(wanted), async (stacks) => {
    const loop = await BareLoop.start(ground, sizes);
    try {
      for (const stack of stacks) await stack.warmUp(sizes.warmUpSeconds);
      const contenders: Record<string, () => Promise<Sample>> = {
        raw: afterLeadIn((runSeconds) => loop.send(runSeconds), leadInSeconds, seconds),
      };
      stacks.forEach((stack, index) => {
        const [leadIn, changes] = [stack.changesIn(leadInSeconds), stack.changesIn(seconds)];
        contenders[Object.keys(wanted)[index] ?? ''] = afterLeadIn(
          (count) => stack.deliver(count),
          leadIn,
          changes,
        );
      });
      return await interleaved(rounds, contenders);
    } finally {
      await loop.stop();
    }
  });
};

/**
 * A contender stands still during the others' turns. V8 drops compiled code meanwhile, and to make it anew took a fifth of the
 * CPU of a run of four seconds.
 */
function afterLeadIn(
  run: (size: number) => Promise<Sample>,
  leadIn: number,
  size: number,
): () => Promise<Sample> {
  return async () => {
    await run(leadIn);
    return run(size);
  };
}

class BareLoop {
  private constructor(
    private readonly ground: Ground,
    private readonly child: Child<RawCalls>,
    private perSecond: number,
  ) {}

  static async start(ground: Ground, { warmUpSeconds }: Sizes): Promise<BareLoop> {
    const loop = new BareLoop(ground, await Child.start<RawCalls>(RAW, {}), FIRST_REQUESTS);
    for (const seconds of [1, ...warmUpSeconds]) loop.perSecond = (await loop.send(seconds)).perSecond;
    return loop;
  }

  async send(seconds: number): Promise<Sample> {
    const { receiver, ports } = this.ground;
    const requests = Math.ceil(this.perSecond * seconds);
    const { result, ...seen } = await observed(receiver, () => this.child.call('send', requests, ports));
    return { ...result, ...seen };
  }

  stop(): Promise<void> {
    return this.child.kill();
  }
}
