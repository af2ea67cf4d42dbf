import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { startOwnRedis, startOwnRedisCluster, startPostgres } from '../../scripts/services/services.mjs';

/** Every server that the rows need, each started once. */
export async function startEveryService() {
  const password = randomBytes(12).toString('hex');
  const started = await Promise.allSettled([
    startPostgres(),
    startOwnRedis(),
    startOwnRedis({ password }),
    startOwnRedisCluster(),
  ]);
  const stop = () => Promise.all(started.map(({ value }) => value?.stop()));
  const failed = started.find(({ status }) => status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const [postgres, redis, locked, cluster] = started.map(({ value }) => value.url);
  return {
    stop,
    /** An empty database, as TypeORM is told of it. */
    async database(type) {
      return { postgres: () => freshPostgres(postgres) }[type]();
    },
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
  };
}

async function freshPostgres(server) {
  const name = `host_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = name;
  return { type: 'postgres', url: url.href };
}

function addressOf(url) {
  return nodeOf(new URL(url).host);
}

function nodeOf(address) {
  const [host, port] = address.split(':');
  return { host, port: Number(port) };
}
