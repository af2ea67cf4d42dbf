import type { Sizes } from '../sizes.js';
import type { Contender } from '../contenders.js';
import type { Ground, StackOptions } from '../stack.js';
import { Stack } from '../stack.js';

export interface Bench {
  ground: Ground;
  sizes: Sizes;
}

/** Measures one thing and answers every sample of it. */
export type Measurement<Samples> = (bench: Bench) => Promise<Samples>;

/**
 * Runs every contender once, then every contender again, the other way round: a noisy minute hits all of them, and nobody
 * always runs after the same one.
 */
export async function interleaved<Name extends string, Sample>(
  rounds: number,
  contenders: Record<Name, () => Promise<Sample>>,
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(contenders) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Record<Name, Sample[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      samples[name].push(await contenders[name]());
    }
  }
  return samples;
}

export type Wanted = StackOptions & { contender: Contender };

/** Starts stacks beside each other, hands them over, and clears them away whatever happens. */
export async function withStacks<Result>(
  ground: Ground,
  wanted: readonly Wanted[],
  work: (stacks: Stack[]) => Promise<Result>,
): Promise<Result> {
  const started = await Promise.allSettled(
    wanted.map(({ contender, ...options }) => Stack.start(ground, contender, options)),
  );
  const stacks = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  try {
    for (const each of started) if (each.status === 'rejected') throw each.reason;
    return await work(stacks);
  } finally {
    await Promise.all(stacks.map((stack) => stack.clear()));
  }
}
