import { BOOKING_CHANGES, PRODUCT_CHANGES } from './canonical-groups.js';
import type { DialectEventType } from './dialect.js';

/** The events of OCTO's webhooks capability. */
export const OCTO: DialectEventType[] = [
  {
    name: 'booking_update',
    dialect: 'octo',
    label: 'Booking update',
    description: 'An existing booking was confirmed, updated or cancelled.',
    types: BOOKING_CHANGES,
  },
  {
    name: 'availability_update',
    dialect: 'octo',
    label: 'Availability update',
    description: 'The availability of a product changed.',
    types: ['availability.updated'],
  },
  {
    name: 'order_update',
    dialect: 'octo',
    label: 'Order update',
    description: 'An order, with all its bookings, changed.',
    types: ['order.updated'],
  },
  {
    name: 'product_update',
    dialect: 'octo',
    label: 'Product update',
    description: 'A product was added, changed or removed.',
    types: PRODUCT_CHANGES,
  },
];
