import 'reflect-metadata';

import { runOnce } from './run-once.js';
import { settings } from './settings.js';
import { setStage } from './stage.js';
import { stayUp } from './stay-up.js';

const INTERRUPTED = 130;

/** They make a little more than 5,000 committed events. */
const FLIGHTS_ONCE = 1_400;
const FLIGHTS = 5_000;

async function main(): Promise<number> {
  console.log(
    settings.redisUrl
      ? 'Lanes are woken over Redis, by Bull.'
      : 'REDIS_URL is not set: lanes are woken inside this process, without Redis.',
  );
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupted.abort());

  const once = process.argv.includes('--once');
  const stage = await setStage(
    once ? { port: 0, flights: FLIGHTS_ONCE } : { port: settings.port, flights: FLIGHTS },
  );
  try {
    if (!once) await stayUp(stage, interrupted.signal);
    else return (await runOnce(stage, interrupted.signal)) ?? INTERRUPTED;
    return 0;
  } finally {
    await stage.close();
  }
}

process.exitCode = await main();
