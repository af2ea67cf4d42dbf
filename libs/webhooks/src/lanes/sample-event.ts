import type { EventTypeName } from '../catalog/event-types.js';
import { SAMPLE_KEY_PREFIX, sampleData } from '../catalog/samples.js';
import { newId } from '../new-id.js';
import type { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { Clock } from '../webhooks.clock.js';

/** A marked event with invented data, as it would be stored. */
export function sampleEvent(contractId: string, type: EventTypeName, clock: Clock): WebhookEvent {
  const id = newId(clock);
  const now = clock.now();
  return {
    id,
    type,
    contractId,
    resourceKey: null,
    eventKey: `${SAMPLE_KEY_PREFIX}${id}`,
    occurredAt: now,
    data: JSON.stringify({ test: true, ...sampleData(type) }),
    previous: null,
    originator: null,
    accountContext: null,
    contactLocales: null,
    createdAt: now,
    fannedOutAt: now,
  };
}
