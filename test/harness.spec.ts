import { BullModule, getQueueToken } from '@nestjs/bull';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Queue } from 'bull';
import { DataSource } from 'typeorm';
import { freshDatabase } from './setup/database.js';
import { freshRedis } from './setup/redis.js';

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
