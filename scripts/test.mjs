// npm test [-- jest's arguments]
import { runChild } from './run-child.mjs';
import { ensureInstalled, root } from './setup.mjs';

const JEST = 'node_modules/jest/bin/jest.js';
const EXIT_MS = 30_000;

ensureInstalled();
const { startServices } = await import('./services/services.mjs');
const services = await startServices();

let result;
let stuck;
try {
  process.exitCode = await runChild([JEST, ...process.argv.slice(2)], {
    cwd: root,
    env: { DATABASE_URL: services.databaseUrl, REDIS_URL: services.redisUrl },
    onMessage(message, jest) {
      result = message;
      // Jest waits for ever when a spec leaves a socket or a timer open: in CI that is a failure, not a wait.
      if (process.env.CI) {
        stuck = setTimeout(() => {
          console.error('Jest did not exit by itself: a spec left something open (try --detectOpenHandles).');
          jest.kill('SIGKILL');
        }, EXIT_MS);
      }
    },
  });
} finally {
  clearTimeout(stuck);
  await services.stop();
}
if (result) {
  const { passed, failed, skipped } = result;
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
}
