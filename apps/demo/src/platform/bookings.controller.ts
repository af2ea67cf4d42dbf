import { Body, Controller, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';

import type { Booking } from './booking.entity.js';
import { BookTripDto, CancelBookingDto } from './bookings.dto.js';
import { BookingsService } from './bookings.service.js';
import { PartnerContract } from './partner-contract.decorator.js';
import { PartnerGuard } from './partner.guard.js';
import { TripsService } from './trips.service.js';
import { valid } from './valid.js';

@Controller('bookings')
@UseGuards(PartnerGuard)
export class BookingsController {
  constructor(
    @Inject(TripsService) private readonly trips: TripsService,
    @Inject(BookingsService) private readonly bookings: BookingsService,
  ) {}

  @Post()
  book(
    @PartnerContract() contractId: string,
    @Body(valid(BookTripDto)) trip: BookTripDto,
  ): Promise<Booking[]> {
    return this.trips.book(contractId, trip);
  }

  @Post(':id/confirm')
  @HttpCode(200)
  confirm(@PartnerContract() contractId: string, @Param('id') id: string): Promise<Booking> {
    return this.bookings.confirm(contractId, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  cancel(
    @PartnerContract() contractId: string,
    @Param('id') id: string,
    @Body(valid(CancelBookingDto)) { reason }: CancelBookingDto,
  ): Promise<Booking> {
    return this.bookings.cancel(contractId, id, reason);
  }
}
