import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { readCsv } from './csv.js';

/** One real US flight of the first quarter of 2001, from the npm package vega-datasets. */
export interface TimetableFlight {
  /** Local time at the origin, `2001/01/01 06:55`. */
  date: string;
  /** Minutes; negative when it was early. */
  delay: number;
  /** Miles. */
  distance: number;
  /** IATA codes. */
  origin: string;
  destination: string;
}

export interface Timetable {
  flights: TimetableFlight[];
  /** The city of each airport by its IATA code. */
  cities: Map<string, string>;
}

export function readTimetable(): Timetable {
  const flights = JSON.parse(readData('flights-5k.json')) as TimetableFlight[];
  const cities = new Map(readCsv(readData('airports.csv')).map(({ iata = '', city = '' }) => [iata, city]));
  return { flights, cities };
}

/** The same cities with fewer flights, taken evenly from the whole quarter. */
export function excerpt({ flights, cities }: Timetable, count: number): Timetable {
  const step = flights.length / Math.min(count, flights.length);
  return { flights: flights.filter((_, index) => index % step < 1), cities };
}

/** The package exports only its code, so its data is found beside it. */
function readData(name: string): string {
  const build = dirname(createRequire(import.meta.url).resolve('vega-datasets'));
  return readFileSync(join(build, '..', 'data', name), 'utf8');
}
