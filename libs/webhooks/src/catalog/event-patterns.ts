import { distance } from 'fastest-levenshtein';

import { CANONICAL_EVENT_TYPES } from './event-types.js';

/** Whether what a webhook asked for (`booking.cancelled`, `booking.*`, `*`) covers an event's type. */
export function matchesEventType(pattern: string, type: string): boolean {
  if (pattern === '*' || pattern === type) return true;
  return pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1));
}

/** Whether a pattern covers at least one type that can be published. */
export function isKnownPattern(pattern: string): boolean {
  return CANONICAL_EVENT_TYPES.some((type) => matchesEventType(pattern, type));
}

/** The known event types closest to a name that is not one, best first. */
export function nearestEventTypes(name: string, count = 3): string[] {
  const lowered = name.toLowerCase();
  return CANONICAL_EVENT_TYPES.map((type) => ({ type, steps: distance(lowered, type) }))
    .sort((a, b) => a.steps - b.steps)
    .slice(0, count)
    .map(({ type }) => type);
}
