// npm run bench [-- --quick] [-- --only=<measurement>] [-- --docs=<results.json>]
import { buildLibrary, buildProgram, inOrder } from './build-steps.mjs';
import { runChild } from './run-child.mjs';
import { main, root } from './setup.mjs';

const FOLLOW_PARENT = new URL('follow-parent.mjs', import.meta.url).href;
const startedAt = Date.now();
const args = process.argv.slice(2);

await main(async () => {
  const built = await inOrder(buildLibrary, () => buildProgram('test/bench'));
  if (built !== 0) return built;
  return args.some((arg) => arg.startsWith('--docs')) ? bench({}) : withServices(bench);
});

function bench(env) {
  return runChild(['--import', FOLLOW_PARENT, 'test/bench/dist/main.js', ...args], {
    cwd: root,
    env: { ...env, BENCH_STARTED_AT: String(startedAt) },
  });
}

async function withServices(run) {
  const { startOwnServices } = await import('./services/services.mjs');
  const { postgres, redis } = await startOwnServices();
  try {
    await loadStatementStatistics(postgres);
    return await run({ DATABASE_URL: postgres.url, REDIS_URL: redis.url });
  } finally {
    await Promise.all([postgres.stop(), redis.stop()]);
  }
}

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
