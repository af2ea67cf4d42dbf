import { fieldsOf } from '../../catalog/fields-of.js';
import type { EventData } from '../../catalog/domain-events.js';
import type { Value } from '../document.js';
import { intlFormatters } from '../localization/intl-formatters.js';
import { bookingCode } from './capdata-event.js';
import { localDate, readFlight } from './flight-data.js';
import type { FlightFacts } from './flight-data.js';
import { recordsOf, textOf } from './host-data.js';

/** How a date is written: new reservations and updates differ. */
export type DateStyle = 'dd/mm/yyyy' | 'yyyy-mm-dd';

/**
 * A booking as CapData's reservation: the keys of its page first, then ours. What the host left out is null, except that
 * `return_date` is there only when a flight goes back, `product` only when nothing flies, and `fields` (the host's own) only
 * when there are any.
 *
 * Names stay as the host published them. The page shows capitals in one example and not in the other; they come from what
 * its extension read, no rule is stated.
 */
export function reservation(booking: EventData, dates: DateStyle): Record<string, Value> {
  const flights = recordsOf(booking.flights).map(readFlight);
  const [outbound] = flights;
  const back = returnFlight(flights);
  const contact = fieldsOf(booking.contact);
  const pricing = fieldsOf(booking.pricing);
  const fields = fieldsOf(booking.fields);
  const start = textOf(fieldsOf(booking.availability).localDateTimeStart, booking.availabilityId);
  return {
    booking_code: bookingCode(booking),
    passenger_name: passengerName(booking),
    departure_date: styled(outbound ? outbound.date : localDate(start, null), dates),
    ...(back && { return_date: styled(back.date, dates) }),
    airline: outbound ? textOf(outbound.airline.name, outbound.airline.code) : null,
    price: price(pricing),
    currency: textOf(pricing.currency),
    status: textOf(booking.status),
    flight_numbers: flights.flatMap(({ number }) => number ?? []),
    origin: outbound?.origin ?? null,
    destination: (back ? flights[flights.indexOf(back) - 1] : flights.at(-1))?.destination ?? null,
    email: textOf(contact.emailAddress, contact.email),
    booking_id: textOf(booking.id, booking.uuid),
    ...(!outbound && { product: productName(booking) }),
    ...(Object.keys(fields).length > 0 && { fields: fields as Record<string, Value> }),
  };
}

function passengerName(booking: EventData): string | null {
  const travellers = [booking, ...recordsOf(booking.unitItems)].map(({ contact }) => fieldsOf(contact));
  return textOf(...travellers.map(fullName));
}

function fullName({ fullName, firstName, lastName }: EventData): string | null {
  return textOf(fullName) ?? textOf([textOf(firstName), textOf(lastName)].filter(Boolean).join(' '));
}

function productName(booking: EventData): string | null {
  const product = fieldsOf(booking.product);
  return textOf(product.title, product.internalName, product.name, booking.productId);
}

/** Of flights that end where they began, the first after the longest stay. */
function returnFlight(flights: FlightFacts[]): FlightFacts | undefined {
  const home = flights[0]?.origin ?? null;
  if (flights.length < 2 || home === null || flights.at(-1)?.destination !== home) return undefined;
  const stays = flights.slice(1).map((flight, index) => {
    return Date.parse(flight.date ?? '') - Date.parse(flights[index]?.date ?? '') || 0;
  });
  return flights[stays.indexOf(Math.max(...stays)) + 1];
}

function styled(date: string | null, style: DateStyle): string | null {
  const [, year, month, day] = date?.match(/^(\d{4})-(\d{2})-(\d{2})/) ?? [];
  if (year === undefined) return date;
  return style === 'dd/mm/yyyy' ? `${day}/${month}/${year}` : `${year}-${month}-${day}`;
}

const USUAL_PRECISION = 2;
const MOST_DIGITS = 8;

/** The retail price in the currency's units: 25050 cents are `250.50`, 25050 yen `25050`. A text is taken as it stands. */
function price(pricing: EventData): string | null {
  const { retail } = pricing;
  if (typeof retail !== 'number' || !Number.isFinite(retail)) return textOf(retail);
  const precision = precisionOf(pricing);
  const digits = BigInt(Math.round(Math.abs(retail)))
    .toString()
    .padStart(precision + 1, '0');
  const sign = retail < 0 && /[1-9]/.test(digits) ? '-' : '';
  const units = digits.slice(0, digits.length - precision);
  return sign + units + (precision > 0 ? `.${digits.slice(-precision)}` : '');
}

function precisionOf({ currency, currencyPrecision }: EventData): number {
  const given = Number.isInteger(currencyPrecision) ? (currencyPrecision as number) : -1;
  if (given >= 0 && given <= MOST_DIGITS) return given;
  if (typeof currency !== 'string' || !/^[A-Za-z]{3}$/.test(currency)) return USUAL_PRECISION;
  const options = { style: 'currency', currency } as const;
  return (
    intlFormatters.getNumberFormat('en', options).resolvedOptions().maximumFractionDigits ?? USUAL_PRECISION
  );
}
