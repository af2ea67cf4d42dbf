import { runChild } from './run-child.mjs';
import { root } from './setup.mjs';

const EXIT_MS = 30_000;

/** Runs jest to its end. `counts` is undefined when it ended before it had any. */
export async function runJest(args, env = {}) {
  let counts;
  let stuck;
  const code = await runChild(['node_modules/jest/bin/jest.js', ...args], {
    cwd: root,
    env,
    onMessage(message, jest) {
      counts = message;
      // A spec that leaves a socket or a timer open keeps jest waiting for ever: in CI that is a failure.
      if (process.env.CI) stuck = setTimeout(() => killStuck(jest), EXIT_MS);
    },
  });
  clearTimeout(stuck);
  return { code, counts };
}

function killStuck(jest) {
  console.error('Jest did not exit by itself: a spec left something open (try --detectOpenHandles).');
  jest.kill('SIGKILL');
}

/** How many passed and failed in all of these runs, in one line; undefined when one ended before it had counts. */
export function inOneLine(runs) {
  if (runs.some(({ counts }) => !counts)) return undefined;
  const sum = (name) => runs.reduce((total, { counts }) => total + counts[name], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`;
}
