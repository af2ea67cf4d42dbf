import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

import { Redis } from 'ioredis';
import { Client } from 'pg';

const PACKAGES = ['@nestjs/core', '@nestjs/axios', 'typeorm', 'pg', 'bull', 'ioredis', 'axios', 'undici'];
const POSTGRES_SETTINGS = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'shared_buffers',
  'max_wal_size',
];

export interface Machine {
  cpu: string;
  cores: number;
  memoryBytes: number;
  system: string;
  node: string;
  /** Over the minute before the bench: what else the machine had to do. */
  load: number;
  commit?: string;
  packages: Record<string, string>;
}

export function machine(): Machine {
  const { packages } = JSON.parse(
    readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8'),
  ) as { packages: Record<string, { version?: string }> };
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    node: process.version,
    load: loadavg()[0] ?? NaN,
    commit: commit(),
    packages: Object.fromEntries(
      PACKAGES.map((name) => [name, packages[`node_modules/${name}`]?.version ?? 'none']),
    ),
  };
}

/** The versions of the servers, and what PostgreSQL is told about safety and memory. */
export async function services(databaseUrl: string, redisUrl: string): Promise<Record<string, string>> {
  const postgres = new Client({ connectionString: databaseUrl });
  await postgres.connect();
  const { rows } = await postgres.query<{ name: string; value: string }>(
    'SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS name',
    [['server_version', ...POSTGRES_SETTINGS]],
  );
  await postgres.end();
  const redis = new Redis(redisUrl);
  const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? 'unknown';
  redis.disconnect();
  return {
    ...Object.fromEntries(rows.map(({ name, value }) => [`postgres ${name}`, value])),
    'redis version': version,
  };
}

/** Undefined outside a checkout. */
function commit(): string | undefined {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  } catch {
    return undefined;
  }
}
