import { fieldsOf } from '../../catalog/fields-of.js';
import type { EventData } from '../../catalog/domain-events.js';
import { intlFormatters } from '../localization/intl-formatters.js';
import { textOf } from './host-data.js';

/** What a host says about a flight. Null is what it left out. */
export interface FlightFacts {
  number: string | null;
  airline: { code: string | null; name: string | null };
  /** Local date of departure, `yyyy-mm-dd`, or what the host gave in its place. */
  date: string | null;
  status: string | null;
  /** Negative when the flight is early. */
  delayMinutes: number | null;
  scheduledDeparture: string | null;
  estimatedDeparture: string | null;
  departure: EventData;
  arrival: EventData;
  /** IATA code of the airport. */
  origin: string | null;
  /** IATA code of the airport. */
  destination: string | null;
}

/** Reads a flight; its airports may be called `origin` and `destination` and be IATA codes alone. */
export function readFlight(flight: EventData): FlightFacts {
  const departure = airportOf(flight.departure, flight.origin);
  const arrival = airportOf(flight.arrival, flight.destination);
  const scheduledDeparture = textOf(departure.scheduledAt, flight.scheduledDeparture, flight.departsAt);
  const estimatedDeparture = textOf(departure.estimatedAt, flight.estimatedDeparture);
  const airline = fieldsOf(flight.airline);
  return {
    number: textOf(flight.number, flight.flightNumber),
    airline: { code: textOf(airline.code, airline.iata), name: textOf(airline.name, flight.airline) },
    date: textOf(flight.date) ?? localDate(scheduledDeparture, textOf(departure.timezone)),
    status: textOf(flight.status),
    delayMinutes: minutes(flight.delayMinutes) ?? minutesBetween(scheduledDeparture, estimatedDeparture),
    scheduledDeparture,
    estimatedDeparture,
    departure,
    arrival,
    origin: textOf(departure.iata),
    destination: textOf(arrival.iata),
  };
}

function airportOf(airport: unknown, alias: unknown): EventData {
  const given = airport ?? alias;
  return typeof given === 'string' ? { iata: given } : fieldsOf(given);
}

/** The day of a time where it happens: UTC is moved into the time zone, a time with an offset is local already. */
export function localDate(time: string | null, timeZone: string | null): string | null {
  const day = time?.match(/^\d{4}-\d{2}-\d{2}/)?.[0];
  if (time === null || day === undefined) return null;
  const at = Date.parse(time);
  if (timeZone === null || !/(?:Z|\+00:00)$/.test(time) || Number.isNaN(at)) return day;
  try {
    return intlFormatters.getDateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(at);
  } catch {
    return day;
  }
}

function minutes(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? wholeMinutes(value) : null;
}

/** Null unless both times name a zone or neither does. */
function minutesBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null || namesZone(from) !== namesZone(to)) return null;
  const difference = Date.parse(to) - Date.parse(from);
  return Number.isNaN(difference) ? null : wholeMinutes(difference / 60_000);
}

function namesZone(time: string): boolean {
  return /(?:Z|[+-]\d{2}:?\d{2})$/.test(time);
}

function wholeMinutes(value: number): number {
  // A little less than nothing rounds to -0, which JSON does not have.
  return Math.round(value) + 0;
}
