import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { print } from './console.js';
import { charts } from './findings/charts.js';
import { figures, lastLine } from './findings/figures.js';
import { writePages } from './findings/pages.js';
import { tables } from './findings/tables.js';
import { layGround } from './ground.js';
import { machine, services } from './machine.js';
import type { Measurement } from './measurements/measurement.js';
import { growth } from './measurements/growth.js';
import { latency } from './measurements/latency.js';
import { profile } from './measurements/profile.js';
import { publish } from './measurements/publish.js';
import { throughput } from './measurements/throughput.js';
import { worstCase } from './measurements/worst-case.js';
import type { Results, Samples } from './results.js';
import { load, resultsPath, save } from './results.js';
import { setting } from './processes/setting.js';
import { FULL, QUICK } from './sizes.js';

const MEASUREMENTS: { [Name in keyof Samples]-?: Measurement<NonNullable<Samples[Name]>> } = {
  throughput,
  worst: worstCase,
  latency,
  publish,
  growth,
  profile,
};
type Name = keyof Samples;

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string' }, docs: { type: 'string' } },
});
if (values.docs === undefined) await measure(values.quick ?? false, values.only);
else await writePages(load(values.docs));

async function measure(quick: boolean, only: string | undefined): Promise<void> {
  const startedAt = Number(setting('BENCH_STARTED_AT'));
  const chosen = only === undefined ? (Object.keys(MEASUREMENTS) as Name[]) : [nameOf(only)];
  const sizes = quick ? QUICK : FULL;
  const about = {
    at: new Date().toISOString(),
    machine: machine(),
    settings: {
      quick,
      chosen,
      sizes,
      services: await services(setting('DATABASE_URL'), setting('REDIS_URL')),
    },
  };
  const samples: Samples = {};
  const seconds: Results['seconds'] = {};
  const ground = await layGround();
  try {
    for (const name of chosen) {
      const begun = performance.now();
      const found = { [name]: await MEASUREMENTS[name]({ ground, sizes }) } as Samples;
      seconds[name] = (performance.now() - begun) / 1000;
      Object.assign(samples, found);
      for (const table of tables({ ...about, samples: found })) print(table);
    }
  } finally {
    await ground.clear();
  }
  conclude({ ...about, minutes: (Date.now() - startedAt) / 60_000, seconds, samples });
}

function nameOf(text: string): Name {
  if (text in MEASUREMENTS) return text as Name;
  throw new Error(`There is no measurement '${text}'. There are ${Object.keys(MEASUREMENTS).join(', ')}.`);
}

function conclude(results: Results): void {
  for (const { name, svg } of charts(results)) writeFileSync(resultsPath(results, `-${name}.svg`), svg);
  console.log(`\nEvery sample is in ${save(results)}, charts are beside it.`);
  const parts = Object.entries(results.seconds).map(([name, seconds]) => `${name}=${seconds.toFixed(0)}s`);
  console.log(`bench: minutes=${results.minutes.toFixed(1)} ${parts.join(' ')}`);
  console.log(lastLine(figures(results.samples)));
}
