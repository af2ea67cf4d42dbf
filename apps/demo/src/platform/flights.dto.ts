import { IsInt, Max, Min } from 'class-validator';

/** What an airline says about a flight. */
export class FlightReportDto {
  /** Counts up for each flight: a report that arrives late has a lower number than the last one. */
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  report!: number;

  /** Negative when the flight is early. */
  @IsInt()
  @Min(-1_440)
  @Max(10_080)
  delayMinutes!: number;
}
