import { ConflictException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { bookingCancelled, bookingConfirmed } from 'nestjs-booking-webhooks';

import { Booking } from './booking.entity.js';
import { BookingEvents } from './booking-events.js';

/** What becomes of a booking after it was made. */
@Injectable()
export class BookingsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(BookingEvents) private readonly events: BookingEvents,
  ) {}

  async confirm(contractId: string, id: string): Promise<Booking> {
    return this.dataSource.transaction(async (manager) => {
      const before = await lockedBooking(manager, contractId, id);
      if (before.status !== 'on_hold')
        throw new ConflictException(`The booking ${id} is ${before.status} already.`);
      const booking = await changed(manager, before, { status: 'confirmed', confirmedAt: new Date() });
      await this.events.publish(manager, bookingConfirmed, booking, before);
      return booking;
    });
  }

  async cancel(contractId: string, id: string, reason: string): Promise<Booking> {
    return this.dataSource.transaction(async (manager) => {
      const before = await lockedBooking(manager, contractId, id);
      if (before.status === 'cancelled')
        throw new ConflictException(`The booking ${id} is cancelled already.`);
      const booking = await changed(manager, before, {
        status: 'cancelled',
        cancellationReason: reason,
        cancelledAt: new Date(),
      });
      await this.events.publish(manager, bookingCancelled, booking, before);
      return booking;
    });
  }
}

async function lockedBooking(manager: EntityManager, contractId: string, id: string): Promise<Booking> {
  const booking = await manager.findOne(Booking, {
    where: { id, contractId },
    lock: { mode: 'pessimistic_write' },
  });
  if (!booking) throw new NotFoundException(`There is no booking ${id}.`);
  return booking;
}

async function changed(
  manager: EntityManager,
  before: Booking,
  changes: Partial<Pick<Booking, 'status' | 'cancellationReason' | 'confirmedAt' | 'cancelledAt'>>,
): Promise<Booking> {
  await manager.update(Booking, { id: before.id }, changes);
  return { ...before, ...changes };
}
