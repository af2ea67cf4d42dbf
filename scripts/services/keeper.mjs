// Runs one server for the process that forked this one. The channel between them closes when that process ends,
// however it ends (SIGKILL included), and then the server and its folder go too.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMariadb } from './mariadb.mjs';
import { startPostgres } from './postgres.mjs';
import { startRedisCluster } from './redis-cluster.mjs';
import { startRedis } from './redis.mjs';
import { stopEverything } from './server-process.mjs';

const [service, options] = [process.argv[2], JSON.parse(process.argv[3])];
const start = {
  postgres: startPostgres,
  redis: startRedis,
  'redis-cluster': startRedisCluster,
  mariadb: startMariadb,
}[service];

let folder;
let stopping = false;
const tell = (message) => process.connected && process.send(message, () => {});

async function stop() {
  if (stopping) return;
  stopping = true;
  await stopEverything();
  if (folder) await rm(folder, { recursive: true, force: true });
  process.exit(0);
}

process.once('disconnect', stop);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

/** A server that was sent a signal on purpose is not lost: whoever sent it starts it again. */
function watch(server) {
  void server.ended.then((why) => {
    if (stopping || server.meantToEnd) return;
    tell({ lost: why });
    void stop();
  });
}

try {
  folder = await mkdtemp(join(tmpdir(), `booking-webhooks-${service}-`));
  // PostgreSQL's user, who is not the folder's owner under root, has to pass through it.
  await chmod(folder, 0o755);
  const started = await start(folder, options);
  let { server } = started;
  watch(server);
  process.on('message', async ({ signal }) => {
    try {
      if (signal === 'again') watch((server = await started.again()));
      else {
        server.meantToEnd = true;
        await server.signal(signal);
      }
      tell({ done: true });
    } catch (error) {
      tell({ done: false, error: error.message });
    }
  });
  tell({ url: started.url });
} catch (error) {
  tell({ error: error.message });
  await stop();
}
