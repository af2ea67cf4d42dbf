import { Redis } from 'ioredis';

/** Asks a Redis something on a connection of the question's own. */
export async function askRedis<Answer>(
  url: string,
  ask: (client: Redis) => Promise<Answer>,
): Promise<Answer> {
  const client = new Redis(url, { maxRetriesPerRequest: 1 });
  client.on('error', () => undefined);
  try {
    return await ask(client);
  } finally {
    client.disconnect();
  }
}

/** Redis forgets everything, as after a failover to an empty replica. */
export async function emptyRedis(url: string): Promise<void> {
  await askRedis(url, (client) => client.flushall());
}

/** How many keys begin with the prefix. */
export function countKeys(url: string, prefix: string): Promise<number> {
  return askRedis(url, async (client) => {
    const pattern = `${prefix.replaceAll(/[[\]*?\\]/g, '\\$&')}*`;
    const keys = new Set<string>();
    for await (const found of client.scanStream({ match: pattern, count: 1_000 })) {
      for (const key of found as string[]) keys.add(key);
    }
    return keys.size;
  });
}

/** Bytes that Redis has in use for everything. */
export function usedMemory(url: string): Promise<number> {
  return askRedis(url, async (client) => Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1]));
}
