import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { figures, lastLine } from './bench/findings/figures.js';
import { scalingTable } from './bench/findings/scaling.js';
import { tables } from './bench/findings/tables.js';
import type { Results, Samples } from './bench/results.js';
import { QUICK } from './bench/sizes.js';

const run = (perSecond: number) => ({
  deliveries: 1_000,
  elapsedMs: 1_000_000 / perSecond,
  perSecond,
  cpuUs: 100,
  bodyBytes: 1_024,
  receiverShare: 0.3,
});
const growing = (size: number) => ({
  size,
  runs: [{ perSecond: 4_000, rssBytes: 2 ** 27, redisBytes: 2 ** 16, statementsPerDelivery: 0.05 }],
});

const SAMPLES: Required<Samples> = {
  throughput: {
    raw: [run(10_000), run(9_000), run(30_000)],
    plain: [run(1_000)],
    'ours(1)': [run(4_000)],
    'ours(2)': [run(5_000)],
  },
  worst: { plain: [run(1_000)], ours: [run(2_500)] },
  latency: {
    plain: [[40, 41, 42]],
    ours: [
      [9, 10, 11],
      [10, 11, 12],
      [8, 9, 30],
    ],
  },
  publish: {
    single: { ours: [0.6, 0.6, 9], plainSql: [0.5, 0.5, 7] },
    batch: { ours: [5], plainSql: [5] },
  },
  growth: { webhooks: [growing(100)], backlog: [growing(1_000)], events: [growing(10_000)] },
  profile: {
    expense: {
      deliveries: 1_000,
      cpuMs: { worker: 200, publisher: 50, receiver: 50, PostgreSQL: 100, Redis: undefined },
      walBytes: 2_000_000,
      storedBytes: 1_000_000,
    },
    deliveries: 1_000,
    groups: [{ name: 'undici', ms: 50 }],
    functions: [{ name: 'undici: writev', ms: 20 }],
    statements: [{ text: 'INSERT INTO webhook_attempt', calls: 8, totalMs: 70 }],
    commands: [{ name: 'evalsha', calls: 400, totalMs: 20 }],
  },
};

it('the last line says medians and ratios of medians, in a form that scripts can read', () => {
  expect(lastLine(figures(SAMPLES))).toBe(
    'bench: raw=10000/s plain=1000/s ours=4000/s best=5000/s(2 workers) ours/raw=0.40 best/raw=0.50 ours/plain=4.00 ' +
      'worst/plain=2.50 p50=10.0ms p99=12.0ms publish=1.20',
  );
});

it('the best counts without axios as well', () => {
  const throughput = { ...SAMPLES.throughput, 'ours(1), undici': [run(6_000)] };
  expect(figures({ ...SAMPLES, throughput })).toMatchObject({ ours: 4_000, best: 6_000, bestWorkers: 1 });
});

it('what was not measured is a dash in the last line', () => {
  expect(lastLine(figures({ worst: SAMPLES.worst }))).toBe(
    'bench: raw=- plain=- ours=- best=-(- workers) ours/raw=- best/raw=- ours/plain=- worst/plain=2.50 p50=- p99=- publish=-',
  );
});

it('a run of everything has each table that the pages ask for', () => {
  const results: Pick<Results, 'samples' | 'settings'> = {
    samples: SAMPLES,
    settings: { quick: true, chosen: [], sizes: QUICK, services: {} },
  };
  const known = [...tables(results), ...scalingTable(results)].map(({ name }) => name);
  const pages = ['performance.md', 'scaling.md'].map((page) =>
    readFileSync(join(__dirname, '..', 'docs', page), 'utf8'),
  );
  const asked = [...pages.join('\n').matchAll(/<!-- bench:([a-z-]+) -->/g)].map(([, name]) => name);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((name) => !known.includes(name ?? ''))).toEqual(['last-line', 'machine']);
});
