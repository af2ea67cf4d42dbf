import type { DataSource, SelectQueryBuilder } from 'typeorm';

import type { EventCatalog } from '../catalog/event-catalog.js';
import type { DeliveryFilters } from './list-deliveries.query.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';

/** A webhook's deliveries, sorted by the unique index over webhook and event, in which its newest event comes last. */
export function selectDeliveries(
  dataSource: DataSource,
  webhookId: string,
  { status, trigger, eventId, eventType, since, until }: DeliveryFilters,
  catalog: EventCatalog,
): SelectQueryBuilder<WebhookDelivery> {
  const select = dataSource
    .createQueryBuilder(WebhookDelivery, 'delivery')
    .where('delivery.webhookId = :webhookId', { webhookId })
    .orderBy('delivery.eventId', 'DESC');
  if (status !== undefined) select.andWhere('delivery.status = :status', { status });
  if (trigger !== undefined) select.andWhere('delivery.trigger = :trigger', { trigger });
  if (eventId !== undefined) select.andWhere('delivery.eventId = :eventId', { eventId });
  // In the log of a webhook `*` is everything, in its event types it is everything of the host's.
  if (eventType !== undefined && eventType !== '*') {
    const types = catalog.canonicalTypesOf([eventType]);
    select.andWhere('delivery.eventType IN (:...types)', { types });
  }
  if (since !== undefined) select.andWhere('delivery.createdAt >= :since', { since: Date.parse(since) });
  if (until !== undefined) select.andWhere('delivery.createdAt < :until', { until: Date.parse(until) });
  return select;
}
