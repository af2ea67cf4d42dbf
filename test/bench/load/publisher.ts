import { setTimeout as delay } from 'node:timers/promises';

import { now } from '../processes/clock.js';
import type { Usage } from '../processes/usage.js';
import { usage } from '../processes/usage.js';
import { busyContracts, contractId } from './subscriptions.js';
import type { Subscriptions } from './subscriptions.js';

/** The application of a booking platform, as far as the load touches it. */
export interface BookingPlatform {
  subscribe(subscriptions: Subscriptions): Promise<void>;
  /** One transaction that stores a booking and publishes its change. */
  change(bookingId: string, contractId: string): Promise<Committed>;
}

export interface Committed {
  eventId: string;
  /** See {@link now}. */
  committedAt: number;
}

export interface PublisherCalls {
  subscribe(subscriptions: Subscriptions): Promise<void>;
  /** Publishes over the contracts in turn, as fast as the platform can; resolves when all are committed. */
  publish(events: number): Promise<void>;
  /** Publishes at an even rate whatever the deliveries do, and tells when each transaction had committed. */
  publishAtRate(events: number, perSecond: number): Promise<Committed[]>;
  usage(): Usage;
}

/** Transactions that the platform has open at once. */
const REQUESTS_AT_ONCE = 8;

export function publisherCalls(platform: BookingPlatform): PublisherCalls {
  let contractCount = 0;
  let published = 0;
  const change = () => {
    const number = published++;
    return platform.change(`B-${number}`, contractId(number % contractCount));
  };
  return {
    async subscribe(subscriptions) {
      await platform.subscribe(subscriptions);
      contractCount = busyContracts(subscriptions);
    },
    async publish(events) {
      const last = published + events;
      const request = async () => {
        while (published < last) await change();
      };
      await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, request));
    },
    async publishAtRate(events, perSecond) {
      const startedAt = now();
      const commits: Promise<Committed>[] = [];
      for (let index = 0; index < events; index += 1) {
        const wait = startedAt + (index * 1000) / perSecond - now();
        if (wait > 0) await delay(wait);
        commits.push(change());
      }
      return Promise.all(commits);
    },
    usage,
  };
}
