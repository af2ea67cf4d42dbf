import { fuzzAnswers } from './answers-fuzz.js';
import type { Played } from './campaign.js';
import type { FuzzServices } from './fuzz-host.js';
import { fuzzPublish } from './publish-fuzz.js';
import { fuzzRawRequests } from './raw-request-fuzz.js';
import type { PartOptions } from './rest-fuzz.js';
import { fuzzRest } from './rest-fuzz.js';
import { fuzzTargets } from './target-fuzz.js';
import { fuzzVerify } from './verify-fuzz.js';

export interface FuzzOptions extends FuzzServices {
  parts: readonly (keyof typeof SHARES)[];
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
  express: 0.08,
  fastify: 0.03,
  raw: 0.02,
  targets: 0.24,
  publish: 0.06,
  answers: 0.05,
  verify: 0.52,
};

type Part = keyof typeof SHARES;

/** Input that strangers, hosts and receivers make up, against everything that reads it. */
export async function fuzz({ cases, seed, parts, log, ...services }: FuzzOptions): Promise<FuzzResult> {
  const accidents: string[] = [];
  const onRejection = (reason: unknown) => accidents.push(`unhandled rejection: ${String(reason)}`);
  const onException = (error: Error) => accidents.push(`uncaught exception: ${error.stack ?? error.message}`);
  process.on('unhandledRejection', onRejection).on('uncaughtException', onException);
  const result: FuzzResult = { cases: 0, failures: [], beyondBounds: [], figures: {} };
  try {
    for (const name of parts) {
      const {
        played,
        beyondBounds = [],
        figures = {},
      } = await PLAYS[name](services, {
        wanted: Math.ceil(cases * SHARES[name]),
        seed,
        log,
      });
      result.cases += played.cases;
      result.failures.push(...played.failures);
      result.beyondBounds.push(...beyondBounds);
      Object.assign(result.figures, { [name]: played.cases }, figures);
    }
    return { ...result, failures: [...result.failures, ...accidents] };
  } finally {
    process.off('unhandledRejection', onRejection).off('uncaughtException', onException);
  }
}

interface PlayedPart {
  played: Played;
  beyondBounds?: string[];
  figures?: FuzzResult['figures'];
}

const PLAYS: Record<Part, (services: FuzzServices, options: PartOptions) => Promise<PlayedPart>> = {
  express: async (services, options) => ({ played: await fuzzRest(services, 'express', options) }),
  fastify: async (services, options) => ({ played: await fuzzRest(services, 'fastify', options) }),
  raw: async (services, options) => ({ played: await fuzzRawRequests(services, options) }),
  publish: async (services, options) => ({ played: await fuzzPublish(services, options) }),
  verify: async (_, options) => ({ played: await fuzzVerify(options) }),
  targets: async (services, options) => {
    const played = await fuzzTargets(services, options);
    return { played, figures: { targets_accepted: played.accepted } };
  },
  answers: async (services, options) => {
    const { beyondBounds, ...played } = await fuzzAnswers(services, options);
    const figures = {
      neighbour_worst_ms: played.neighbourWorstMs,
      neighbour_timeouts: played.neighbourTimeouts,
      memory_grew_mb: played.memoryGrewMb,
    };
    return { played, beyondBounds, figures };
  },
};
