import type { Flight } from '../platform/flight.entity.js';
import type { Product } from '../platform/product.entity.js';
import type { SeededRandom } from './seeded-random.js';
import type { Timetable, TimetableFlight } from './timetable.js';

/** A flight that is for sale, and what its airline will report about it. */
export interface PlannedFlight extends Flight {
  actualDelay: number;
}

/** What the platform sells. */
export interface Scenery {
  flights: PlannedFlight[];
  /** One tour in each city that is flown to. */
  tours: Product[];
}

const TOURS = ['Old Town Walk', 'Harbour by Night', 'Food Market Tour', 'Museum Pass', 'Lookout at Sunset'];
const SOLD_OUT_SHARE = 0.3;
const PLENTY = 1_000_000;

/** @param run set before every id, so that runs on one database stay apart */
export function buildScenery(timetable: Timetable, random: SeededRandom, run: string): Scenery {
  const flights = timetable.flights.map((flight, index) => planFlight(flight, index, timetable.cities, run));
  const byDestination = new Map(flights.map((flight) => [flight.destination, flight.destinationCity]));
  const tours = [...byDestination].map(([iata, city]) => ({
    id: tourId(run, iata),
    name: `${city}: ${random.pick(TOURS)}`,
    city,
    priceCents: random.integer(20, 180) * 100,
    vacancies: random.chance(SOLD_OUT_SHARE) ? 0 : PLENTY,
  }));
  return { flights, tours };
}

export function tourId(run: string, destination: string): string {
  return `T-${run}-${destination}`;
}

function planFlight(
  { date, delay, distance, origin, destination }: TimetableFlight,
  index: number,
  cities: Map<string, string>,
  run: string,
): PlannedFlight {
  return {
    id: `F-${run}-${String(index + 1).padStart(4, '0')}-${origin}-${destination}`,
    number: `BW${String(index + 1).padStart(4, '0')}`,
    origin,
    originCity: cities.get(origin) ?? origin,
    destination,
    destinationCity: cities.get(destination) ?? destination,
    departsAt: date.replaceAll('/', '-').replace(' ', 'T'),
    distanceMiles: distance,
    status: 'scheduled',
    delayMinutes: null,
    lastReport: 0,
    actualDelay: delay,
  };
}
