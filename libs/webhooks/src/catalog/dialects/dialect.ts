import type { EventChange } from '../event-change.js';
import type { EventTypeName } from '../event-types.js';

/** Whose words an event type's name is in. */
export const DIALECTS = [
  'standard',
  'octo',
  'octo-notification',
  'checkfront',
  'capdata',
  'delay-care',
] as const;

export type Dialect = (typeof DIALECTS)[number];

/** A name that webhooks can ask for, and which published events it stands for. */
export interface DialectEventType {
  name: string;
  dialect: Dialect;
  /** English. */
  label: string;
  /** English. */
  description: string;
  /** The canonical types it covers. */
  types: readonly EventTypeName[];
  /** What else has to be true of an event of these types. Never throws, however odd the event's data. */
  when?: (change: EventChange) => boolean;
}
