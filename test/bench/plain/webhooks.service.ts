import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';

import { PlainDelivery, PlainWebhook } from './entities.js';

export const QUEUE = 'webhook-deliveries';

/** A published change, and the jobs to add once it has committed. */
export interface Published {
  eventId: string;
  deliveryIds: string[];
}

@Injectable()
export class PlainWebhooksService {
  constructor(@InjectQueue(QUEUE) private readonly queue: Queue<{ deliveryId: string }>) {}

  async publish(manager: EntityManager, type: string, contractId: string, data: object): Promise<Published> {
    const eventId = randomUUID();
    const webhooks = await manager.find(PlainWebhook, { where: { contractId, active: true } });
    const deliveries = await manager.save(
      PlainDelivery,
      webhooks.map((webhook) => ({ webhook, eventId, type, data })),
    );
    return { eventId, deliveryIds: deliveries.map(({ id }) => id) };
  }

  async enqueue({ deliveryIds }: Published): Promise<void> {
    await this.queue.addBulk(
      deliveryIds.map((deliveryId) => ({
        data: { deliveryId },
        opts: { attempts: 6, backoff: { type: 'exponential', delay: 5_000 }, removeOnComplete: true },
      })),
    );
  }
}
