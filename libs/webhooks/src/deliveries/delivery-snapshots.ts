import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { Not } from 'typeorm';

import { EventCatalog } from '../catalog/event-catalog.js';
import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { Webhook } from '../webhooks/webhook.entity.js';
import { selectDeliveries } from './delivery-list.js';
import { deliveryView } from './delivery-view.js';
import type { DeliveryFilters } from './list-deliveries.query.js';
import type { DeliverySnapshot } from './live-changes.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';

const NEWEST = 50;
/** What bounds the time a count takes: pending ones have an index of their own, held ones are looked for. */
const PENDING_COUNTED = 10_000;
const HELD_LOOKED_AT = 2_000;

type Select = SelectQueryBuilder<object>;

/** Reads how a webhook's deliveries stand. */
@Injectable()
export class DeliverySnapshots {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
  ) {}

  /** Undefined when the webhook was deleted. */
  async read(webhookId: string, filters: DeliveryFilters): Promise<DeliverySnapshot | undefined> {
    const isThere = await this.dataSource.manager.existsBy(Webhook, {
      id: webhookId,
      status: Not('deleted'),
    });
    if (!isThere) return undefined;
    const newest = await selectDeliveries(this.dataSource, webhookId, filters, this.catalog)
      .take(NEWEST)
      .getMany();
    const pending = await this.count(
      (select) => ofWebhook(select, webhookId).andWhere('delivery.dueAt IS NOT NULL').limit(PENDING_COUNTED),
      'pending',
    );
    const held = await this.count(
      (select) => ofWebhook(select, webhookId).orderBy('delivery.eventId', 'DESC').limit(HELD_LOOKED_AT),
      'held',
    );
    return { items: newest.map(deliveryView), counts: { pending, held } };
  }

  private async count(rows: (select: Select) => Select, status: string): Promise<number> {
    const found = await this.dataSource
      .createQueryBuilder()
      .select('COUNT(*)', 'count')
      .from(rows, 'delivery')
      .where('delivery.status = :status', { status })
      .getRawOne<{ count: string | number }>();
    return Number(found?.count ?? 0);
  }
}

function ofWebhook(select: Select, webhookId: string): Select {
  return select
    .select('delivery.status', 'status')
    .from(WebhookDelivery, 'delivery')
    .where('delivery.webhookId = :webhookId', { webhookId });
}
