import { Inject, Injectable } from '@nestjs/common';
import { bookingCancelled, WebhooksService } from 'nestjs-booking-webhooks';
import { DataSource } from 'typeorm';

import { OldSender } from './old-sender.js';

/** Publishes to both senders, while both are there. */
@Injectable()
export class BookingsService {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(WebhooksService) private readonly webhooks: WebhooksService,
    @Inject(OldSender) private readonly oldSender: OldSender,
  ) {}

  async cancel(contractId: string, id: string): Promise<void> {
    const data = { booking: { id, status: 'CANCELLED' } };
    const published = await this.dataSource.transaction(async (manager) => {
      // … the change of the booking itself …
      return this.webhooks.publish(bookingCancelled({ contractId, data }), { manager });
    });
    // The module's id for both: a receiver that gets an event from both sees one webhook-id.
    for (const event of published) await this.oldSender.send(event.id, 'booking.cancelled', contractId, data);
  }
}
