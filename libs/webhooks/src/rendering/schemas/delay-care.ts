import { isOperational } from '../../catalog/operational-events.js';
import type { BodySchema, JsonSchema } from './json-schema.js';
import { ANY_OBJECT, each, list, nounOf, object, TEXT, TEXT_OR_NULL } from './json-schema.js';
import { publishedData } from './webhook-news.js';

const airport = object({
  ...each(['iata', 'timezone', 'title'], TEXT_OR_NULL),
  city: object({
    ...each(['iata', 'title'], TEXT_OR_NULL),
    titleLocalized: object(each(['EN', 'DE', 'RU', 'TR'], TEXT_OR_NULL)),
    country: object(each(['id', 'title'], TEXT_OR_NULL)),
  }),
  terminals: { type: 'array' },
  location: {},
});

const orderItem = object({
  ...each(['id', 'flightNumber', 'variantId', 'paxType', 'firstName', 'lastName'], TEXT_OR_NULL),
  ...each(['date', 'email', 'currency', 'agencyId'], TEXT_OR_NULL),
  ...each(['refundLatestDate', 'couponCode', 'status'], TEXT_OR_NULL),
  airport,
  product: object({
    airline: object(each(['code', 'name'], TEXT_OR_NULL)),
    ...each(['departureAirport', 'arrivalAirport'], TEXT_OR_NULL),
  }),
});

const order = { orderId: TEXT_OR_NULL, orderItems: list(orderItem) };

const flight = object({
  ...each(['number', 'date', 'previousStatus', 'status'], TEXT_OR_NULL),
  statusText: { ...TEXT_OR_NULL, description: "In the receiver's language." },
  ...each(['scheduledDeparture', 'estimatedDeparture'], TEXT_OR_NULL),
  delayMinutes: { type: ['integer', 'null'] },
});

/** The bodies of the partner portal with Delay Care. */
export function delayCareSchema(type: string): BodySchema {
  const about = contents(type);
  const schema = object({ eventType: TEXT, contractId: TEXT, ...about });
  return { name: `delay-care.${nameOf(type)}`, schema };
}

function contents(type: string): Record<string, JsonSchema> {
  switch (nounOf(type)) {
    case 'product':
      return { product: ANY_OBJECT };
    case 'order':
    case 'booking':
      return order;
    default:
      return type === 'flight.status_changed' ? { flight, ...order } : { data: publishedData(type) };
  }
}

function nameOf(type: string): string {
  const noun = nounOf(type);
  if (noun === 'product' || isOperational(type) || type === 'flight.status_changed') return noun;
  return noun === 'order' || noun === 'booking' ? 'order' : 'event';
}
