import { spread } from '../report.js';
import { WARM_UP_CHANGES, WEBHOOKS_PER_CONTRACT } from '../sizes.js';
import { OURS, PLAIN, Stack } from '../stack.js';
import { median } from '../statistics.js';
import type { Measurement } from './measurement.js';
import { interleaved } from './measurement.js';

/** Many webhooks with one delivery each: nothing that lanes could share. */
export const worstCase: Measurement = async ({ ground, sizes, report }) => {
  const { rounds, webhooks } = sizes.worst;
  const subscriptions = { webhooks, perContract: WEBHOOKS_PER_CONTRACT };
  const changes = webhooks / WEBHOOKS_PER_CONTRACT;
  const stacks: Stack[] = [];
  try {
    for (const contender of [PLAIN, OURS]) {
      const stack = await Stack.start(ground, contender, { workers: 1, subscriptions });
      stacks.push(stack);
      await stack.deliver(WARM_UP_CHANGES);
    }
    const [plainStack, ourStack] = stacks as [Stack, Stack];
    const samples = await interleaved(rounds, {
      plain: async () => (await plainStack.deliver(changes)).perSecond,
      ours: async () => (await ourStack.deliver(changes)).perSecond,
    });
    report.keep('worst', samples);
    const { plain = [], ours = [] } = samples;
    report.figures.worst = median(ours) / median(plain);
    report.line(`worst      ${webhooks} webhooks, one delivery each: plain ${spread(plain, median(plain))}`);
    report.line(`worst      ours ${spread(ours, median(ours))}, ${report.figures.worst.toFixed(2)} of plain`);
  } finally {
    await Promise.all(stacks.map((stack) => stack.stop()));
  }
};
