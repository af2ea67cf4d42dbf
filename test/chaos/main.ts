import { parseArgs } from 'node:util';

import { reportOf } from './report.js';
import type { Scenario, Size, Verdict } from './scenario.js';
import { kept, NOTHING_SEEN } from './scenario.js';
import { SCENARIOS } from './scenarios/index.js';
import { startServices } from './services.js';
import type { Services } from './services.js';
import { Stage } from './stage.js';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const size: Size = { quick: values.quick, seed: Number(values.seed) };
const chosen = SCENARIOS.filter(
  ({ name }) => values.only === undefined || values.only.split(',').includes(name),
);
if (chosen.length === 0)
  throw new Error(`No scenario is called ${values.only}: ${SCENARIOS.map(({ name }) => name).join(', ')}.`);
console.log(`chaos: seed=${size.seed}, a run with --seed=${size.seed} makes the same choices`);

const besides = chosen.filter(({ beside }) => beside && !size.quick);
const inTurn = chosen.filter((scenario) => !besides.includes(scenario));
const passed = (
  await Promise.all([playAll(inTurn), ...besides.map((scenario) => playAll([scenario]))])
).flat();
const failed = passed.filter((good) => !good).length;
console.log(`chaos: ${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** One after another, on servers that no other run of scenarios harms. */
async function playAll(scenarios: Scenario[]): Promise<boolean[]> {
  if (scenarios.length === 0) return [];
  const services = await startServices();
  try {
    const passed: boolean[] = [];
    for (const scenario of scenarios) passed.push(await passes(services, scenario));
    return passed;
  } finally {
    await Promise.all([services.postgres.stop(), services.redis.stop()]);
  }
}

async function passes(services: Services, scenario: Scenario): Promise<boolean> {
  const startedAt = performance.now();
  const verdict = await onStage(services, scenario.name, (stage) => scenario.run(stage, size));
  const control = await onStage(services, `${scenario.name}_control`, (stage) =>
    scenario.control(stage, size),
  );
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(reportOf(scenario.name, verdict, control, seconds));
  return kept(verdict) && !control.broken && !kept(control);
}

/** What goes wrong on a stage is a failure of the scenario, not the end of the others. */
async function onStage(
  services: Services,
  name: string,
  play: (stage: Stage) => Promise<Verdict>,
): Promise<Verdict> {
  const stage = await Stage.set(services, name);
  try {
    return await play(stage);
  } catch (error) {
    if (process.env.DEBUG) console.error(error);
    return { ...NOTHING_SEEN, broken: error instanceof Error ? error.message : String(error) };
  } finally {
    await stage.strike();
  }
}
