import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ensureMariadb } from './mariadb.mjs';
import { ensureRedisServer } from './redis-install.mjs';

const KEEPER = fileURLToPath(new URL('keeper.mjs', import.meta.url));
const given = (url) => ({ url, stop: async () => {} });

/** The PostgreSQL of `DATABASE_URL`, or one of our own on a free port. */
export async function startPostgres({ durable = false } = {}) {
  if (process.env.DATABASE_URL) return given(process.env.DATABASE_URL);
  return keep('postgres', { durable });
}

/** The Redis of `REDIS_URL`, or one of our own on a free port. */
export async function startRedis() {
  if (process.env.REDIS_URL) return given(process.env.REDIS_URL);
  await ensureRedisServer();
  return keep('redis', {});
}

/** The MariaDB of `MARIADB_URL`, or one of our own on a free port. */
export async function startMariadb() {
  if (process.env.MARIADB_URL) return given(process.env.MARIADB_URL);
  await ensureMariadb();
  return keep('mariadb', {});
}

/** Both, started side by side; when one can't be had, neither is left running. */
export async function startServices({ durable = false } = {}) {
  const started = await Promise.allSettled([startPostgres({ durable }), startRedis()]);
  const [postgres, redis] = started.map(({ value }) => value);
  const stop = async () => {
    await Promise.all([postgres?.stop(), redis?.stop()]);
  };
  const failed = started.find(({ status }) => status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return { databaseUrl: postgres.url, redisUrl: redis.url, stop };
}

/** A Redis that may be stopped, killed and started again, whatever the environment names. */
export async function startOwnRedis(options = {}) {
  await ensureRedisServer();
  return keep('redis', options);
}

/** A Redis Cluster of three nodes; its `url` names them, with commas between. */
export async function startOwnRedisCluster() {
  await ensureRedisServer();
  return keep('redis-cluster', {});
}

/** A PostgreSQL and a Redis that may be killed and started again, whatever the environment names. */
export async function startOwnServices() {
  await ensureRedisServer();
  const started = await Promise.allSettled([keep('postgres', { durable: true }), keep('redis', {})]);
  const failed = started.find(({ status }) => status === 'rejected');
  const [postgres, redis] = started.map(({ value }) => value);
  if (failed) {
    await Promise.all([postgres?.stop(), redis?.stop()]);
    throw failed.reason;
  }
  return { postgres, redis };
}

async function keep(service, options) {
  // In a session of its own: Ctrl+C is ours to answer, the keeper hears that we are gone.
  const keeper = fork(KEEPER, [service, JSON.stringify(options)], {
    detached: true,
    stdio: 'ignore',
    execArgv: [],
  });
  const ended = once(keeper, 'exit');
  const url = await Promise.race([
    once(keeper, 'message').then(([{ url, error }]) => url ?? Promise.reject(new Error(error))),
    ended.then(([code]) =>
      Promise.reject(new Error(`${service} could not be started: its keeper ended (${code})`)),
    ),
  ]);
  keeper.on('message', ({ lost }) => lost && console.error(`${service} went away: ${lost}`));
  keeper.unref();
  keeper.channel.unref();
  const ask = async (signal) => {
    keeper.channel.ref();
    keeper.send({ signal });
    const [{ done, error }] = await once(keeper, 'message');
    keeper.channel.unref();
    if (!done) throw new Error(`${service}: ${error}`);
  };
  return {
    url,
    /** Sends the server itself a signal; resolves when it has gone, or has got a SIGSTOP or SIGCONT. */
    signal: ask,
    /** Starts the server on its port again, PostgreSQL with its data, Redis without any. */
    startAgain: () => ask('again'),
    async stop() {
      keeper.ref();
      if (keeper.connected) keeper.disconnect();
      await ended;
    },
  };
}
