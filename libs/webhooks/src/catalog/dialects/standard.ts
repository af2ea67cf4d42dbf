import { EVENT_TYPES } from '../event-types.js';
import type { DialectEventType } from './dialect.js';

/** The canonical types under their own names. */
export const STANDARD: DialectEventType[] = EVENT_TYPES.map(({ name, label, description }) => ({
  name,
  dialect: 'standard',
  label,
  description,
  types: [name],
}));
