import { v7 as uuidv7 } from 'uuid';

import type { EventTypeName } from '../catalog/event-types.js';
import { SAMPLE_KEY_PREFIX, sampleData } from '../catalog/samples.js';
import type { WebhookEvent } from '../outbox/webhook-event.entity.js';

/** A marked event with invented data, as it would be stored. */
export function sampleEvent(contractId: string, type: EventTypeName, now: number): WebhookEvent {
  const id = uuidv7();
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
