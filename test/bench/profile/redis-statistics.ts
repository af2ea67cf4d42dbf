import { Redis } from 'ioredis';

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

  /** Bytes in use. */
  async memory(): Promise<number> {
    return this.number('memory', /used_memory:(\d+)/);
  }

  /** Of all its threads, user and system, since it started. */
  async cpuMs(): Promise<number> {
    const user = await this.number('cpu', /used_cpu_user:([\d.]+)/);
    return 1000 * (user + (await this.number('cpu', /used_cpu_sys:([\d.]+)/)));
  }

  close(): void {
    this.redis.disconnect();
  }

  private async number(section: string, pattern: RegExp): Promise<number> {
    return Number(pattern.exec(await this.redis.info(section))?.[1]);
  }
}
