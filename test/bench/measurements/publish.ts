import { WEBHOOKS, WEBHOOKS_PER_CONTRACT } from '../sizes.js';
import { OURS, Stack } from '../stack.js';
import { median } from '../statistics.js';
import type { Measurement } from './measurement.js';

const BATCH = 100;

/** What a publish adds to the host's transaction, beside the same insert by plain SQL. */
export const publish: Measurement = async ({ ground, sizes, report }) => {
  const { single, batches } = sizes.publish;
  const subscriptions = { webhooks: WEBHOOKS, perContract: WEBHOOKS_PER_CONTRACT };
  const stack = await Stack.start(ground, OURS, { workers: 0, subscriptions });
  try {
    for (const [batch, rounds] of [
      [1, single],
      [BATCH, batches],
    ] as const) {
      await stack.publisher.call('cost', batch, Math.ceil(rounds / 5));
      const cost = await stack.publisher.call('cost', batch, rounds);
      report.keep(`publish of ${batch}`, cost);
      const [ours, plainSql] = [median(cost.ours) / batch, median(cost.plainSql) / batch];
      const ratio = ours / plainSql;
      report.line(
        `publish    ${batch} in a transaction: ${(ours * 1000).toFixed(0)} µs an event, ` +
          `plain SQL ${(plainSql * 1000).toFixed(0)} µs, ratio ${ratio.toFixed(2)}`,
      );
      if (batch === 1) report.figures.publish = ratio;
    }
  } finally {
    await stack.stop();
  }
};
