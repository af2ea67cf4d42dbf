import { OURS, PLAIN } from '../contenders.js';
import { EVENTS_PER_SECOND, WEBHOOKS } from '../sizes.js';
import type { Stack } from '../stack.js';
import type { Measurement } from './measurement.js';
import { interleaved, withStacks } from './measurement.js';

/** The milliseconds of each event, by run. */
export type LatencySamples = Record<'plain' | 'ours', number[][]>;

/** From the commit of an event to the first byte at its one receiver, at an even rate over 100 webhooks. */
export const latency: Measurement<LatencySamples> = async ({ ground, sizes }) => {
  const { rounds, events } = sizes.latency;
  const subscriptions = { webhooks: WEBHOOKS, perContract: 1 };
  const wanted = [PLAIN, OURS].map((contender) => ({ contender, workers: 1, subscriptions }));
  return withStacks(ground, wanted, async (stacks) => {
    const [plain, ours] = stacks as [Stack, Stack];
    for (const stack of stacks) {
      await stack.warmUp(sizes.warmUpSeconds);
      await stack.latencies(EVENTS_PER_SECOND, EVENTS_PER_SECOND);
    }
    return interleaved(rounds, {
      plain: () => plain.latencies(events, EVENTS_PER_SECOND),
      ours: () => ours.latencies(events, EVENTS_PER_SECOND),
    });
  });
};
