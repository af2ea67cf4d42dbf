import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { FuzzOptions, FuzzResult } from '../fuzz/fuzz.js';
import type { Scenario, Size, Verdict } from '../scenario.js';
import { NOTHING_SEEN } from '../scenario.js';
import type { Stage } from '../stage.js';

const MAIN = fileURLToPath(new URL('../fuzz/fuzz.main.js', import.meta.url));
/** What each process plays: the parts that keep it busy, and those that wait for deadlines. */
const CREWS: FuzzOptions['parts'][] = [
  ['targets', 'express', 'fastify', 'verify'],
  ['answers', 'raw', 'publish'],
];
const CASES = { quick: 2_500, full: 100_000 };

/** Made-up input for everything that strangers, hosts and receivers can say. */
export const fuzz: Scenario = {
  name: 'fuzz',
  async run(stage, size) {
    const cases = size.quick ? CASES.quick : CASES.full;
    const crews = (await Promise.all(
      CREWS.map((parts) => play(stage, size, { cases, parts })),
    )) as FuzzResult[];
    const played = crews.reduce((sum, crew) => sum + crew.cases, 0);
    const few = played < cases ? [`only ${played} of ${cases} cases were played`] : [];
    return {
      ...NOTHING_SEEN,
      failures: [...crews.flatMap(({ failures }) => failures), ...few],
      beyondBounds: crews.flatMap(({ beyondBounds }) => beyondBounds),
      figures: Object.assign({ cases: played }, ...crews.map(({ figures }) => figures)) as Verdict['figures'],
    };
  },
  async control(stage, size) {
    const failures = (await play(stage, size, { control: true })) as string[];
    return { ...NOTHING_SEEN, failures };
  },
  proof: ({ failures }) => failures.length > 0,
};

async function play(stage: Stage, { seed }: Size, settings: object): Promise<unknown> {
  const services = { databaseUrl: stage.databaseUrl, redisUrl: stage.services.redis.url };
  const child = fork(MAIN, [JSON.stringify({ ...services, seed, ...settings })], { execArgv: [] });
  const died = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`The fuzzing ended with ${String(code ?? signal)}.`);
  });
  died.catch(() => undefined);
  const [{ answer, error }] = (await Promise.race([once(child, 'message'), died])) as [
    { answer?: unknown; error?: string },
  ];
  if (error !== undefined) throw new Error(error);
  return answer;
}
