import { WARM_UP_CHANGES, WEBHOOKS } from '../sizes.js';
import { OURS, PLAIN, Stack } from '../stack.js';
import { quantile } from '../statistics.js';
import type { Measurement } from './measurement.js';
import { interleaved } from './measurement.js';

const EVENTS_PER_SECOND = 200;

/** From the commit of an event to the first byte at its one receiver, at an even rate over 100 webhooks. */
export const latency: Measurement = async ({ ground, sizes, report }) => {
  const { rounds, events } = sizes.latency;
  const subscriptions = { webhooks: WEBHOOKS, perContract: 1 };
  const stacks: Stack[] = [];
  try {
    for (const contender of [PLAIN, OURS]) {
      const stack = await Stack.start(ground, contender, { workers: 1, subscriptions });
      stacks.push(stack);
      await stack.deliver(WARM_UP_CHANGES);
      await stack.latencies(EVENTS_PER_SECOND, EVENTS_PER_SECOND);
    }
    const [plainStack, ourStack] = stacks as [Stack, Stack];
    const samples = await interleaved(rounds, {
      plain: () => plainStack.latencies(events, EVENTS_PER_SECOND),
      ours: () => ourStack.latencies(events, EVENTS_PER_SECOND),
    });
    report.keep('latency', samples);
    for (const [name, runs] of Object.entries(samples)) {
      const all = runs.flat();
      const [p50, p99, worst] = [0.5, 0.99, 1].map((share) => quantile(all, share)) as [
        number,
        number,
        number,
      ];
      report.line(
        `latency    ${name.padEnd(5)} at ${EVENTS_PER_SECOND} events/s: p50 ${p50.toFixed(1)} ms, ` +
          `p99 ${p99.toFixed(1)} ms, longest ${worst.toFixed(0)} ms`,
      );
      if (name === 'ours') Object.assign(report.figures, { p50, p99 });
    }
  } finally {
    await Promise.all(stacks.map((stack) => stack.stop()));
  }
};
