import { Redis } from 'ioredis';

const KEYS_PER_SCAN = 1_000;

export interface Command {
  name: string;
  calls: number;
  totalMs: number;
}

/** What Redis has spent since `forget`, by command. */
export class RedisStatistics {
  private readonly redis: Redis;

  constructor(url: string) {
    this.redis = new Redis(url);
  }

  async forget(): Promise<void> {
    await this.redis.config('RESETSTAT');
  }

  /** Longest first. A script's time is that of its EVALSHA; the commands in it are listed as well. */
  async commands(): Promise<Command[]> {
    const info = await this.redis.info('commandstats');
    const lines = info.matchAll(/cmdstat_(\S+):calls=(\d+),usec=(\d+)/g);
    return [...lines]
      .map(([, name = '', calls, usec]) => ({ name, calls: Number(calls), totalMs: Number(usec) / 1000 }))
      .sort((a, b) => b.totalMs - a.totalMs);
  }

  /** What the keys of a prefix take, whoever else uses this Redis. */
  async bytesOfKeys(prefix: string): Promise<number> {
    let bytes = 0;
    for await (const keys of this.redis.scanStream({ match: `${prefix}*`, count: KEYS_PER_SCAN })) {
      const asked = this.redis.pipeline();
      for (const key of keys as string[]) asked.call('MEMORY', 'USAGE', key, 'SAMPLES', '0');
      // A key that has gone meanwhile has no size.
      for (const [, size] of (await asked.exec()) ?? []) bytes += Number(size ?? 0);
    }
    return bytes;
  }

  /** Of all its threads, user and system, since it started. */
  async cpuMs(): Promise<number> {
    const info = await this.redis.info('cpu');
    const seconds = (pattern: RegExp) => Number(pattern.exec(info)?.[1]);
    return 1000 * (seconds(/used_cpu_user:([\d.]+)/) + seconds(/used_cpu_sys:([\d.]+)/));
  }

  close(): void {
    this.redis.disconnect();
  }
}
