import { InvalidInputError } from '../webhooks.errors.js';
import { isStorable } from './odd-shapes.js';

/** One page of a list. */
export interface Page<T> {
  data: T[];
  /** Pass it as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
}

/** Where a page ended: the values of the sorted columns in its last row. */
export type Position = (string | number)[];

/** A page from one row more than it holds: the extra row only tells that there is a next page. */
export function pageOf<Row, View>(
  rows: Row[],
  limit: number,
  order: string,
  positionOf: (row: Row) => Position,
  view: (row: Row) => View,
): Page<View> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const nextCursor = rows.length > limit && last ? writeCursor(order, positionOf(last)) : null;
  return { data: kept.map(view), nextCursor };
}

/** @param order names the sort, so that a cursor is refused under another one */
export function writeCursor(order: string, position: Position): string {
  return Buffer.from(JSON.stringify([order, ...position])).toString('base64url');
}

/**
 * @param kinds the type of each value, because a cursor is a stranger's input like any other
 * @throws InvalidInputError for anything but a cursor of this order
 */
export function readCursor(order: string, cursor: string, kinds: ('string' | 'number')[]): Position {
  const [cursorOrder, ...position] = parsed(cursor);
  const fits =
    cursorOrder === order &&
    position.length === kinds.length &&
    position.every((value, index) => typeof value === kinds[index] && isComparable(value));
  if (fits) return position as Position;
  throw new InvalidInputError([
    {
      field: 'cursor',
      reason: 'is not a cursor of this list in this order',
      expected: 'send the nextCursor of the page before unchanged, with the same sort, or leave it out',
    },
  ]);
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function isComparable(value: unknown): boolean {
  return typeof value === 'number' ? Number.isSafeInteger(value) : isStorable(String(value));
}
