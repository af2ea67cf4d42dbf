import { eventPattern, instant, oneOf, optional, text } from '../webhooks/field-rules.js';
import { pageLimit, readNumber } from '../webhooks/list-webhooks.query.js';
import type { DeliveryStatus, DeliveryTrigger } from './webhook-delivery.entity.js';

/** Which deliveries are meant. Filters are combined with AND; times are ISO 8601 and about the delivery's creation. */
export class DeliveryFilters {
  @optional(oneOf('pending', 'succeeded', 'exhausted', 'held', 'cancelled', 'offered', 'superseded'))
  status?: DeliveryStatus;
  /** A type or a pattern, like `booking.*`. A dialect's name: deliveries of the canonical types it stands for. */
  @optional(eventPattern) eventType?: string;
  @optional(oneOf('scheduled', 'manual', 'test')) trigger?: DeliveryTrigger;
  @optional(text(36)) eventId?: string;
  /** Inclusive. */
  @optional(instant) since?: string;
  /** Exclusive. */
  @optional(instant) until?: string;
}

export class ListDeliveriesQuery extends DeliveryFilters {
  /** 1 to 200. @default 50 */
  @optional(pageLimit)
  @readNumber
  limit?: number;

  /** The `nextCursor` of the page before. */
  @optional(text(4096))
  cursor?: string;
}
