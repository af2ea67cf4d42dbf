import type { PublishCost } from '../ours/publish-cost.js';
import type { Samples } from '../results.js';
import { BATCH } from '../sizes.js';
import type { Sample } from '../stack.js';
import { median, quantile } from '../statistics.js';

/** What the bench says in its last line. Absent is what was not measured. */
export interface Figures {
  raw?: number;
  plain?: number;
  ours?: number;
  /** Of the module's numbers of processes and HTTP clients. */
  best?: number;
  bestWorkers?: number;
  worst?: number;
  p50?: number;
  p99?: number;
  publish?: number;
}

export const OUR_NAME = /^ours\((\d+)\)(, undici)?$/;

export function figures({ throughput, worst, latency, publish }: Samples): Figures {
  const found: Figures = {};
  if (throughput) {
    const ours = Object.keys(throughput).filter((name) => OUR_NAME.test(name));
    const rate = (name: string) => rateOf(throughput[name] ?? []);
    const [best = ''] = [...ours].sort((a, b) => rate(b) - rate(a));
    found.raw = rate('raw');
    found.plain = rate('plain');
    found.ours = rate('ours(1)');
    found.best = rate(best);
    found.bestWorkers = Number(OUR_NAME.exec(best)?.[1]);
  }
  if (worst) found.worst = rateOf(worst.ours) / rateOf(worst.plain);
  if (latency) {
    found.p50 = latencyOf(latency.ours, 0.5);
    found.p99 = latencyOf(latency.ours, 0.99);
  }
  if (publish) found.publish = publishCost(publish.single, 1).ratio;
  return found;
}

/** The median of the runs' rates. */
export function rateOf(runs: readonly Sample[]): number {
  return median(runs.map(({ perSecond }) => perSecond));
}

/** The median over the runs of each one's quantile, in milliseconds. */
export function latencyOf(runs: readonly (readonly number[])[], share: number): number {
  return median(runs.map((run) => quantile(run, share)));
}

/** Milliseconds of an event, at the median. */
export function publishCost(
  cost: PublishCost,
  batch: number,
): { ours: number; plainSql: number; ratio: number } {
  const [ours, plainSql] = [median(cost.ours) / batch, median(cost.plainSql) / batch];
  return { ours, plainSql, ratio: ours / plainSql };
}

export const batchCost = (cost: PublishCost) => publishCost(cost, BATCH);

export function lastLine(found: Figures): string {
  const { raw, plain, ours, best, bestWorkers, worst, p50, p99, publish } = found;
  const rate = (value?: number) => (value === undefined ? '-' : `${Math.round(value)}/s`);
  const number = (value?: number) => (value === undefined ? '-' : value.toFixed(2));
  const ratio = (over?: number, under?: number) =>
    number(over !== undefined && under !== undefined ? over / under : undefined);
  const ms = (value?: number) => (value === undefined ? '-' : `${value.toFixed(1)}ms`);
  return [
    `bench: raw=${rate(raw)} plain=${rate(plain)} ours=${rate(ours)} best=${rate(best)}(${bestWorkers ?? '-'} workers)`,
    `ours/raw=${ratio(ours, raw)} best/raw=${ratio(best, raw)} ours/plain=${ratio(ours, plain)}`,
    `worst/plain=${number(worst)} p50=${ms(p50)} p99=${ms(p99)} publish=${number(publish)}`,
  ].join(' ');
}
