import type { Behaviour } from '../receiver/behaviours.js';

/** What a partner subscribes to, and how its receiver behaves. */
export interface WishedWebhook {
  eventTypes: string[];
  behaviour: Behaviour;
}

export interface PartnerPlan {
  name: string;
  webhooks: WishedWebhook[];
}

const wish = (behaviour: Behaviour, ...eventTypes: string[]): WishedWebhook => ({ behaviour, eventTypes });

/** Six partners, 25 webhooks; some of their receivers need patience, and one is gone for good. */
export const PARTNERS: PartnerPlan[] = [
  {
    name: 'Delay Care',
    webhooks: [
      wish('ok', 'flight.status_changed'),
      wish('flaky', 'flight.status_changed', 'booking.cancelled'),
      wish('ok', 'booking.*'),
      wish('stumbling', '*'),
    ],
  },
  {
    name: 'Sunline Tours',
    webhooks: [
      wish('ok', 'booking.*'),
      wish('slow', 'booking.created', 'booking.confirmed'),
      wish('ok', 'flight.status_changed'),
      wish('ok', '*'),
    ],
  },
  {
    name: 'Harbour Travel',
    webhooks: [
      wish('ok', '*'),
      wish('flaky', 'booking.*'),
      wish('ok', 'booking.cancelled'),
      wish('ok', 'flight.*'),
      wish('gone', '*'),
    ],
  },
  {
    name: 'Meridian Agency',
    webhooks: [
      wish('stumbling', 'booking.*'),
      wish('ok', 'booking.created'),
      wish('slow', 'flight.status_changed'),
      wish('ok', '*'),
    ],
  },
  {
    name: 'Red Mesa Rentals',
    webhooks: [
      wish('flaky', '*'),
      wish('ok', 'booking.confirmed', 'booking.cancelled'),
      wish('ok', 'booking.*'),
      wish('ok', 'flight.status_changed'),
    ],
  },
  {
    name: 'North Pier Reports',
    webhooks: [
      wish('ok', '*'),
      wish('ok', 'booking.*'),
      wish('stumbling', 'flight.status_changed'),
      wish('flaky', 'booking.created', 'flight.status_changed'),
    ],
  },
];
