import type { EventType } from '../event-types.js';
import { EVENT_TYPES } from '../event-types.js';
import { OPERATIONAL_EVENT_TYPES } from '../operational-events.js';
import type { DialectEventType } from './dialect.js';

/** The canonical types under their own names. */
export const STANDARD: DialectEventType[] = EVENT_TYPES.map(underItsOwnName);

/** The types of our own news. */
export const OPERATIONAL: DialectEventType[] = OPERATIONAL_EVENT_TYPES.map(underItsOwnName);

function underItsOwnName({ name, label, description }: EventType): DialectEventType {
  return { name, dialect: 'standard', label, description, types: [name] };
}
