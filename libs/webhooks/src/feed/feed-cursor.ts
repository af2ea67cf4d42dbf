import { InvalidInputError } from '../webhooks.errors.js';
import { writeCursor } from '../webhooks/keyset.js';

/** Where a reader of a feed is: behind the event of this position. */
export function writeFeedCursor(webhookId: string, position: number): string {
  return writeCursor(orderOf(webhookId), [position]);
}

/** @throws InvalidInputError for anything but a cursor of this webhook's feed */
export function readFeedCursor(webhookId: string, cursor: string): number {
  const position = positionIn(cursor);
  // Written anew, since what is decoded need not have been encoded by us.
  if (position !== undefined && writeFeedCursor(webhookId, position) === cursor) return position;
  throw new InvalidInputError([
    {
      field: 'after',
      reason: 'is not a cursor of this feed',
      expected:
        'send the nextCursor of the last answer for this webhook unchanged, or leave it out to read from the oldest event',
    },
  ]);
}

function positionIn(cursor: string): number | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const position: unknown = Array.isArray(value) ? value[1] : undefined;
    return Number.isSafeInteger(position) && (position as number) >= 0 ? (position as number) : undefined;
  } catch {
    return undefined;
  }
}

function orderOf(webhookId: string): string {
  return `feed ${webhookId}`;
}
