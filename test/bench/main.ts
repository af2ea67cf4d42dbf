import { parseArgs } from 'node:util';

import { layGround } from './ground.js';
import { growth } from './measurements/growth.js';
import { latency } from './measurements/latency.js';
import type { Measurement } from './measurements/measurement.js';
import { profile } from './measurements/profile.js';
import { publish } from './measurements/publish.js';
import { throughput } from './measurements/throughput.js';
import { worstCase } from './measurements/worst-case.js';
import { Report } from './report.js';
import { FULL, QUICK } from './sizes.js';

const MEASUREMENTS: Record<string, Measurement> = {
  throughput,
  worst: worstCase,
  latency,
  publish,
  growth,
  profile,
};

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
const chosen = values.only === undefined ? Object.keys(MEASUREMENTS) : [values.only];
for (const name of chosen) {
  if (!(name in MEASUREMENTS)) {
    throw new Error(`There is no measurement '${name}'. There are ${Object.keys(MEASUREMENTS).join(', ')}.`);
  }
}

const sizes = values.quick ? QUICK : FULL;
const report = new Report();
const ground = await layGround();
try {
  for (const name of chosen) await MEASUREMENTS[name]?.({ ground, sizes, report });
  report.finish({ quick: values.quick ?? false, chosen, sizes });
} finally {
  await ground.clear();
}
