import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

import type { Machine } from './machine.js';
import type { GrowthSamples } from './measurements/growth.js';
import type { LatencySamples } from './measurements/latency.js';
import type { ProfileSamples } from './measurements/profile.js';
import type { PublishSamples } from './measurements/publish.js';
import type { ThroughputSamples } from './measurements/throughput.js';
import type { WorstSamples } from './measurements/worst-case.js';
import type { Sizes } from './sizes.js';

/** Every sample of what was measured. */
export interface Samples {
  throughput?: ThroughputSamples;
  worst?: WorstSamples;
  latency?: LatencySamples;
  publish?: PublishSamples;
  growth?: GrowthSamples;
  profile?: ProfileSamples;
}

/** What a run of the bench leaves: enough to draw every table and chart again. */
export interface Results {
  /** ISO 8601. */
  at: string;
  /** Of the whole run, with compiling and setting up. */
  minutes: number;
  /** Of each measurement. */
  seconds: Partial<Record<keyof Samples, number>>;
  machine: Machine;
  settings: { quick: boolean; chosen: string[]; sizes: Sizes; services: Record<string, string> };
  samples: Samples;
}

const RESULTS = new URL('../results/', import.meta.url);

/** @returns where a file of this run goes */
export function resultsPath({ at }: Results, ending: string): URL {
  mkdirSync(RESULTS, { recursive: true });
  return new URL(`${at.replaceAll(/[:.]/g, '-')}${ending}`, RESULTS);
}

/** @returns the file's name, from the checkout on */
export function save(results: Results): string {
  const path = resultsPath(results, '.json');
  writeFileSync(path, `${compact(results)}\n`);
  return `test/bench/results/${basename(path.pathname)}`;
}

export function load(path: string): Results {
  return JSON.parse(readFileSync(path, 'utf8')) as Results;
}

/** Microseconds of a thousand latencies are a line, not a thousand. */
function compact(results: Results): string {
  const rounded = (_key: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(7)) : value;
  return JSON.stringify(results, rounded, 2).replaceAll(/\[[\s\d.,e+-]+\]/g, (list) =>
    list.replaceAll(/\s+/g, ' '),
  );
}
