import { CANONICAL_EVENT_TYPES } from '../catalog/event-types.js';
import type { CanonicalEventType } from '../catalog/event-types.js';
import { nearestEventTypes } from '../catalog/event-patterns.js';
import type { FieldRule } from '../webhooks/field-rules.js';
import { described, instant, optional, required } from '../webhooks/field-rules.js';
import { validated } from '../webhooks/validated.js';

const eventType: FieldRule = {
  refusal: (value) =>
    (CANONICAL_EVENT_TYPES as unknown[]).includes(value)
      ? undefined
      : `there is no event type ${described(value)}`,
  expected: (value) => {
    const near = typeof value === 'string' ? nearestEventTypes(value.slice(0, 128)) : CANONICAL_EVENT_TYPES;
    return `send one of ${near.map((type) => `'${type}'`).join(', ')}; GET event-types lists all`;
  },
};

export class SendTestDto {
  /** What the sample is about. @default the first event type the webhook subscribes to */
  @optional(eventType)
  eventType?: CanonicalEventType;
}

export class RecoverDto {
  /** ISO 8601, in the past, at most the retention ago. */
  @required(instant)
  since!: string;
}

export const testInput = validated(SendTestDto);
export const recoverInput = validated(RecoverDto);
