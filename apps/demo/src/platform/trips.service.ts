import {
  ConflictException,
  HttpException,
  HttpStatus,
  Inject,
  Injectable,
  NotFoundException,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { bookingCreated } from 'nestjs-booking-webhooks';

import { Booking } from './booking.entity.js';
import { BookingEvents } from './booking-events.js';
import type { BookTripDto, Card } from './bookings.dto.js';
import { Flight } from './flight.entity.js';
import { Product } from './product.entity.js';

const CENTS_PER_MILE = 12;

/** The tour has no place left. Its part of the trip is undone; the flight stays booked. */
export class SoldOutError extends ConflictException {}

/** The card was declined. Nothing of the trip stays. */
export class PaymentDeclinedError extends HttpException {
  constructor() {
    super('The card was declined, so nothing was booked.', HttpStatus.PAYMENT_REQUIRED);
  }
}

/** Books a flight and, if wished and not sold out, a tour at its destination. */
@Injectable()
export class TripsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(BookingEvents) private readonly events: BookingEvents,
  ) {}

  /** All in one transaction; the card is charged at its end. */
  async book(contractId: string, trip: BookTripDto): Promise<Booking[]> {
    return this.dataSource.transaction(async (manager) => {
      const flight = await this.bookFlight(manager, contractId, trip);
      const tour = await this.tryToBookTour(manager, contractId, trip);
      charge(trip.card);
      return tour ? [flight, tour] : [flight];
    });
  }

  private async bookFlight(manager: EntityManager, contractId: string, trip: BookTripDto): Promise<Booking> {
    const flight = await manager.findOneBy(Flight, { id: trip.flightId });
    if (!flight) throw new NotFoundException(`There is no flight ${trip.flightId}. GET /flights lists some.`);
    const totalCents = flight.distanceMiles * CENTS_PER_MILE * trip.travelers;
    return this.store(
      manager,
      newBooking(contractId, trip, { flightId: flight.id, productId: null, totalCents }),
    );
  }

  /** In a savepoint: a tour that turns out to be sold out takes its booking and its event back with it. */
  private async tryToBookTour(
    manager: EntityManager,
    contractId: string,
    trip: BookTripDto,
  ): Promise<Booking | undefined> {
    const { tourId } = trip;
    if (tourId === undefined) return undefined;
    try {
      return await manager.transaction((savepoint) => this.bookTour(savepoint, contractId, trip, tourId));
    } catch (error) {
      if (error instanceof SoldOutError) return undefined;
      throw error;
    }
  }

  private async bookTour(
    manager: EntityManager,
    contractId: string,
    trip: BookTripDto,
    tourId: string,
  ): Promise<Booking> {
    const tour = await manager.findOneBy(Product, { id: tourId });
    if (!tour) throw new NotFoundException(`There is no tour ${tourId}. GET /products lists them.`);
    const totalCents = tour.priceCents * trip.travelers;
    const wished = newBooking(contractId, trip, { flightId: null, productId: tour.id, totalCents });
    const booking = await this.store(manager, wished);
    await takePlaces(manager, tour.id, trip.travelers);
    return booking;
  }

  private async store(manager: EntityManager, booking: Booking): Promise<Booking> {
    await manager.insert(Booking, booking);
    await this.events.publish(manager, bookingCreated, booking);
    return booking;
  }
}

function newBooking(
  contractId: string,
  { travelers, guestName, guestLocale }: BookTripDto,
  booked: Pick<Booking, 'flightId' | 'productId' | 'totalCents'>,
): Booking {
  return {
    id: randomUUID(),
    contractId,
    ...booked,
    status: 'on_hold',
    travelers,
    guestName,
    guestLocale,
    cancellationReason: null,
    createdAt: new Date(),
    confirmedAt: null,
    cancelledAt: null,
  };
}

async function takePlaces(manager: EntityManager, tourId: string, places: number): Promise<void> {
  const { affected } = await manager
    .createQueryBuilder()
    .update(Product)
    .set({ vacancies: () => 'vacancies - :places' })
    .where('id = :tourId AND vacancies >= :places', { tourId, places })
    .execute();
  if (!affected) throw new SoldOutError(`The tour ${tourId} has fewer than ${places} places left.`);
}

/** Stands for a payment provider. */
function charge(card: Card): void {
  if (card === 'card-declined') throw new PaymentDeclinedError();
}
