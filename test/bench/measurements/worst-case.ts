import { OURS, PLAIN } from '../contenders.js';
import { WEBHOOKS_PER_CONTRACT } from '../sizes.js';
import type { Sample, Stack } from '../stack.js';
import type { Measurement } from './measurement.js';
import { interleaved, withStacks } from './measurement.js';

export type WorstSamples = Record<'plain' | 'ours', Sample[]>;

/** Many webhooks with one delivery each: nothing that lanes could share. */
export const worstCase: Measurement<WorstSamples> = async ({ ground, sizes }) => {
  const { rounds, webhooks, plainSeconds } = sizes.worst;
  const subscriptions = { webhooks, perContract: WEBHOOKS_PER_CONTRACT };
  const wanted = [PLAIN, OURS].map((contender) => ({ contender, workers: 1, subscriptions }));
  const all = webhooks / WEBHOOKS_PER_CONTRACT;
  return withStacks(ground, wanted, async (stacks) => {
    const [plain, ours] = stacks as [Stack, Stack];
    for (const stack of stacks) await stack.warmUp(sizes.warmUpSeconds);
    const some = Math.min(plain.changesIn(plainSeconds), all);
    return interleaved(rounds, { plain: () => plain.deliver(some), ours: () => ours.deliver(all) });
  });
};
