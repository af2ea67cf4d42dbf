import type { EventData } from 'nestjs-booking-webhooks';

import type { Booking } from './booking.entity.js';
import type { Flight } from './flight.entity.js';
import type { Product } from './product.entity.js';

/** A booking as partners see it. */
export function bookingData(
  booking: Booking,
  booked: { flight: Flight | null; product: Product | null },
): EventData {
  return {
    id: booking.id,
    status: booking.status.toUpperCase(),
    productId: booking.productId,
    travelers: booking.travelers,
    contact: { fullName: booking.guestName, locales: [booking.guestLocale] },
    pricing: { currency: 'USD', currencyPrecision: 2, retail: booking.totalCents },
    cancellation: booking.cancellationReason === null ? null : { reason: booking.cancellationReason },
    flights: booked.flight ? [flightData(booked.flight)] : [],
    product: booked.product ? productData(booked.product) : null,
  };
}

/** A flight as partners see it. */
export function flightData(flight: Flight): EventData {
  return {
    id: flight.id,
    status: flight.status,
    delayMinutes: flight.delayMinutes,
    departsAt: flight.departsAt,
    origin: { iata: flight.origin, city: flight.originCity },
    destination: { iata: flight.destination, city: flight.destinationCity },
    distanceMiles: flight.distanceMiles,
  };
}

/** A tour as partners see it. */
export function productData(product: Product): EventData {
  return {
    id: product.id,
    internalName: product.name,
    city: product.city,
    pricing: { currency: 'USD', currencyPrecision: 2, retail: product.priceCents },
  };
}
