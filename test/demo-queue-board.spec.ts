import type { Server } from 'node:http';

import { BullModule } from '@nestjs/bull';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';
import request from 'supertest';

import { QueueBoardModule } from '../apps/demo/src/operations/queue-board.module.js';
import { SignIn } from '../apps/demo/src/platform/sign-in.js';
import { freshDatabase } from './setup/database.js';
import { freshRedis } from './setup/redis.js';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let app: INestApplication;

beforeAll(async () => {
  database = await freshDatabase();
  const redis = freshRedis();
  const testing = await Test.createTestingModule({
    imports: [
      TypeOrmModule.forRoot({ type: 'postgres', url: database.url, autoLoadEntities: true }),
      BullModule.forRoot({ url: redis.url, prefix: redis.prefix }),
      BullModule.registerQueue({ name: 'webhooks' }),
      QueueBoardModule,
    ],
  }).compile();
  app = testing.createNestApplication({ logger: ['error'] });
  await app.init();
  app
    .get(SignIn, { strict: false })
    .people.push(
      { name: 'C-1', sees: 'its own', scope: 'C-1' },
      { name: 'Operator', sees: 'all', scope: ALL_CONTRACTS },
    );
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const agent = () => request(app.getHttpServer() as Server);

async function signedIn(name: string): Promise<string> {
  const { headers } = await agent().get(`/sign-in/${name}`).expect(302);
  return String(headers['set-cookie']).split(';')[0]!;
}

it('the front page leads to the board', async () => {
  const { text } = await agent().get('/').expect(200);
  expect(text).toContain('href="operations/queues"');
});

it.each(['', '/api/queues', '/static/js/x.js'])('nobody but the operator sees the board%s', async (below) => {
  const path = `/operations/queues${below}`;
  const { text } = await agent().get(path).expect(403);
  expect(text).toContain('Sign in as one at /');
  await agent()
    .get(path)
    .set('cookie', await signedIn('C-1'))
    .expect(403);
  await agent().get(path).set('cookie', 'demo_session=made-up').expect(403);
});

it('the operator sees the queue that wakes lanes, and cannot change it', async () => {
  const cookie = await signedIn('Operator');
  const { text } = await agent().get('/operations/queues').set('cookie', cookie).expect(200);
  expect(text).toContain('<!DOCTYPE html>');
  const { body } = await agent().get('/operations/queues/api/queues').set('cookie', cookie).expect(200);
  expect(body.queues).toMatchObject([{ name: 'webhooks', readOnlyMode: true }]);
  const { status } = await agent().put('/operations/queues/api/queues/webhooks/pause').set('cookie', cookie);
  expect([403, 405]).toContain(status);
});
