import { isDeepStrictEqual } from 'node:util';

import type { EventData } from './domain-events.js';
import type { EventChange } from './event-change.js';
import { fieldsOf } from './fields-of.js';
import { isJsonPointer, valueAt } from './json-pointer.js';

/** Narrows a webhook's events by their data. Fields are combined with AND, the entries of one with OR. */
export interface EventFilter {
  /** Events about one of these products; an event that names no product does not pass. */
  productIds?: string[];
  /** Events whose subject (the booking, the order, the flight, …) is in one of these states, spelled as it is published. */
  statuses?: string[];
  /**
   * Events in which something at or below one of these JSON Pointers (RFC 6901) into the data changed, for example
   * `/booking/status`. An event without its state before does not pass.
   */
  changedPaths?: string[];
}

/** Why a filter is refused, and what would be accepted. */
export interface FilterFault {
  reason: string;
  expected: string;
}

type Field = keyof EventFilter;

const LIMITS: Record<Field, { entries: number; length: number; example: string }> = {
  productIds: { entries: 200, length: 191, example: 'P-1' },
  statuses: { entries: 50, length: 64, example: 'CONFIRMED' },
  changedPaths: { entries: 50, length: 256, example: '/booking/status' },
};
const FIELDS = Object.keys(LIMITS) as Field[];

/** What is wrong with a filter that somebody sent, undefined when nothing is. */
export function filterFault(value: unknown): FilterFault | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { reason: 'is not an object', expected: `send an object of ${quoted(FIELDS)}, or null for none` };
  }
  const unknown = Object.keys(value).find((name) => !FIELDS.includes(name as Field));
  if (unknown !== undefined) {
    return {
      reason: `there is no filter '${shortened(unknown)}'`,
      expected: `the filters are ${quoted(FIELDS)}`,
    };
  }
  for (const field of FIELDS) {
    const entries = (value as Record<Field, unknown>)[field];
    const reason = entries === undefined ? undefined : refusedEntries(field, entries);
    if (reason !== undefined) return { reason: `'${field}' ${reason}`, expected: expectedOf(field) };
  }
  return undefined;
}

/** A filter as it is stored: without repetitions, its fields in one order, null when it narrows nothing. */
export function storedFilter(filter: EventFilter | null): EventFilter | null {
  const entries = FIELDS.flatMap((field) => {
    const wanted = filter?.[field];
    return wanted === undefined ? [] : [[field, [...new Set(wanted)]] as const];
  });
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

export function passesFilter(filter: EventFilter, change: EventChange): boolean {
  const { productIds, statuses, changedPaths } = filter;
  if (statuses && !statuses.includes(statusOf(change) ?? '')) return false;
  if (productIds && !productIdsOf(change.data).some((id) => productIds.includes(id))) return false;
  return !changedPaths || changedPaths.some((path) => changedAt(path, change));
}

/** The status of what the event is about: its type's first word is the noun. */
function statusOf({ type, data }: EventChange): string | undefined {
  const { status } = fieldsOf(data[type.split('.', 1)[0] ?? '']);
  return typeof status === 'string' ? status : undefined;
}

/** The products that the event's nouns name, those of their items and of an order's bookings included. */
function productIdsOf(data: EventData): string[] {
  const nouns = Object.values(data).map(fieldsOf);
  const bookings = nouns.flatMap(({ bookings }) => listOf(bookings));
  const holders = [data, ...nouns, ...bookings];
  const items = holders.flatMap(({ items }) => listOf(items));
  return [
    ...holders.flatMap(({ productId, productIds, product }) => [
      productId,
      ...(Array.isArray(productIds) ? (productIds as unknown[]) : []),
      fieldsOf(product).id,
    ]),
    ...items.map(({ productId, product, id }) => productId ?? fieldsOf(product).id ?? id),
  ]
    .filter((id) => typeof id === 'string' || typeof id === 'number')
    .map(String);
}

function listOf(value: unknown): EventData[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function changedAt(path: string, { data, previous }: EventChange): boolean {
  if (previous === null) return false;
  try {
    return !isDeepStrictEqual(valueAt(data, path), valueAt(previous, path));
  } catch {
    // Nested so deeply that the comparison ran out of stack: rather one event too many than a relay that stands still.
    return true;
  }
}

function refusedEntries(field: Field, entries: unknown): string | undefined {
  const { entries: most, length } = LIMITS[field];
  if (!Array.isArray(entries)) return 'is not a list';
  if (entries.length === 0) return 'is empty';
  if (entries.length > most) return `has ${entries.length} entries`;
  for (const entry of entries as unknown[]) {
    if (typeof entry !== 'string') return 'holds an entry that is not a text';
    if (entry === '') return 'holds an empty text';
    if (entry.length > length) return `holds a text of ${entry.length} characters`;
    if (field === 'changedPaths' && !isJsonPointer(entry))
      return `holds '${shortened(entry)}', which is not a JSON Pointer`;
  }
  return undefined;
}

function expectedOf(field: Field): string {
  const { entries, length, example } = LIMITS[field];
  const what = field === 'changedPaths' ? 'JSON Pointers (RFC 6901)' : 'texts';
  return `send 1 to ${entries} ${what} of at most ${length} characters, like '${example}', or leave '${field}' out`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
