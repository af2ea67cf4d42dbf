import { onFreePort, startServer } from './server-process.mjs';

/** Starts a Redis of its own that keeps nothing on disk; with a password, if one is given. */
export async function startRedis(folder, { password } = {}) {
  const start = (port) => startRedisServer(folder, port, password ? ['--requirepass', password] : []);
  const { port, server } = await onFreePort(start);
  const userinfo = password ? `:${password}@` : '';
  return { server, url: `redis://${userinfo}127.0.0.1:${port}`, again: () => start(port) };
}

/** A Redis on a port of the loopback interface. */
export function startRedisServer(folder, port, more = []) {
  return startServer(
    'redis-server',
    [
      ...['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder],
      ...more,
    ],
    { cwd: folder },
  );
}
