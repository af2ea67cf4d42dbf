import { fuzzAnswers } from './answers-fuzz.js';
import type { Played } from './campaign.js';
import type { FuzzServices } from './fuzz-host.js';
import { fuzzPublish } from './publish-fuzz.js';
import { fuzzRawRequests } from './raw-request-fuzz.js';
import { fuzzRest } from './rest-fuzz.js';
import { fuzzTargets } from './target-fuzz.js';
import { fuzzVerify } from './verify-fuzz.js';

export interface FuzzOptions extends FuzzServices {
  /** At least so many are played over all parts. */
  cases: number;
  /** Makes the cases; printed, so that a failure can be played again. */
  seed: number;
  log: (line: string) => void;
}

export interface FuzzResult {
  cases: number;
  failures: string[];
  beyondBounds: string[];
  figures: Record<string, number | string>;
}

/** What each part gets of the cases: the cheap ones more. */
const SHARES = {
  express: 0.14,
  fastify: 0.05,
  raw: 0.02,
  targets: 0.22,
  publish: 0.07,
  answers: 0.06,
  verify: 0.44,
};

/** Input that strangers, hosts and receivers make up, against everything that reads it. */
export async function fuzz({ cases, seed, log, ...services }: FuzzOptions): Promise<FuzzResult> {
  const accidents: string[] = [];
  const onRejection = (reason: unknown) => accidents.push(`unhandled rejection: ${String(reason)}`);
  const onException = (error: Error) => accidents.push(`uncaught exception: ${error.stack ?? error.message}`);
  process.on('unhandledRejection', onRejection).on('uncaughtException', onException);
  try {
    const part = (name: keyof typeof SHARES) => ({ wanted: Math.ceil(cases * SHARES[name]), seed, log });
    const targets = await fuzzTargets(services, part('targets'));
    const answers = await fuzzAnswers(services, part('answers'));
    const played: Record<string, Played> = {
      express: await fuzzRest(services, 'express', part('express')),
      fastify: await fuzzRest(services, 'fastify', part('fastify')),
      raw: await fuzzRawRequests(services, part('raw')),
      targets,
      publish: await fuzzPublish(services, part('publish')),
      answers,
      verify: await fuzzVerify(part('verify')),
    };
    return {
      cases: Object.values(played).reduce((sum, { cases: some }) => sum + some, 0),
      failures: [...Object.values(played).flatMap(({ failures }) => failures), ...accidents],
      beyondBounds: answers.beyondBounds,
      figures: {
        ...Object.fromEntries(Object.entries(played).map(([name, { cases: some }]) => [name, some])),
        targets_accepted: targets.accepted,
        neighbour_worst_ms: answers.neighbourWorstMs,
        neighbour_timeouts: answers.neighbourTimeouts,
        memory_grew_mb: answers.memoryGrewMb,
      },
    };
  } finally {
    process.off('unhandledRejection', onRejection).off('uncaughtException', onException);
  }
}
