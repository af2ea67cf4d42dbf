import type { Report } from '../report.js';
import type { Sizes } from '../sizes.js';
import type { Ground } from '../stack.js';

export interface Bench {
  ground: Ground;
  sizes: Sizes;
  report: Report;
}

/** Measures one thing and prints its lines. */
export type Measurement = (bench: Bench) => Promise<void>;

/** Runs every contender once, then every contender again: a noisy minute hits all of them. */
export async function interleaved<Sample>(
  rounds: number,
  contenders: Record<string, () => Promise<Sample>>,
): Promise<Record<string, Sample[]>> {
  const samples = Object.fromEntries(Object.keys(contenders).map((name) => [name, [] as Sample[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contenders)) samples[name]?.push(await run());
  }
  return samples;
}
