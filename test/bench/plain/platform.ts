import type { INestApplicationContext } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';

import { bookingData } from '../load/booking-data.js';
import type { BookingPlatform, Committed } from '../load/publisher.js';
import type { Subscriptions } from '../load/subscriptions.js';
import { contractId } from '../load/subscriptions.js';
import { now } from '../processes/clock.js';
import { PlainWebhook } from './entities.js';
import { PlainWebhooksService } from './webhooks.service.js';

const ROWS_PER_INSERT = 1_000;

/** The same platform with webhooks of its own making. */
export class PlainPlatform implements BookingPlatform {
  private readonly dataSource: DataSource;
  private readonly webhooks: PlainWebhooksService;

  constructor(app: INestApplicationContext) {
    this.dataSource = app.get(DataSource);
    this.webhooks = app.get(PlainWebhooksService);
  }

  async subscribe({ webhooks, perContract, ports }: Subscriptions): Promise<void> {
    const rows = Array.from({ length: webhooks }, (_, index) => ({
      contractId: contractId(Math.floor(index / perContract)),
      url: `http://127.0.0.1:${ports[index % ports.length]}/hooks/${index}`,
      secret: randomBytes(32).toString('base64'),
    }));
    for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
      await this.dataSource.manager.insert(PlainWebhook, rows.slice(start, start + ROWS_PER_INSERT));
    }
    await this.dataSource.query('ANALYZE plain_webhook');
  }

  async change(bookingId: string, contractId: string): Promise<Committed> {
    const published = await this.dataSource.transaction(async (manager) => {
      await manager.query(`INSERT INTO booking (id, status) VALUES ($1, 'CONFIRMED')`, [bookingId]);
      return this.webhooks.publish(manager, 'booking.updated', contractId, bookingData(bookingId));
    });
    const committedAt = now();
    await this.webhooks.enqueue(published);
    return { eventId: published.eventId, committedAt };
  }
}
