import { BullModule, getQueueToken } from '@nestjs/bull';
import type { DynamicModule, Provider } from '@nestjs/common';
import type { Queue } from 'bull';

import { RELAY_LANE } from './fanout/relay.js';
import { BullLaneScheduler } from './lanes/bull-lane-scheduler.js';
import { InProcessLaneScheduler } from './lanes/in-process-lane-scheduler.js';
import { WakeQueue } from './operations/wake-queue.js';
import type { Clock } from './webhooks.clock.js';
import type { WebhooksStructure } from './webhooks.options.js';
import { LANE_SCHEDULER, WEBHOOKS_CLOCK } from './webhooks.tokens.js';

function queueName(structure: WebhooksStructure): string {
  return structure.queue?.name ?? 'webhooks';
}

/** Only what the host asked for: an undefined prefix would override the shared configuration's. */
export function queueImports(structure: WebhooksStructure): DynamicModule[] {
  if (structure.scheduler === 'in-process') return [];
  const { configKey, prefix } = structure.queue ?? {};
  return [
    BullModule.registerQueue({
      name: queueName(structure),
      ...(configKey === undefined ? {} : { configKey }),
      ...(prefix === undefined ? {} : { prefix }),
      // Rows decide how often a delivery is tried; a lane's wake that stalls is simply worked again. Its lock says no more
      // than that somebody lives: the lease keeps the lane single, and must not have to wait for the lock of a dead worker.
      settings: { maxStalledCount: 1_000_000, lockDuration: 5_000, stalledInterval: 2_500 },
    }),
  ];
}

export function schedulerProvider(structure: WebhooksStructure): Provider {
  if (structure.scheduler === 'in-process')
    return { provide: LANE_SCHEDULER, useClass: InProcessLaneScheduler };
  return {
    provide: LANE_SCHEDULER,
    useFactory: (queue: Queue, clock: Clock) => new BullLaneScheduler(queue, clock, new Set([RELAY_LANE])),
    inject: [getQueueToken(queueName(structure)), WEBHOOKS_CLOCK],
  };
}

export function wakeQueueProvider(structure: WebhooksStructure): Provider {
  if (structure.scheduler === 'in-process') return { provide: WakeQueue, useValue: new WakeQueue() };
  return {
    provide: WakeQueue,
    useFactory: (queue: Queue) => new WakeQueue(queue),
    inject: [getQueueToken(queueName(structure))],
  };
}
