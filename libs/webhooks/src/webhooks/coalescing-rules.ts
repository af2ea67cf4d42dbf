import type { EventCatalog } from '../catalog/event-catalog.js';
import { COALESCABLE_EVENT_TYPES } from '../catalog/event-types.js';
import { InvalidInputError } from '../webhooks.errors.js';
import type { Webhook } from './webhook.entity.js';

/** @throws InvalidInputError when a webhook asks to coalesce, and there would never be anything to */
export function requireCoalescable(
  { coalesceMs, eventTypes, transport }: Pick<Webhook, 'coalesceMs' | 'eventTypes' | 'transport'>,
  catalog: EventCatalog,
): void {
  if (coalesceMs === null) return;
  if (transport === 'pull') {
    const reason = "is for requests, and the transport 'pull' makes none: its feed holds every event";
    throw refused(reason, 'send null, or another transport');
  }
  const types = catalog.canonicalTypesOf(eventTypes);
  if (types.some((type) => COALESCABLE_EVENT_TYPES.includes(type))) return;
  throw refused(
    'applies to none of the event types of this webhook: each of their events matters by itself',
    `send null, or subscribe to ${COALESCABLE_EVENT_TYPES.map((type) => `'${type}'`).join(', ')}`,
  );
}

function refused(reason: string, expected: string): InvalidInputError {
  return new InvalidInputError([{ field: 'coalesceMs', reason, expected }]);
}
