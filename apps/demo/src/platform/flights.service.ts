import { ConflictException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Not } from 'typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { flightStatusChanged } from 'nestjs-booking-webhooks';

import { Booking } from './booking.entity.js';
import { bookingData, flightData, parties } from './event-data.js';
import { Flight } from './flight.entity.js';
import type { FlightStatus } from './flight.entity.js';
import type { FlightReportDto } from './flights.dto.js';
import { PublishedChanges } from './published-changes.js';

/** From this on a flight counts as delayed, as the US Department of Transportation counts. */
const DELAYED_FROM_MINUTES = 15;

/** The airline has said something newer about this flight. Nothing of the older report stays. */
export class StaleReportError extends ConflictException {}

@Injectable()
export class FlightsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(PublishedChanges) private readonly changes: PublishedChanges,
  ) {}

  list(limit: number): Promise<Flight[]> {
    return this.dataSource.manager.find(Flight, { order: { id: 'DESC' }, take: limit });
  }

  /** Takes an airline's report, and tells the partner of every booking of the flight. */
  async report(id: string, { report, delayMinutes }: FlightReportDto): Promise<Flight> {
    return this.dataSource.transaction(async (manager) => {
      const before = await manager.findOneBy(Flight, { id });
      if (!before) throw new NotFoundException(`There is no flight ${id}. GET /flights lists some.`);
      const flight: Flight = { ...before, delayMinutes, status: statusOf(delayMinutes), lastReport: report };
      await this.tellPartners(manager, flight, before);
      await storeIfNewer(manager, flight);
      return flight;
    });
  }

  private async tellPartners(manager: EntityManager, flight: Flight, before: Flight): Promise<void> {
    const bookings = await manager.findBy(Booking, { flightId: flight.id, status: Not('cancelled') });
    const changes = bookings.map((booking) => ({
      subject: flight.id,
      booking,
      event: flightStatusChanged({
        ...parties(booking.contractId),
        contractId: booking.contractId,
        data: { flight: flightData(flight), booking: bookingData(booking, { flight, product: null }) },
        previous: { flight: flightData(before) },
        resourceKey: `flight:${flight.id}`,
        contactLocales: [booking.guestLocale],
      }),
    }));
    await this.changes.publish(manager, changes);
  }
}

/** The last word in the transaction: an older report takes everything back, the published events included. */
async function storeIfNewer(manager: EntityManager, flight: Flight): Promise<void> {
  const { status, delayMinutes, lastReport } = flight;
  const { affected } = await manager
    .createQueryBuilder()
    .update(Flight)
    .set({ status, delayMinutes, lastReport })
    .where('id = :id AND last_report < :lastReport', { id: flight.id, lastReport })
    .execute();
  if (!affected) throw new StaleReportError(`The flight ${flight.id} has a newer report than ${lastReport}.`);
}

function statusOf(delayMinutes: number): FlightStatus {
  if (delayMinutes >= DELAYED_FROM_MINUTES) return 'delayed';
  return delayMinutes < 0 ? 'early' : 'on_time';
}
