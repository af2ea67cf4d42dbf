import type { BookTripDto } from '../platform/bookings.dto.js';
import type { FlightReportDto } from '../platform/flights.dto.js';
import type { PlannedFlight } from './scenery.js';
import { tourId } from './scenery.js';
import type { SeededRandom } from './seeded-random.js';

/** A partner's booking of a flight, and what becomes of it. */
export interface TripStory {
  contractId: string;
  trip: BookTripDto;
  confirmed: boolean;
  /** Set when the guest cancels after the airline's reports. */
  cancelledBecause?: string;
}

/** Everything that happens about one flight, in order: booked, confirmed, reported on, cancelled. */
export interface Story {
  flightId: string;
  trips: TripStory[];
  /** An earlier report after a later one is refused by the platform, after it has published. */
  reports: FlightReportDto[];
  /** A new name for the tour at the flight's destination, which every partner hears of. */
  tourRenamed?: { tourId: string; name: string };
}

const GUESTS = [
  ['Grace Hopper', 'en'],
  ['Lucía Herrera', 'es'],
  ['Jürgen Weiß', 'de'],
  ['Amélie Laurent', 'fr'],
  ['Giulia Bianchi', 'it'],
  ['João Ribeiro', 'pt-BR'],
  ['Layla Haddad', 'ar'],
] as const;

const SHARES = {
  secondPartner: 0.25,
  tour: 0.35,
  cardDeclined: 0.13,
  confirmed: 0.6,
  estimateFirst: 0.3,
  estimateLate: 0.13,
  changeOfMind: 0.05,
};

const FLIGHTS_BETWEEN_NEW_NAMES = 100;

/** From this delay on guests give up a trip. */
const GIVE_UP_MINUTES = 120;

export function tellStories(
  flights: readonly PlannedFlight[],
  contractIds: readonly string[],
  random: SeededRandom,
  run: string,
): Story[] {
  return flights.map((flight, index) => ({
    flightId: flight.id,
    trips: partnersOf(contractIds, random).map((contractId) => tellTrip(flight, contractId, random, run)),
    reports: tellReports(flight.actualDelay, random),
    ...(index % FLIGHTS_BETWEEN_NEW_NAMES === 0 && {
      tourRenamed: {
        tourId: tourId(run, flight.destination),
        name: `${flight.destinationCity}: New ${index + 1}`,
      },
    }),
  }));
}

function partnersOf(contractIds: readonly string[], random: SeededRandom): string[] {
  const first = random.pick(contractIds);
  if (!random.chance(SHARES.secondPartner)) return [first];
  return [first, random.pick(contractIds.filter((contractId) => contractId !== first))];
}

function tellTrip(flight: PlannedFlight, contractId: string, random: SeededRandom, run: string): TripStory {
  const [guestName, guestLocale] = random.pick(GUESTS);
  const wishesTour = random.chance(SHARES.tour);
  const trip: BookTripDto = {
    flightId: flight.id,
    ...(wishesTour && { tourId: tourId(run, flight.destination) }),
    travelers: random.integer(1, 4),
    guestName,
    guestLocale,
    card: random.chance(SHARES.cardDeclined) ? 'card-declined' : 'card-ok',
  };
  const confirmed = random.chance(SHARES.confirmed);
  const changesMind = random.chance(SHARES.changeOfMind);
  const reason = flight.actualDelay >= GIVE_UP_MINUTES ? 'flight delayed' : changesMind && 'change of plans';
  return { contractId, trip, confirmed, ...(reason && { cancelledBecause: reason }) };
}

/** The last report tells what really happened; an estimate may come before it, or so late that it is stale. */
function tellReports(actualDelay: number, random: SeededRandom): FlightReportDto[] {
  const estimate = { report: 1, delayMinutes: Math.max(0, actualDelay + random.integer(-20, 20)) };
  const actual = { report: 2, delayMinutes: actualDelay };
  const chance = random.next();
  if (chance < SHARES.estimateLate) return [actual, estimate];
  return chance < SHARES.estimateLate + SHARES.estimateFirst ? [estimate, actual] : [actual];
}
