// npm run demo [-- the demo's arguments]
import { buildLibrary, buildPage, buildProgram, inOrder } from './build-steps.mjs';
import { runChild } from './run-child.mjs';
import { main, root } from './setup.mjs';

const FOLLOW_PARENT = new URL('follow-parent.mjs', import.meta.url).href;

await main(async () => {
  const built = await inOrder(buildLibrary, buildPage, () => buildProgram('apps/demo'));
  if (built !== 0) return built;

  const { startPostgres, startRedis } = await import('./services/services.mjs');
  const [postgres, redis] = await Promise.allSettled([startPostgres({ durable: true }), startRedis()]);
  try {
    if (postgres.status === 'rejected') throw postgres.reason;
    if (redis.status === 'rejected')
      console.log(`Lanes run in the demo's own process. ${redis.reason.message}`);
    return await runChild(['--import', FOLLOW_PARENT, 'apps/demo/dist/main.js', ...process.argv.slice(2)], {
      cwd: root,
      env: { DATABASE_URL: postgres.value.url, REDIS_URL: redis.value?.url },
    });
  } finally {
    await Promise.all([postgres, redis].map(({ value }) => value?.stop()));
  }
});
