import { buildScenery } from './scenery.js';
import { SeededRandom } from './seeded-random.js';
import { tellStories } from './stories.js';
import type { Story } from './stories.js';
import { readTimetable } from './timetable.js';

const CONTRACTS = ['C-1', 'C-2', 'C-3'];

function traffic(seed: number, run = 'run') {
  const random = new SeededRandom(seed);
  const scenery = buildScenery(readTimetable(), random, run);
  return { scenery, stories: tellStories(scenery.flights, CONTRACTS, random, run) };
}

const trips = (stories: Story[]) => stories.flatMap((story) => story.trips);

describe('seeded chance', () => {
  it('gives the numbers of mulberry32', () => {
    const random = new SeededRandom(1);
    // From the reference implementation, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c, as ported
    // to JavaScript in https://github.com/bryc/code/blob/master/jshash/PRNGs.md.
    expect([random.next(), random.next(), random.next()]).toEqual([
      0.6270739405881613, 0.002735721180215478, 0.5274470399599522,
    ]);
  });

  it('stays inside the bounds of whole numbers and reaches both', () => {
    const random = new SeededRandom(7);
    const rolls = new Set(Array.from({ length: 500 }, () => random.integer(1, 6)));
    expect([...rolls].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('refuses to pick from nothing', () => {
    expect(() => new SeededRandom(1).pick([])).toThrow('the list is empty');
  });
});

describe('the traffic', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(traffic(1)).toEqual(traffic(1));
    expect(traffic(1).stories).not.toEqual(traffic(2).stories);
  });

  it('differs between two runs on one database in nothing but the ids', () => {
    const renamed = JSON.stringify(traffic(1, 'another').stories).replaceAll('-another-', '-run-');
    expect(JSON.parse(renamed)).toEqual(traffic(1).stories);
  });

  it('ends every flight with the delay it really had', () => {
    const { scenery, stories } = traffic(1);
    const latest = stories.map(
      ({ reports }) => reports.toSorted((a, b) => b.report - a.report)[0]?.delayMinutes,
    );
    expect(latest).toEqual(scenery.flights.map(({ actualDelay }) => actualDelay));
    expect(scenery.flights.map(({ actualDelay }) => actualDelay)).toEqual(
      readTimetable().flights.map(({ delay }) => delay),
    );
  });

  it('books tours only where the flight goes, some of them sold out', () => {
    const { scenery, stories } = traffic(1);
    const tours = new Map(scenery.tours.map((tour) => [tour.id, tour]));
    const flights = new Map(scenery.flights.map((flight) => [flight.id, flight]));
    const wished = trips(stories).filter(({ trip }) => trip.tourId !== undefined);
    for (const { trip } of wished) {
      expect(tours.get(trip.tourId ?? '')?.city).toBe(flights.get(trip.flightId)?.destinationCity);
    }
    expect(wished.some(({ trip }) => tours.get(trip.tourId ?? '')?.vacancies === 0)).toBe(true);
  });

  it('has declined cards and late reports, which roll back, beside what commits', () => {
    const { stories } = traffic(1);
    const declined = trips(stories).filter(({ trip }) => trip.card === 'card-declined');
    const late = stories.filter(
      ({ reports }) => (reports[0]?.report ?? 0) > (reports[1]?.report ?? Infinity),
    );
    for (const share of [declined.length / trips(stories).length, late.length / stories.length]) {
      expect(share).toBeGreaterThan(0.11);
      expect(share).toBeLessThan(0.15);
    }
  });
});
