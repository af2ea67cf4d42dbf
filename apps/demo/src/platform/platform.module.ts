import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { QueueBoardModule } from '../operations/queue-board.module.js';
import { settings } from '../settings.js';
import { Booking } from './booking.entity.js';
import { BookingEvents } from './booking-events.js';
import { BookingsController } from './bookings.controller.js';
import { BookingsService } from './bookings.service.js';
import { Flight } from './flight.entity.js';
import { FlightsController } from './flights.controller.js';
import { FlightsService } from './flights.service.js';
import { PartnersModule } from './partners.module.js';
import { Product } from './product.entity.js';
import { ProductsController } from './products.controller.js';
import { ProductsService } from './products.service.js';
import { PublishedChange } from './published-change.entity.js';
import { PublishedChanges } from './published-changes.js';
import { TripsService } from './trips.service.js';

/** The booking platform as it was before webhooks, but for {@link PublishedChanges}. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Booking, Flight, Product, PublishedChange]),
    PartnersModule,
    ...(settings.redisUrl ? [QueueBoardModule] : []),
  ],
  controllers: [BookingsController, FlightsController, ProductsController],
  providers: [
    TripsService,
    BookingsService,
    BookingEvents,
    FlightsService,
    ProductsService,
    PublishedChanges,
  ],
  exports: [TripsService, BookingsService, FlightsService, ProductsService, PublishedChanges],
})
export class PlatformModule {}
