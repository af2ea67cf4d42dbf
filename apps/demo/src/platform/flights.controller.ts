import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';

import type { Flight } from './flight.entity.js';
import { FlightReportDto } from './flights.dto.js';
import { FlightsService } from './flights.service.js';
import { OperatorGuard, PartnerGuard } from './partner.guard.js';
import { valid } from './valid.js';

@Controller('flights')
@UseGuards(PartnerGuard)
export class FlightsController {
  constructor(@Inject(FlightsService) private readonly flights: FlightsService) {}

  @Get()
  list(): Promise<Flight[]> {
    return this.flights.list(20);
  }

  @Post(':id/status')
  @HttpCode(200)
  @UseGuards(OperatorGuard)
  report(@Param('id') id: string, @Body(valid(FlightReportDto)) report: FlightReportDto): Promise<Flight> {
    return this.flights.report(id, report);
  }
}
