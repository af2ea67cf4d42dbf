import type { BookingsService } from '../platform/bookings.service.js';
import type { FlightsService } from '../platform/flights.service.js';
import { StaleReportError } from '../platform/flights.service.js';
import type { ProductsService } from '../platform/products.service.js';
import type { TripsService } from '../platform/trips.service.js';
import { PaymentDeclinedError } from '../platform/trips.service.js';
import type { Story, TripStory } from './stories.js';

/** The services that traffic comes in by. */
export interface Desk {
  trips: TripsService;
  bookings: BookingsService;
  flights: FlightsService;
  products: ProductsService;
}

/** Plays stories, several at a time and each in its own order, until they are told or `signal` aborts. */
export async function playAll(
  stories: Iterable<Story>,
  desk: Desk,
  pace: { atOnce: number; pause?: () => Promise<unknown>; signal?: AbortSignal },
): Promise<void> {
  const queue = stories[Symbol.iterator]();
  const player = async () => {
    for (let next = queue.next(); !next.done && !pace.signal?.aborted; next = queue.next()) {
      await play(next.value, desk);
      await pace.pause?.();
    }
  };
  await Promise.all(Array.from({ length: pace.atOnce }, player));
}

async function play(story: Story, desk: Desk): Promise<void> {
  const booked = [];
  for (const trip of story.trips) booked.push({ trip, bookingIds: await book(trip, desk) });
  for (const report of story.reports) {
    await unlessRefused(StaleReportError, () => desk.flights.report(story.flightId, report));
  }
  const { tourRenamed } = story;
  if (tourRenamed) await desk.products.change(tourRenamed.tourId, { name: tourRenamed.name });
  for (const { trip, bookingIds } of booked) await cancel(trip, bookingIds, desk);
}

async function book(
  { contractId, trip, confirmed }: TripStory,
  { trips, bookings }: Desk,
): Promise<string[]> {
  const booked = (await unlessRefused(PaymentDeclinedError, () => trips.book(contractId, trip))) ?? [];
  for (const { id } of booked) if (confirmed) await bookings.confirm(contractId, id);
  return booked.map(({ id }) => id);
}

async function cancel(trip: TripStory, bookingIds: string[], { bookings }: Desk): Promise<void> {
  if (!trip.cancelledBecause) return;
  for (const id of bookingIds) await bookings.cancel(trip.contractId, id, trip.cancelledBecause);
}

/** A refusal that the story intends has rolled its transaction back; anything else is a fault of the demo. */
async function unlessRefused<Result>(
  refusal: new (...args: never[]) => Error,
  change: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof refusal) return undefined;
    throw error;
  }
}
