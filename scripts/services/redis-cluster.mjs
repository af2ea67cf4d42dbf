import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startRedisServer } from './redis.mjs';
import { freePort, onFreePort, run } from './server-process.mjs';

const NODES = 3;

/** Starts a Redis Cluster of three nodes without replicas. Its `url` names the nodes, with commas between. */
export async function startRedisCluster(folder) {
  const nodes = await Promise.all(
    Array.from({ length: NODES }, (_, index) => startNode(join(folder, `${index}`))),
  );
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
  await run('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes']);
  // The slots are assigned; until each node has heard of it, some refuse.
  await Promise.all(nodes.map(({ port }) => untilWhole(port)));
  const servers = nodes.map(({ server }) => server);
  return { url: addresses.join(','), server: { ended: Promise.race(servers.map(({ ended }) => ended)) } };
}

async function startNode(folder) {
  await mkdir(folder);
  return onFreePort(async (port) =>
    startRedisServer(folder, port, ['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())]),
  );
}

async function untilWhole(port) {
  for (let left = 100; ; left -= 1) {
    try {
      // Followed to the node that has the key; a node that does not know of all the others refuses.
      return await run('redis-cli', ['-c', '-e', '-h', '127.0.0.1', '-p', String(port), 'GET', 'a-key']);
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
