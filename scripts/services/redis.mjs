import { onFreePort, startServer } from './server-process.mjs';

/** Starts a Redis of its own that keeps nothing on disk. */
export async function startRedis(folder) {
  const start = (port) =>
    startServer(
      'redis-server',
      ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder],
      { cwd: folder },
    );
  const { port, server } = await onFreePort(start);
  return { server, url: `redis://127.0.0.1:${port}`, again: () => start(port) };
}
