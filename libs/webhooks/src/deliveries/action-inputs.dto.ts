import type { EventTypeName } from '../catalog/event-types.js';
import type { FieldRule } from '../webhooks/field-rules.js';
import { described, instant, optional, required } from '../webhooks/field-rules.js';
import { validated } from '../webhooks/validated.js';

const eventType: FieldRule = {
  refusal: (value, catalog) =>
    typeof value === 'string' && catalog.isCanonical(value)
      ? undefined
      : `there is no event type ${described(value)}`,
  expected: (value, catalog) => {
    const { canonicalTypes } = catalog;
    const near =
      typeof value === 'string' ? catalog.nearest(value.slice(0, 128), canonicalTypes) : canonicalTypes;
    return `send one of ${near.map((type) => `'${type}'`).join(', ')}; GET event-types lists all`;
  },
};

export class SendTestDto {
  /** What the sample is about. @default the first event type the webhook subscribes to */
  @optional(eventType)
  eventType?: EventTypeName;
}

export class RecoverDto {
  /** ISO 8601, in the past, at most the retention ago. */
  @required(instant)
  since!: string;
}

export const testInput = validated(SendTestDto);
export const recoverInput = validated(RecoverDto);
