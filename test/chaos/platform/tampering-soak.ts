import { getQueueToken } from '@nestjs/bull';
import type { Job, Queue } from 'bull';

import type { Tampering } from './engine.js';

/** A leak: what is done stays in Redis, as it does when a queue keeps its finished jobs, under keys that swallow no wake. */
export const keepsFinishedJobs: Tampering = (app) => {
  const queue = app.get<Queue>(getQueueToken('webhooks'));
  queue.on('completed', (job: Job) => {
    const key = queue.toKey(`${job.id}:done:${performance.now()}`);
    void queue.client.hset(key, 'finishedOn', Date.now());
  });
};
