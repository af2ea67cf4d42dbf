import type { DeliveryFilters } from '../../api/deliveries.js';
import type { DeliveryStatus } from '../../api/types.js';
import type { HashQuery } from '../../app/hash-query.js';

const HOUR_MS = 3_600_000;

/** Times that go along with the clock, by their names in the address. */
export const SPANS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const;
export type Time = keyof typeof SPANS | 'any' | 'custom';

/** What empties every filter of the address. */
export const NO_FILTERS = {
  status: undefined,
  eventType: undefined,
  time: undefined,
  since: undefined,
  until: undefined,
};

/** An address with a time of its own is of the time that was chosen. */
export function timeOf({ time, since, until }: HashQuery): Time {
  if (time !== undefined && Object.hasOwn(SPANS, time)) return time as keyof typeof SPANS;
  return time === 'custom' || since !== undefined || until !== undefined ? 'custom' : 'any';
}

/**
 * What the address asks for. A value that does not exist is the API's to refuse.
 *
 * @param now what the spans end with
 */
export function logFiltersOf(query: HashQuery, now: number): DeliveryFilters {
  const time = timeOf(query);
  const { status, eventType } = query;
  return {
    ...(status ? { status: status as DeliveryStatus } : {}),
    ...(eventType ? { eventType } : {}),
    ...(time === 'custom' ? { since: query.since, until: query.until } : {}),
    ...(time !== 'custom' && time !== 'any' ? { since: new Date(now - SPANS[time]).toISOString() } : {}),
  };
}
