import type { EventData } from './domain-events.js';

/** The fields of what should be an object: none when it is something else. */
export function fieldsOf(value: unknown): EventData {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as EventData) : {};
}
