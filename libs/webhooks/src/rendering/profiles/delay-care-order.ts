import { fieldsOf } from '../../catalog/fields-of.js';
import type { EventData } from '../../catalog/domain-events.js';
import type { Value } from '../document.js';
import { airportBody } from './delay-care-airport.js';
import { readFlight } from './flight-data.js';
import { recordsOf, textOf } from './host-data.js';

/**
 * The order of an event's booking or bookings: one item for each passenger. The flight is the event's own, else the booking's
 * first. What the host left out is null.
 *
 * Beyond the OCTO model a booking, or its `fields`, may hold `orderId`, `agencyId`, `variantId`, `refundLatestDate` and
 * `couponCode`; a unit item may hold the last three of its own.
 *
 * @param original the data before its texts were put into one language, or an empty object
 */
export function orderBody(data: EventData, original: EventData, locale: string): Record<string, Value> {
  const bookings = bookingsOf(data);
  const originals = bookingsOf(original);
  const [first] = bookings;
  return {
    orderId: textOf(
      fieldsOf(data.order).id,
      first && own(first, 'orderId'),
      first?.id,
      first?.uuid,
      fieldsOf(data.order).uuid,
    ),
    orderItems: bookings.flatMap((booking, index) => {
      const flight = flightOf(data, booking);
      const airport = departureOf(flight);
      const inAllLanguages = departureOf(flightOf(original, originals[index] ?? {}));
      return orderItems(booking, flight, airportBody(airport, inAllLanguages, locale));
    }),
  };
}

function bookingsOf({ order, bookings, booking }: EventData): EventData[] {
  const found = [fieldsOf(order).bookings, bookings, [booking]].map(recordsOf);
  return found.find(({ length }) => length > 0) ?? [];
}

function flightOf(data: EventData, booking: EventData): EventData {
  return recordsOf([data.flight])[0] ?? recordsOf(booking.flights)[0] ?? {};
}

function departureOf(flight: EventData): EventData {
  return readFlight(flight).departure;
}

function orderItems(booking: EventData, flight: EventData, airport: Value): Value[] {
  const passengers = recordsOf(booking.unitItems);
  const { number, date, airline, origin, destination } = readFlight(flight);
  return (passengers.length > 0 ? passengers : [{}]).map((passenger) => ({
    id: textOf(passenger.uuid, passenger.id, booking.id, booking.uuid),
    flightNumber: number,
    variantId: textOf(own(passenger, 'variantId'), own(booking, 'variantId'), booking.optionId),
    paxType: textOf(fieldsOf(passenger.unit).type, passenger.unitId)?.toUpperCase() ?? null,
    ...contactOf(booking, passenger, date),
    currency: textOf(fieldsOf(booking.pricing).currency, fieldsOf(passenger.pricing).currency),
    agencyId: textOf(own(booking, 'agencyId')),
    refundLatestDate: textOf(own(passenger, 'refundLatestDate'), own(booking, 'refundLatestDate')),
    couponCode: couponCode(passenger, booking),
    status: textOf(passenger.status, booking.status),
    airport,
    product: { airline, departureAirport: origin, arrivalAirport: destination },
  }));
}

/** The keys of an item from `firstName` to `email`. A passenger without a name is the one who booked. */
function contactOf(booking: EventData, passenger: EventData, date: string | null): Record<string, Value> {
  const booker = fieldsOf(booking.contact);
  const contact = fieldsOf(passenger.contact);
  const [firstName, lastName] = nameOf(contact) ?? nameOf(booker) ?? [null, null];
  return { firstName, lastName, date, email: textOf(contact.emailAddress, booker.emailAddress) };
}

/** Of a full name alone, the last word is the last name. */
function nameOf({ firstName, lastName, fullName }: EventData): [string | null, string | null] | undefined {
  const [first, last] = [textOf(firstName), textOf(lastName)];
  if (first !== null || last !== null) return [first, last];
  const words = textOf(fullName)?.trim().split(/\s+/) ?? [];
  if (words.length < 2) return words[0] ? [words[0], null] : undefined;
  return [words.slice(0, -1).join(' '), words.at(-1) ?? null];
}

/** A code that can be shown at a desk: the host's own, else the ticket's, else the voucher's; never a link to a document. */
function couponCode(passenger: EventData, booking: EventData): string | null {
  const documents = [passenger.ticket, booking.voucher].map((document) => fieldsOf(document).deliveryOptions);
  const codes = documents
    .flatMap(recordsOf)
    .filter(({ deliveryFormat }) => !String(deliveryFormat).endsWith('_URL'))
    .map(({ deliveryValue }) => deliveryValue);
  return textOf(own(passenger, 'couponCode'), own(booking, 'couponCode'), ...codes);
}

/** A field that the host adds, beside OCTO's or under `fields`. */
function own(noun: EventData, field: string): unknown {
  return noun[field] ?? fieldsOf(noun.fields)[field];
}
