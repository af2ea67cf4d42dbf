import { validate as isUuid } from 'uuid';

import { InvalidInputError } from '../webhooks.errors.js';
import { writeCursor } from '../webhooks/keyset.js';

/** Where a reader of a feed is. */
export interface FeedPlace {
  /** Behind the event of this position. */
  position: number;
  /** The event, which tells the positions of a database from those of one that was restored to an earlier time; undefined before the first. */
  eventId?: string | undefined;
}

export function writeFeedCursor(webhookId: string, { position, eventId }: FeedPlace): string {
  return writeCursor(`feed ${webhookId}`, eventId === undefined ? [position] : [position, eventId]);
}

/** @throws InvalidInputError for anything but a cursor of this webhook's feed */
export function readFeedCursor(webhookId: string, cursor: string): FeedPlace {
  const place = placeIn(cursor);
  // Written anew, since what is decoded need not have been encoded by us.
  if (place && writeFeedCursor(webhookId, place) === cursor) return place;
  throw new InvalidInputError([
    {
      field: 'after',
      reason: 'is not a cursor of this feed',
      expected:
        'send the nextCursor of the last answer for this webhook unchanged, or leave it out to read from the oldest event',
    },
  ]);
}

function placeIn(cursor: string): FeedPlace | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const [, position, eventId] = Array.isArray(value) ? (value as unknown[]) : [];
    if (!Number.isSafeInteger(position) || (position as number) < 0) return undefined;
    if (eventId !== undefined && !isUuid(eventId)) return undefined;
    return { position: position as number, eventId: eventId as string | undefined };
  } catch {
    return undefined;
  }
}
