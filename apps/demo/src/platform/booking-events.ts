import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { bookingCreated } from 'nestjs-booking-webhooks';

import type { Booking } from './booking.entity.js';
import { bookingData, parties } from './event-data.js';
import { Flight } from './flight.entity.js';
import { Product } from './product.entity.js';
import { PublishedChanges } from './published-changes.js';

/** Tells a booking's partner what happened to it, in the transaction in which it happens. */
@Injectable()
export class BookingEvents {
  constructor(@Inject(PublishedChanges) private readonly changes: PublishedChanges) {}

  /** @param event one of the library's builders: `bookingCreated`, `bookingConfirmed`, … */
  async publish(
    manager: EntityManager,
    event: typeof bookingCreated,
    booking: Booking,
    before?: Booking,
  ): Promise<void> {
    const booked = await whatIsBooked(manager, booking);
    const published = event({
      ...parties(booking.contractId),
      contractId: booking.contractId,
      data: { booking: bookingData(booking, booked) },
      previous: before && { booking: bookingData(before, booked) },
      eventKey: `booking:${booking.id}:${booking.status}`,
      resourceKey: `booking:${booking.id}`,
      contactLocales: [booking.guestLocale],
    });
    await this.changes.publish(manager, [{ event: published, subject: booking.id, booking, before }]);
  }
}

async function whatIsBooked(manager: EntityManager, { flightId, productId }: Booking) {
  return {
    flight: flightId === null ? null : await manager.findOneBy(Flight, { id: flightId }),
    product: productId === null ? null : await manager.findOneBy(Product, { id: productId }),
  };
}
