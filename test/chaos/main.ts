import { parseArgs } from 'node:util';

import { reportOf } from './report.js';
import type { Scenario, Size, Verdict } from './scenario.js';
import { kept, keptButBounds, NOTHING_SEEN } from './scenario.js';
import { SCENARIOS } from './scenarios/index.js';
import { startServices } from './services.js';
import type { Services } from './services.js';
import { Stage } from './stage.js';

/** Most of a scenario's time is waiting: for a stop to end, a lease to run out, a process to start. */
const PLACES = 3;

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

// The soak takes longer than all others together, and asks for little: it is no company that times would suffer from.
const soaking = size.quick ? [] : chosen.filter(({ name }) => name === 'soak');
const others = chosen.filter((scenario) => !soaking.includes(scenario));
const passed = (
  await Promise.all([
    playAll(soaking),
    playAll(others.filter(({ alone }) => alone)).then(async (first) => [
      ...first,
      ...(await playAll(
        others.filter(({ alone }) => !alone),
        PLACES,
      )),
    ]),
  ])
).flat();
const failed = passed.filter((good) => !good).length;
console.log(`chaos: minutes=${(performance.now() / 60_000).toFixed(1)}`);
console.log(`chaos: ${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** So many at a time, each place with servers of its own: what one scenario harms is not another's. */
async function playAll(scenarios: Scenario[], places = 1): Promise<boolean[]> {
  const waiting = scenarios.values();
  const place = async (): Promise<boolean[]> => {
    const services = await startServices();
    try {
      const passed: boolean[] = [];
      for (const scenario of waiting) passed.push(await passes(services, scenario));
      return passed;
    } finally {
      await Promise.all([services.postgres.stop(), services.redis.stop()]);
    }
  };
  const needed = Math.min(places, scenarios.length);
  return (await Promise.all(Array.from({ length: needed }, place))).flat();
}

async function passes(services: Services, scenario: Scenario): Promise<boolean> {
  const startedAt = performance.now();
  const verdict = await played(services, scenario);
  const control = await onStage(services, `${scenario.name}_control`, (stage) =>
    scenario.control(stage, size),
  );
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(reportOf(scenario, verdict, control, seconds));
  return kept(verdict) && !control.broken && !kept(control) && scenario.proof(control);
}

async function played(services: Services, scenario: Scenario): Promise<Verdict> {
  const { name } = scenario;
  const play = (stage: Stage) => scenario.run(stage, size);
  const verdict = await onStage(services, name, play);
  if (kept(verdict) || !keptButBounds(verdict)) return verdict;
  console.log(`chaos: ${name} is played once more: ${verdict.beyondBounds?.join('; ')}`);
  const second = await onStage(services, name, play);
  return { ...second, figures: { ...second.figures, played: 2 } };
}

/** What goes wrong on a stage is a failure of the scenario, not the end of the others. */
async function onStage(
  services: Services,
  name: string,
  play: (stage: Stage) => Promise<Verdict>,
): Promise<Verdict> {
  const stage = await Stage.set(services, name, size.seed);
  try {
    return await play(stage);
  } catch (error) {
    if (process.env.DEBUG) console.error(error);
    return { ...NOTHING_SEEN, broken: error instanceof Error ? error.message : String(error) };
  } finally {
    await stage.strike();
  }
}
