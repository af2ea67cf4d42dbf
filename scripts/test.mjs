// npm test [-- jest's arguments]
import { runChild } from './run-child.mjs';
import { main, root } from './setup.mjs';

const EXIT_MS = 30_000;

await main(async () => {
  const { startServices } = await import('./services/services.mjs');
  const services = await startServices();
  const { code, counts } = await runJest(services).finally(services.stop);
  if (counts) console.log(inOneLine(counts));
  return code;
});

async function runJest({ databaseUrl, redisUrl }) {
  let counts;
  let stuck;
  const code = await runChild(['node_modules/jest/bin/jest.js', ...process.argv.slice(2)], {
    cwd: root,
    env: { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl },
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

function inOneLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}
