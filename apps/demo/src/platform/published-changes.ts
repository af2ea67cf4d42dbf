import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { WebhooksService } from 'nestjs-booking-webhooks';
import type { DomainEvent } from 'nestjs-booking-webhooks';

import { PublishedChange } from './published-change.entity.js';

/** Publishes in the transaction of a change, and notes in the same transaction what was published. */
@Injectable()
export class PublishedChanges {
  private count = 0;

  constructor(@Inject(WebhooksService) private readonly webhooks: WebhooksService) {}

  /** Events published by this process so far, whether their transactions committed or not. */
  get published(): number {
    return this.count;
  }

  /** @param subject id of the booking, the flight or the product that the events are about */
  async publish(manager: EntityManager, subject: string, events: DomainEvent[]): Promise<void> {
    if (events.length === 0) return;
    const published = await this.webhooks.publish(events, { manager });
    const fresh = events.flatMap(({ contractId, type }, index) => {
      const { id, duplicate } = published[index] ?? { id: '', duplicate: true };
      return duplicate ? [] : [{ eventId: id, contractId, type, subject }];
    });
    this.count += fresh.length;
    if (fresh.length > 0) await manager.insert(PublishedChange, fresh);
  }
}
