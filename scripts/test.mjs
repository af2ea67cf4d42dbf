// npm test [-- jest's arguments]
import { inOneLine, runJest } from './run-jest.mjs';
import { main } from './setup.mjs';

const selection = process.argv.slice(2);

await main(async () => {
  const { startServices } = await import('./services/services.mjs');
  const services = await startServices();
  const env = { DATABASE_URL: services.databaseUrl, REDIS_URL: services.redisUrl };
  const runs = await allRuns(env).finally(services.stop);
  const counts = inOneLine(runs);
  if (counts) console.log(counts);
  return Math.max(...runs.map(({ code }) => code));
});

async function allRuns(env) {
  const others = await runJest(selection, env);
  return [others, ...(await portalRuns(env))];
}

/** The portal's specs where a browser is; a selection is among the other ones. */
async function portalRuns(env) {
  if (selection.length > 0) return [];
  const { findChromium } = await import('./services/chromium.mjs');
  if (!findChromium()) {
    console.error('No Chromium here: the portal was not tested (npm run test:portal says how to).');
    return [];
  }
  const { testPortal } = await import('./portal-specs.mjs');
  return [await testPortal([], env)];
}
