import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { BullModule, getQueueToken } from '@nestjs/bull';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Queue } from 'bull';
import { DataSource } from 'typeorm';
import { freshDatabase } from './setup/database.js';
import { freshRedis } from './setup/redis.js';

async function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

it('an application on a fresh database and Redis starts, works and closes', async () => {
  const database = await freshDatabase();
  const redis = freshRedis();
  const module = await Test.createTestingModule({
    imports: [
      TypeOrmModule.forRoot({ type: 'postgres', url: database.url }),
      BullModule.forRoot({ url: redis.url, prefix: redis.prefix }),
      BullModule.registerQueue({ name: 'harness' }),
    ],
  }).compile();
  const app = module.createNestApplication();
  await app.init();

  const queue = app.get<Queue<object>>(getQueueToken('harness'));
  await queue.add({ hello: 'there' });
  expect(await queue.getWaitingCount()).toBe(1);
  expect(await app.get(DataSource).query('SELECT 1 AS one')).toEqual([{ one: 1 }]);

  await app.close();
  await database.drop();
});

it('a run that is killed leaves no server behind', async () => {
  const script = `
    const { startServices } = await import('./scripts/services/services.mjs');
    const { databaseUrl, redisUrl } = await startServices();
    process.send([databaseUrl, redisUrl]);
    setInterval(() => {}, 1000);`;
  const run = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: `${__dirname}/..`,
    env: { ...process.env, DATABASE_URL: '', REDIS_URL: '' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [urls] = (await once(run, 'message')) as [string[]];
  expect(await Promise.all(urls.map(answers))).toEqual([true, true]);

  run.kill('SIGKILL');
  while ((await Promise.all(urls.map(answers))).includes(true)) await new Promise(setImmediate);
});
