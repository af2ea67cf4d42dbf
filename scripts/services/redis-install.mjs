import { installPackage, mayInstall, onPath } from './debian.mjs';

/** Leaves a `redis-server` on the PATH, or throws with what to do about it. */
export async function ensureRedisServer() {
  if (onPath('redis-server')) return;
  if (!mayInstall()) {
    throw new Error('Redis is missing: install redis-server, or set REDIS_URL to one that runs.');
  }
  console.error('Redis is missing: installing redis-server with apt-get');
  await installPackage('redis-server').catch((cause) => {
    throw new Error(
      `Redis is missing: set REDIS_URL to one that runs, or install redis-server. ${cause.message}`,
      {
        cause,
      },
    );
  });
  if (!onPath('redis-server'))
    throw new Error('apt-get installed no redis-server: set REDIS_URL to a Redis that runs.');
}
