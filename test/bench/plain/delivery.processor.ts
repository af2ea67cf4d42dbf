import { HttpService } from '@nestjs/axios';
import { Process, Processor } from '@nestjs/bull';
import { Inject } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Job } from 'bull';
import { createHmac } from 'node:crypto';
import { firstValueFrom } from 'rxjs';
import type { Repository } from 'typeorm';

import { PlainAttempt, PlainDelivery } from './entities.js';
import { QUEUE } from './webhooks.service.js';

/** The module's own default. */
const CONCURRENCY = 100;

@Processor(QUEUE)
export class DeliveryProcessor {
  constructor(
    @Inject(HttpService) private readonly http: HttpService,
    @InjectRepository(PlainDelivery) private readonly deliveries: Repository<PlainDelivery>,
    @InjectRepository(PlainAttempt) private readonly attempts: Repository<PlainAttempt>,
  ) {}

  @Process({ concurrency: CONCURRENCY })
  async deliver(job: Job<{ deliveryId: string }>): Promise<void> {
    const delivery = await this.deliveries.findOneOrFail({
      where: { id: job.data.deliveryId },
      relations: { webhook: true },
    });
    const startedAt = Date.now();
    try {
      const response = await this.send(delivery);
      await this.attempts.save({
        delivery,
        statusCode: response.status,
        error: null,
        durationMs: Date.now() - startedAt,
      });
    } catch (error) {
      await this.attempts.save({
        delivery,
        statusCode: null,
        error: String(error),
        durationMs: Date.now() - startedAt,
      });
      throw error;
    }
    await this.deliveries.update(delivery.id, { status: 'succeeded' });
  }

  private send({ webhook, eventId, type, data, createdAt }: PlainDelivery) {
    const body = JSON.stringify({ type, timestamp: createdAt.toISOString(), data });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const key = Buffer.from(webhook.secret, 'base64');
    const signature = createHmac('sha256', key).update(`${eventId}.${timestamp}.${body}`).digest('base64');
    return firstValueFrom(
      this.http.post<string>(webhook.url, body, {
        headers: {
          'content-type': 'application/json',
          'webhook-id': eventId,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
        timeout: 15_000,
      }),
    );
  }
}
