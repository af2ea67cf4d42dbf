// npm run bench [-- --quick] [-- --only=<measurement>]
import { rm } from 'node:fs/promises';
import { runChild } from './run-child.mjs';
import { main, root } from './setup.mjs';

const FOLLOW_PARENT = new URL('follow-parent.mjs', import.meta.url).href;

await main(async () => {
  const built = await runChild(['scripts/build.mjs'], { cwd: root });
  if (built !== 0) return built;
  await rm(`${root}test/bench/dist`, { recursive: true, force: true });
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'test/bench/tsconfig.build.json'];
  const compiled = await runChild(tsc, { cwd: root });
  if (compiled !== 0) return compiled;

  const { startOwnServices } = await import('./services/services.mjs');
  const { postgres, redis } = await startOwnServices();
  try {
    await loadStatementStatistics(postgres);
    return await runChild(['--import', FOLLOW_PARENT, 'test/bench/dist/main.js', ...process.argv.slice(2)], {
      cwd: root,
      env: { DATABASE_URL: postgres.url, REDIS_URL: redis.url },
    });
  } finally {
    await Promise.all([postgres.stop(), redis.stop()]);
  }
});

/** PostgreSQL loads it only as it starts. It counts nothing until a connection asks for it. */
async function loadStatementStatistics(postgres) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`);
  await client.query(`ALTER SYSTEM SET "pg_stat_statements.track" = 'none'`);
  await client.end();
  await postgres.signal('SIGINT');
  await postgres.startAgain();
}
