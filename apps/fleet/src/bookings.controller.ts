import { Body, Controller, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { bookingCancelled, WebhooksService } from 'nestjs-booking-webhooks';

import { OperatorGuard } from './operator.guard.js';

/** Something that happens, for a platform without bookings of its own. */
@Controller('contracts/:contractId/bookings')
@UseGuards(OperatorGuard)
export class BookingsController {
  constructor(@Inject(WebhooksService) private readonly webhooks: WebhooksService) {}

  @Post(':id/cancellation')
  async cancel(
    @Param('contractId') contractId: string,
    @Param('id') id: string,
    @Body() booking: Record<string, unknown>,
  ): Promise<{ eventIds: string[] }> {
    const data = { booking: { ...booking, id, status: 'CANCELLED' } };
    const published = await this.webhooks.publish(
      bookingCancelled({ contractId, data, resourceKey: `booking:${id}` }),
    );
    return { eventIds: published.map((event) => event.id) };
  }
}
