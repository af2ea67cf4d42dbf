import { bookingStatusDiffers } from '../booking-status.js';
import { BOOKING_CHANGES, PRODUCT_CHANGES } from './canonical-groups.js';
import type { DialectEventType } from './dialect.js';

/** The events of Checkfront's notifications, as its form names them. */
export const CHECKFRONT: DialectEventType[] = [
  {
    name: 'Booking Modified',
    dialect: 'checkfront',
    label: 'Booking modified',
    description: 'A booking was created or modified.',
    types: ['booking.created', ...BOOKING_CHANGES],
  },
  {
    name: 'Booking Status Change',
    dialect: 'checkfront',
    label: 'Booking status change',
    description: 'The status of an existing booking changed.',
    types: BOOKING_CHANGES,
    when: bookingStatusDiffers,
  },
  {
    name: 'New Payment/Refund',
    dialect: 'checkfront',
    label: 'New payment or refund',
    description: 'Money for a booking came in or went back.',
    types: ['payment.received', 'payment.refunded'],
  },
  {
    name: 'Item Update',
    dialect: 'checkfront',
    label: 'Item update',
    description: 'An item was added, changed or removed.',
    types: PRODUCT_CHANGES,
  },
  {
    name: 'Item Event/Discount Edit',
    dialect: 'checkfront',
    label: 'Item event or discount edit',
    description: 'A rate or a discount of an item changed.',
    types: ['rate.updated'],
  },
  {
    name: 'Item Calendar Edit',
    dialect: 'checkfront',
    label: 'Item calendar edit',
    description: 'The calendar of an item changed.',
    types: ['availability.updated'],
  },
];
