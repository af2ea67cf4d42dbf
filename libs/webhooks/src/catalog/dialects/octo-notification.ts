import { BOOKING_CHANGES, PRODUCT_CHANGES } from './canonical-groups.js';
import type { DialectEventType } from './dialect.js';

/** The notification types of OCTO's notifications capability. */
export const OCTO_NOTIFICATION: DialectEventType[] = [
  {
    name: 'PRODUCT_UPDATE',
    dialect: 'octo-notification',
    label: 'Product notification',
    description: 'A product was added, changed or removed; the body names it and nothing more.',
    types: PRODUCT_CHANGES,
  },
  {
    name: 'AVAILABILITY_UPDATE',
    dialect: 'octo-notification',
    label: 'Availability notification',
    description: 'The availability of a product changed; the body names the product and the dates.',
    types: ['availability.updated'],
  },
  {
    name: 'BOOKING_UPDATE',
    dialect: 'octo-notification',
    label: 'Booking notification',
    description:
      'An existing booking was confirmed, updated or cancelled; the body names it and nothing more.',
    types: BOOKING_CHANGES,
  },
];
