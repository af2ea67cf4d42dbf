import { v5 as uuidv5 } from 'uuid';
import { localized } from 'nestjs-booking-webhooks';
import type { EventData, EventFields } from 'nestjs-booking-webhooks';

import type { Booking } from './booking.entity.js';
import type { Flight } from './flight.entity.js';
import { flightTitle, tourSummary } from './localized-texts.js';
import type { Product } from './product.entity.js';

/** What a booking is of. */
export interface Booked {
  flight: Flight | null;
  product: Product | null;
}

const AIRLINE = { code: 'BW', name: 'Booking Webhook Air' };
const CURRENCY = { currency: 'USD', currencyPrecision: 2 };
const ADULT = { id: 'adult', internalName: 'Adult', type: 'ADULT' };

/** Who owns the platform, and in whose name a partner's events happen. */
export function parties(contractId: string): Pick<EventFields, 'accountContext' | 'originator'> {
  return {
    accountContext: {
      ownerId: 'demo-platform',
      ownerName: 'Demo Platform',
      ownerEmail: 'desk@platform.example',
      ownerSlug: 'demo-platform',
    },
    originator: { type: 'agency', id: contractId, name: `Agency ${contractId}` },
  };
}

export function bookingStatus({ status }: Pick<Booking, 'status'>): string {
  return status.toUpperCase();
}

/** A booking as partners see it: OCTO's model, with flights. */
export function bookingData(booking: Booking, { flight, product }: Booked): EventData {
  const { id, createdAt, confirmedAt, cancelledAt, guestLocale } = booking;
  const status = bookingStatus(booking);
  return {
    id,
    uuid: id,
    supplierReference: id.slice(0, 8).toUpperCase(),
    status,
    utcCreatedAt: createdAt.toISOString(),
    utcUpdatedAt: (cancelledAt ?? confirmedAt ?? createdAt).toISOString(),
    utcConfirmedAt: confirmedAt?.toISOString() ?? null,
    productId: booking.productId ?? booking.flightId,
    product: product ? productData(product) : flight && flightProduct(flight),
    optionId: 'DEFAULT',
    cancellable: status !== 'CANCELLED',
    cancellation: cancelledAt && {
      refund: 'FULL',
      reason: booking.cancellationReason,
      utcCancelledAt: cancelledAt.toISOString(),
    },
    contact: { ...nameOf(booking.guestName), locales: [guestLocale] },
    deliveryMethods: ['VOUCHER'],
    unitItems: Array.from({ length: booking.travelers }, (_, index) => ({
      uuid: uuidv5(`unit-item:${index}`, id),
      unitId: ADULT.id,
      unit: ADULT,
      status,
    })),
    pricing: {
      ...CURRENCY,
      original: booking.totalCents,
      retail: booking.totalCents,
      net: null,
      includedTaxes: [],
    },
    flights: flight ? [flightData(flight)] : [],
  };
}

/** A flight as partners see it. */
export function flightData(flight: Flight): EventData {
  const { departsAt, delayMinutes } = flight;
  const estimatedAt = delayMinutes === null ? null : minutesAfter(departsAt, delayMinutes);
  return {
    id: flight.id,
    number: flight.number,
    airline: AIRLINE,
    date: departsAt.slice(0, 10),
    status: flight.status.toUpperCase(),
    delayMinutes,
    departure: {
      iata: flight.origin,
      city: { title: flight.originCity, country: 'US' },
      scheduledAt: departsAt,
      estimatedAt,
    },
    arrival: { iata: flight.destination, city: { title: flight.destinationCity, country: 'US' } },
    distanceMiles: flight.distanceMiles,
  };
}

/** A tour as partners see it. */
export function productData(product: Product): EventData {
  return {
    id: product.id,
    internalName: product.name,
    title: product.name,
    shortDescription: localized(tourSummary(product.city)),
    locale: 'en',
    city: product.city,
    pricingFrom: [{ ...CURRENCY, retail: product.priceCents }],
  };
}

/** The seat on a flight as a product. */
function flightProduct(flight: Flight): EventData {
  return {
    id: flight.id,
    internalName: `${flight.number} ${flight.origin}–${flight.destination}`,
    title: localized(flightTitle(flight.originCity, flight.destinationCity)),
    locale: 'en',
  };
}

/** The last word is the last name. */
function nameOf(fullName: string): EventData {
  const words = fullName.split(' ');
  return { fullName, firstName: words.slice(0, -1).join(' ') || null, lastName: words.at(-1) ?? null };
}

/** Of a local time, `2001-01-01T06:55`: the timetable names no time zone. */
function minutesAfter(localTime: string, minutes: number): string {
  return new Date(Date.parse(`${localTime}Z`) + minutes * 60_000).toISOString().slice(0, 16);
}
