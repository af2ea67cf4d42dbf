import { OURS } from '../contenders.js';
import type { PublishCost } from '../ours/publish-cost.js';
import { BATCH, WEBHOOKS, WEBHOOKS_PER_CONTRACT } from '../sizes.js';
import type { Stack } from '../stack.js';
import type { Measurement } from './measurement.js';
import { withStacks } from './measurement.js';

export type PublishSamples = Record<'single' | 'batch', PublishCost>;

/** What a publish adds to the host's transaction, beside the same insert by plain SQL. */
export const publish: Measurement<PublishSamples> = async ({ ground, sizes }) => {
  const { single, batches } = sizes.publish;
  const subscriptions = { webhooks: WEBHOOKS, perContract: WEBHOOKS_PER_CONTRACT };
  return withStacks(ground, [{ contender: OURS, workers: 0, subscriptions }], async (stacks) => {
    const [{ publisher }] = stacks as [Stack];
    const cost = async (batch: number, rounds: number) => {
      await publisher.call('cost', batch, Math.ceil(rounds / 5));
      return publisher.call('cost', batch, rounds);
    };
    return { single: await cost(1, single), batch: await cost(BATCH, batches) };
  });
};
