import type { Point } from '../measurements/growth.js';
import type { Results, Samples } from '../results.js';
import type { Curve } from '../sizes.js';
import { BATCH, EVENTS_PER_SECOND } from '../sizes.js';
import type { Sample } from '../stack.js';
import { median, quantile } from '../statistics.js';
import { batchCost, latencyOf, publishCost, rateOf } from './figures.js';
import { profileTables } from './profile-tables.js';

export interface Table {
  /** Of its place in the pages, too. */
  name: string;
  title: string;
  /** The first one is the heading. */
  rows: string[][];
}

export const CURVES: Record<Curve, string> = {
  webhooks: 'webhooks',
  backlog: 'deliveries waiting for a dead receiver',
  events: 'stored events',
};

/** Everything that was measured, in tables. */
export function tables({ samples, settings }: Pick<Results, 'samples' | 'settings'>): Table[] {
  const { throughput, worst, latency, publish, growth, profile } = samples;
  return [
    ...(throughput ? [throughputTable(throughput)] : []),
    ...(worst ? [worstTable(worst, settings.sizes.worst.webhooks)] : []),
    ...(latency ? [latencyTable(latency)] : []),
    ...(publish ? [publishTable(publish)] : []),
    ...(growth ? curves(growth).map(([curve, points]) => growthTable(curve, points)) : []),
    ...(profile ? profileTables(profile) : []),
  ];
}

export function curves(growth: NonNullable<Samples['growth']>): [Curve, Point[]][] {
  return Object.entries(growth) as [Curve, Point[]][];
}

function throughputTable(samples: NonNullable<Samples['throughput']>): Table {
  const [raw, plain] = [rateOf(samples.raw ?? []), rateOf(samples.plain ?? [])];
  const rows = Object.entries(samples).map(([name, runs]) => [
    name,
    ...rates(runs),
    (rateOf(runs) / raw).toFixed(2),
    (rateOf(runs) / plain).toFixed(2),
    median(runs.map(({ cpuUs }) => cpuUs)).toFixed(0),
    percent(Math.max(...runs.map(({ receiverShare }) => receiverShare))),
  ]);
  return {
    name: 'throughput',
    title: 'throughput, 100 webhooks',
    rows: [
      ['', 'deliveries/s', 'least to most', 'of raw', 'of plain', 'senders’ CPU, µs', 'receiver’s core'],
      ...rows,
    ],
  };
}

function worstTable(samples: NonNullable<Samples['worst']>, webhooks: number): Table {
  const plain = rateOf(samples.plain);
  const rows = Object.entries(samples).map(([name, runs]) => [
    name,
    ...rates(runs),
    (rateOf(runs) / plain).toFixed(2),
    median(runs.map(({ cpuUs }) => cpuUs)).toFixed(0),
  ]);
  return {
    name: 'worst',
    title: `worst case, ${whole(webhooks)} webhooks with one delivery each`,
    rows: [['', 'deliveries/s', 'least to most', 'of plain', 'worker’s CPU, µs'], ...rows],
  };
}

function latencyTable(samples: NonNullable<Samples['latency']>): Table {
  const rows = Object.entries(samples).map(([name, runs]) => [
    name,
    ...[0.5, 0.9, 0.99].map((share) => latencyOf(runs, share).toFixed(1)),
    Math.max(...runs.map((run) => quantile(run, 1))).toFixed(0),
  ]);
  return {
    name: 'latency',
    title: `latency at ${EVENTS_PER_SECOND} events/s, ms from commit to first byte`,
    rows: [['', 'p50', 'p90', 'p99', 'longest'], ...rows],
  };
}

function publishTable({ single, batch }: NonNullable<Samples['publish']>): Table {
  const row = (name: string, { ours, plainSql, ratio }: ReturnType<typeof publishCost>) => [
    name,
    (ours * 1000).toFixed(0),
    (plainSql * 1000).toFixed(0),
    ratio.toFixed(2),
  ];
  return {
    name: 'publish',
    title: 'publish inside the host’s transaction, µs an event',
    rows: [
      ['events at once', 'publish', 'plain SQL', 'ratio'],
      row('1', publishCost(single, 1)),
      row(String(BATCH), batchCost(batch)),
    ],
  };
}

function growthTable(curve: Curve, points: Point[]): Table {
  const rate = ({ runs }: Point) => median(runs.map(({ perSecond }) => perSecond));
  const smallest = points[0] ? rate(points[0]) : NaN;
  const rows = points.map((point) => [
    whole(point.size),
    whole(rate(point)),
    (rate(point) / smallest).toFixed(2),
    `${(Math.max(...point.runs.map(({ rssBytes }) => rssBytes)) / 1024 ** 2).toFixed(0)} MB`,
    `${(Math.max(...point.runs.map(({ redisBytes }) => redisBytes)) / 1024).toFixed(0)} kB`,
    median(point.runs.map(({ statementsPerDelivery }) => statementsPerDelivery)).toFixed(3),
  ]);
  return {
    name: `growth-${curve}`,
    title: `growth of ${CURVES[curve]}`,
    rows: [
      [
        CURVES[curve],
        'deliveries/s',
        'of the smallest',
        'worker’s memory',
        'in Redis',
        'statements/delivery',
      ],
      ...rows,
    ],
  };
}

function rates(runs: readonly Sample[]): [string, string] {
  const all = runs.map(({ perSecond }) => perSecond);
  return [whole(rateOf(runs)), `${whole(Math.min(...all))} to ${whole(Math.max(...all))}`];
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
