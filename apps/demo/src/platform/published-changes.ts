import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { WebhooksService } from 'nestjs-booking-webhooks';
import type { DomainEvent } from 'nestjs-booking-webhooks';

import type { Booking } from './booking.entity.js';
import { bookingStatus } from './event-data.js';
import { PublishedChange } from './published-change.entity.js';

/** What an event is about. */
export interface ChangeSubject {
  /** Id of the booking, the flight or the product that changed. */
  subject: string;
  /** The booking that changed, or that is on the flight that changed. */
  booking?: Booking;
  /** The booking before the change. */
  before?: Booking;
}

/** Publishes in the transaction of a change, and notes in the same transaction what was published. */
@Injectable()
export class PublishedChanges {
  private count = 0;

  constructor(@Inject(WebhooksService) private readonly webhooks: WebhooksService) {}

  /** Events published by this process so far, whether their transactions committed or not. */
  get published(): number {
    return this.count;
  }

  async publish(manager: EntityManager, changes: (ChangeSubject & { event: DomainEvent })[]): Promise<void> {
    if (changes.length === 0) return;
    const events = changes.map(({ event }) => event);
    const published = await this.webhooks.publish(events, { manager });
    const fresh = changes.flatMap((change, index) => {
      const { id, duplicate } = published[index] ?? { id: '', duplicate: true };
      return duplicate ? [] : [noted(id, change)];
    });
    this.count += fresh.length;
    if (fresh.length > 0) await manager.insert(PublishedChange, fresh);
  }
}

function noted(
  eventId: string,
  { event, subject, booking, before }: ChangeSubject & { event: DomainEvent },
): PublishedChange {
  return {
    eventId,
    contractId: event.contractId,
    type: event.type,
    subject,
    bookingId: booking?.id ?? null,
    status: booking ? bookingStatus(booking) : null,
    previousStatus: before ? bookingStatus(before) : null,
    flies: (booking?.flightId ?? null) !== null,
    guestLocale: booking?.guestLocale ?? null,
  };
}
