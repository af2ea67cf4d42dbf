import { onFreePort, startServer } from './server-process.mjs';

/** Starts a Redis of its own that keeps nothing on disk. `port` asks for a certain one (to come back after a stop). */
export async function startRedis(folder, { port: wanted } = {}) {
  const start = (port) =>
    startServer(
      'redis-server',
      ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder],
      { cwd: folder },
    );
  const { port, server } = wanted ? { port: wanted, server: await start(wanted) } : await onFreePort(start);
  return { ...server, url: `redis://127.0.0.1:${port}` };
}
