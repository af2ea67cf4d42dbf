import type { CommittedChange, Subscription } from './changes.js';

/*
 * Which change reaches whom, as the four systems' pages say. It is written down a second time on purpose: the engine's
 * catalog is what is being judged.
 */

type Rule = (change: CommittedChange) => boolean;

const changedBooking = oneOf('booking.confirmed', 'booking.updated', 'booking.cancelled');
const anyBooking = oneOf('booking.created', 'booking.confirmed', 'booking.updated', 'booking.cancelled');
const changedProduct = oneOf('product.added', 'product.updated', 'product.removed');

/** Names that systems have for changes. Whatever is not here is a canonical name or a pattern of them. */
const SYSTEM_NAMES: Readonly<Record<string, Rule>> = {
  booking_update: changedBooking,
  product_update: changedProduct,
  BOOKING_UPDATE: changedBooking,
  PRODUCT_UPDATE: changedProduct,
  'Booking Modified': anyBooking,
  'Booking Status Change': (change) => changedBooking(change) && change.status !== change.previousStatus,
  'Item Update': changedProduct,
  new_flight_reservation_from_extension: (change) => change.flies && change.type === 'booking.created',
  flight_reservation_updated: (change) => change.flies && changedBooking(change),
  'Flight Delay Status Change': oneOf('flight.status_changed'),
  'Product Updated': oneOf('product.updated'),
};

/** Whether a webhook is owed a change. */
export function hears({ contractId, eventTypes }: Subscription, change: CommittedChange): boolean {
  return contractId === change.contractId && eventTypes.some((name) => covers(name, change));
}

function covers(name: string, change: CommittedChange): boolean {
  const rule = Object.hasOwn(SYSTEM_NAMES, name) ? SYSTEM_NAMES[name] : undefined;
  if (rule) return rule(change);
  const [group = ''] = change.type.split('.');
  return ['*', `${group}.*`, change.type].includes(name);
}

function oneOf(...types: string[]): Rule {
  return ({ type }) => types.includes(type);
}
