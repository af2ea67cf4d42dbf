import type { EventTypeName } from '../catalog/event-types.js';
import { canonicalEventType } from '../webhooks/canonical-event-type.js';
import { instant, optional, required } from '../webhooks/field-rules.js';
import { validated } from '../webhooks/validated.js';

export class SendTestDto {
  /** What the sample is about. @default the first event type the webhook subscribes to */
  @optional(canonicalEventType)
  eventType?: EventTypeName;
}

export class RecoverDto {
  /** ISO 8601, in the past, at most the retention ago. */
  @required(instant)
  since!: string;
}

export const testInput = validated(SendTestDto);
export const recoverInput = validated(RecoverDto);
