import type { BullRootModuleOptions } from '@nestjs/bull';
import { Cluster } from 'ioredis';

/** What Bull connects to: one Redis, or the nodes of a Cluster as `host:port`. */
export function redisOptions({
  url,
  clusterNodes,
}: {
  url: string | undefined;
  clusterNodes: string[];
}): BullRootModuleOptions {
  if (clusterNodes.length === 0) return { url };
  const nodes = clusterNodes.map((node) => {
    const [host, port = '6379'] = node.split(':');
    return { host, port: Number(port) };
  });
  return {
    // All keys of a queue have to be in one slot.
    prefix: '{webhooks}',
    createClient: (type) =>
      new Cluster(nodes, {
        // Bull's own of a single Redis: it waits for commands that block, and asks when it is ready.
        ...(type === 'client' ? {} : { enableReadyCheck: false }),
        redisOptions: { maxRetriesPerRequest: null },
      }),
  };
}
