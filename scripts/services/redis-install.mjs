import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const POLICY = '/usr/sbin/policy-rc.d';
const onPath = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** Leaves a `redis-server` on the PATH, or throws with what to do about it. */
export async function ensureRedisServer() {
  if (onPath('redis-server')) return;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    throw new Error('Redis is missing: install redis-server, or set REDIS_URL to one that runs.');
  }
  console.error('Redis is missing: installing redis-server with apt-get');
  await withoutStartingServices(async () => {
    await aptGet('update');
    await aptGet('install', '-y', '--no-install-recommends', 'redis-server');
  });
  if (!onPath('redis-server'))
    throw new Error('apt-get installed no redis-server: set REDIS_URL to a Redis that runs.');
}

async function aptGet(...args) {
  try {
    await promisify(execFile)('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (cause) {
    throw new Error(
      `Redis is missing and apt-get ${args[0]} failed: set REDIS_URL to a Redis that runs. ${cause.stderr.trim()}`,
      {
        cause,
      },
    );
  }
}

/** Debian's packages start their service when they are installed, unless this script says no (101). */
async function withoutStartingServices(install) {
  if (existsSync(POLICY)) return install();
  await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install();
  } finally {
    await rm(POLICY, { force: true });
  }
}
