import { Body, ConflictException, Controller, Inject, Post } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { IsBoolean, IsOptional, IsString } from 'class-validator';
import { bookingCreated, WebhooksService } from 'nestjs-booking-webhooks';
import { DataSource } from 'typeorm';

import { Booking } from './booking.entity.js';
import { settings } from './settings.js';

export class CreateBookingDto {
  @IsString()
  id!: string;

  @IsString()
  contractId!: string;

  /** Whether the transaction fails after everything was written. */
  @IsOptional()
  @IsBoolean()
  fails?: boolean;
}

@Controller('bookings')
export class BookingsController {
  constructor(
    @Inject(getDataSourceToken(settings.dataSource)) private readonly dataSource: DataSource,
    private readonly webhooks: WebhooksService,
  ) {}

  @Post()
  async create(
    @Body() { id, contractId, fails }: CreateBookingDto,
  ): Promise<{ eventId: string | undefined }> {
    return this.dataSource.transaction(async (manager) => {
      await manager.insert(Booking, { id, contractId });
      const event = bookingCreated({ contractId, data: { booking: { id, status: 'CONFIRMED' } } });
      const [published] = await this.webhooks.publish(event, { manager });
      if (fails === true) throw new ConflictException('The payment was declined.');
      return { eventId: published?.id };
    });
  }
}
