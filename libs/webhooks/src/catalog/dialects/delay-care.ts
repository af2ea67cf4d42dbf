import type { DialectEventType } from './dialect.js';

/** The event types of Delay Care's partner portal. */
export const DELAY_CARE: DialectEventType[] = [
  {
    name: 'Flight Delay Status Change',
    dialect: 'delay-care',
    label: 'Flight delay status change',
    description: 'The status of a booked flight changed, for example from scheduled to delayed.',
    types: ['flight.status_changed'],
  },
  {
    name: 'Product Added',
    dialect: 'delay-care',
    label: 'Product added',
    description: 'A new product became available under the contract.',
    types: ['product.added'],
  },
  {
    name: 'Product Updated',
    dialect: 'delay-care',
    label: 'Product updated',
    description: 'An existing product under the contract changed.',
    types: ['product.updated'],
  },
  {
    name: 'Product Removed',
    dialect: 'delay-care',
    label: 'Product removed',
    description: 'A product is no longer available under the contract.',
    types: ['product.removed'],
  },
];
