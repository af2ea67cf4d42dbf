import { Column, Entity, PrimaryColumn } from 'typeorm';

export type FlightStatus = 'scheduled' | 'early' | 'on_time' | 'delayed';

/** One departure of the timetable. */
@Entity({ name: 'flight' })
export class Flight {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 64 })
  id!: string;

  /** As on the ticket, `BW0001`. */
  @Column({ name: 'number', type: 'varchar', length: 8 })
  number!: string;

  /** IATA code of the airport. */
  @Column({ name: 'origin', type: 'varchar', length: 3 })
  origin!: string;

  @Column({ name: 'origin_city', type: 'varchar', length: 128 })
  originCity!: string;

  @Column({ name: 'destination', type: 'varchar', length: 3 })
  destination!: string;

  @Column({ name: 'destination_city', type: 'varchar', length: 128 })
  destinationCity!: string;

  /** Local time at the origin, `2001-01-01T06:55`; the timetable names no time zone. */
  @Column({ name: 'departs_at', type: 'varchar', length: 16 })
  departsAt!: string;

  @Column({ name: 'distance_miles', type: 'int' })
  distanceMiles!: number;

  @Column({ name: 'status', type: 'varchar', length: 16 })
  status!: FlightStatus;

  /** Negative when the flight is early; null until the airline has reported. */
  @Column({ name: 'delay_minutes', type: 'int', nullable: true })
  delayMinutes!: number | null;

  /** Number of the airline's last report about this flight; 0 before the first. */
  @Column({ name: 'last_report', type: 'int' })
  lastReport!: number;
}
