import { fieldsOf } from '../../catalog/fields-of.js';
import type { Value } from '../document.js';
import type { CanonicalEvent } from '../profile.js';

/** How a version of Checkfront's body writes each of its nouns. */
export type CheckfrontNouns = Record<
  'booking' | 'transaction' | 'item' | 'rate' | 'calendar',
  (event: CanonicalEvent) => Value
>;

/** What an event is about, under the noun of its word; what Checkfront has no noun for is there as it was published. */
export function checkfrontSubject(
  word: string,
  event: CanonicalEvent,
  nouns: CheckfrontNouns,
): Record<string, Value> {
  switch (word) {
    case 'booking.create':
    case 'booking.update':
    case 'booking.status':
      return { booking: nouns.booking(event) };
    case 'transaction.insert':
      return { transaction: nouns.transaction(event) };
    case 'item.update':
      return { item: nouns.item(event) };
    case 'rate.update':
      return { rate: nouns.rate(event) };
    case 'calendar.update':
      return { calendar: nouns.calendar(event) };
    case 'order.update':
      return { order: fieldsOf(fieldsOf(event.data).order) as Value };
    case 'flight.update':
      return { flight: fieldsOf(fieldsOf(event.data).flight) as Value };
    default:
      return { data: event.data as Value };
  }
}
