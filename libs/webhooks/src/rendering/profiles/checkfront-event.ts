import { bookingStatusDiffers } from '../../catalog/booking-status.js';
import type { CanonicalEvent } from '../profile.js';

/**
 * The word that the body of an event begins with. `order.update` and `flight.update` are ours, Checkfront has no such events;
 * a type that the host added keeps its name.
 */
export function checkfrontEvent(event: Pick<CanonicalEvent, 'type' | 'data' | 'previous'>): string {
  switch (event.type) {
    case 'booking.created':
      return 'booking.create';
    case 'booking.confirmed':
    case 'booking.updated':
    case 'booking.cancelled':
      return bookingStatusDiffers(event) ? 'booking.status' : 'booking.update';
    case 'payment.received':
    case 'payment.refunded':
      return 'transaction.insert';
    case 'product.added':
    case 'product.updated':
    case 'product.removed':
      return 'item.update';
    case 'rate.updated':
      return 'rate.update';
    case 'availability.updated':
      return 'calendar.update';
    case 'order.updated':
      return 'order.update';
    case 'flight.status_changed':
      return 'flight.update';
    default:
      return event.type;
  }
}
