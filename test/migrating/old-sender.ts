import { HttpService } from '@nestjs/axios';
import { InjectQueue, Process, Processor } from '@nestjs/bull';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Job, Queue } from 'bull';
import { createHmac } from 'node:crypto';
import { firstValueFrom } from 'rxjs';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Repository } from 'typeorm';

export const QUEUE = 'old-webhooks';

@Entity('old_webhook')
export class OldWebhook {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'varchar' })
  contractId!: string;

  @Column({ type: 'varchar' })
  url!: string;

  /** 32 bytes in base64. */
  @Column({ type: 'varchar' })
  secret!: string;

  @Column({ type: 'boolean', default: true })
  active!: boolean;
}

export interface OldJob {
  url: string;
  secret: string;
  eventId: string;
  body: string;
}

/** One job for each delivery, with all that is to be sent. */
@Injectable()
export class OldSender {
  constructor(
    @InjectQueue(QUEUE) private readonly queue: Queue<OldJob>,
    @InjectRepository(OldWebhook) private readonly webhooks: Repository<OldWebhook>,
  ) {}

  async send(eventId: string, type: string, contractId: string, data: object): Promise<void> {
    const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data });
    for (const { url, secret } of await this.webhooks.findBy({ contractId, active: true }))
      await this.queue.add(
        { url, secret, eventId, body },
        { attempts: 6, backoff: 5_000, removeOnComplete: true },
      );
  }
}

@Processor(QUEUE)
export class OldProcessor {
  constructor(@Inject(HttpService) private readonly http: HttpService) {}

  @Process({ concurrency: 10 })
  async deliver({ data: { url, secret, eventId, body } }: Job<OldJob>): Promise<void> {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const hmac = createHmac('sha256', Buffer.from(secret, 'base64'));
    const signature = hmac.update(`${eventId}.${timestamp}.${body}`).digest('base64');
    const headers = {
      'content-type': 'application/json',
      'webhook-id': eventId,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    };
    await firstValueFrom(this.http.post(url, body, { headers, timeout: 15_000 }));
  }
}
