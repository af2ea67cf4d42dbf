import { ALL_CONTRACTS, bookingUpdated, WebhookRegistry, WebhooksService } from 'nestjs-booking-webhooks';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { bookingData } from '../load/booking-data.js';
import type { BookingPlatform, Committed } from '../load/publisher.js';
import type { Subscriptions } from '../load/subscriptions.js';
import { contractId } from '../load/subscriptions.js';
import { now } from '../processes/clock.js';

/** A booking platform that publishes through the module, in its own transactions. */
export class OurPlatform implements BookingPlatform {
  private readonly dataSource: DataSource;
  private readonly webhooks: WebhooksService;
  private readonly registry: WebhookRegistry;

  constructor(app: INestApplicationContext) {
    this.dataSource = app.get(DataSource);
    this.webhooks = app.get(WebhooksService);
    this.registry = app.get(WebhookRegistry);
  }

  /** One through the registry, the others as copies of its row: a hundred thousand are there within seconds. */
  async subscribe({ webhooks, perContract, ports }: Subscriptions): Promise<void> {
    const { id } = await this.registry.create(ALL_CONTRACTS, {
      contractId: contractId(0),
      url: `http://127.0.0.1:${ports[0]}/hooks/0`,
      eventTypes: ['booking.*'],
    });
    await this.dataSource.query(
      `WITH copied AS (
         INSERT INTO webhook SELECT (jsonb_populate_record(first, jsonb_build_object('id', uuidv7()::text,
           'contract_id', 'C-' || number / $2::int,
           'url', 'http://127.0.0.1:' || ($3::int[])[1 + number % cardinality($3::int[])] || '/hooks/' || number))).*
         FROM webhook AS first, generate_series(1, $1::int - 1) AS number WHERE first.id = $4
         RETURNING id
       )
       INSERT INTO webhook_lane (webhook_id) SELECT id FROM copied`,
      [webhooks, perContract, ports, id],
    );
    await this.dataSource.query('ANALYZE webhook, webhook_lane');
  }

  async change(bookingId: string, contractId: string): Promise<Committed> {
    const eventId = await this.dataSource.transaction(async (manager) => {
      await manager.query(`INSERT INTO booking (id, status) VALUES ($1, 'CONFIRMED')`, [bookingId]);
      const event = bookingUpdated({ contractId, data: bookingData(bookingId) });
      const [published] = await this.webhooks.publish(event, { manager });
      return published?.id ?? '';
    });
    return { eventId, committedAt: now() };
  }
}
