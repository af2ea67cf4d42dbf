import { randomBytes, randomUUID } from 'node:crypto';
import { ensureMariadb } from '../../scripts/services/mariadb.mjs';
import { ensureRedisServer } from '../../scripts/services/redis-install.mjs';
import {
  startMariadb,
  startOwnRedis,
  startOwnRedisCluster,
  startPostgres,
} from '../../scripts/services/services.mjs';
import { databasesOn, serverOf } from './databases.mjs';

/** Every server that the rows need, each started once; `folder` is for databases that are files. */
export async function startEveryService(folder) {
  const password = randomBytes(12).toString('hex');
  // One after the other: apt-get is for one at a time.
  await ensureRedisServer();
  const whyNoMariadb = await reasonForNoMariadb();
  const started = await Promise.allSettled([
    startPostgres(),
    startOwnRedis(),
    startOwnRedis({ password }),
    startOwnRedisCluster(),
    whyNoMariadb === undefined ? startMariadb() : undefined,
  ]);
  const stopServers = () => Promise.all(started.map(({ value }) => value?.stop()));
  const failed = started.find(({ status }) => status === 'rejected');
  if (failed) {
    await stopServers();
    throw failed.reason;
  }
  const [postgres, redis, locked, cluster, mariadb] = started.map(({ value }) => value?.url);
  const databases = databasesOn({ postgres, mariadb }, folder);
  return {
    database: (type) => databases.fresh(type),
    /** Why rows on this database cannot be played here; undefined if they can. */
    missing: (type) => (serverOf(type) === 'mariadb' ? whyNoMariadb : undefined),
    /** What the host is told of Redis; undefined for lanes without it. */
    redis(lanes) {
      return {
        prefix: { nodes: [addressOf(redis)], prefix: `host-${randomUUID()}` },
        password: { nodes: [addressOf(locked)], password },
        // All keys of a queue have to be on one node, which the braces see to.
        cluster: { nodes: cluster.split(',').map(nodeOf), cluster: true, prefix: `{host-${randomUUID()}}` },
        'in-process': undefined,
      }[lanes];
    },
    async stop() {
      if (process.env.DATABASE_URL || process.env.MARIADB_URL) await databases.drop();
      await stopServers();
    },
  };
}

/** Undefined when there is one, or it could be installed. */
async function reasonForNoMariadb() {
  if (process.env.MARIADB_URL) return undefined;
  return ensureMariadb().then(
    () => undefined,
    ({ message }) => message,
  );
}

function addressOf(url) {
  return nodeOf(new URL(url).host);
}

function nodeOf(address) {
  const [host, port] = address.split(':');
  return { host, port: Number(port) };
}
