import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { validate as isUuid } from 'uuid';

import { EventCatalog } from '../catalog/event-catalog.js';
import { WebhookEvent } from '../outbox/webhook-event.entity.js';
import { DeliveryNotFoundError } from '../webhooks.errors.js';
import type { ContractScope } from '../webhooks.options.js';
import { ALL_CONTRACTS } from '../webhooks.options.js';
import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import type { Page } from '../webhooks/keyset.js';
import { pageOf, readCursor } from '../webhooks/keyset.js';
import { DEFAULT_PAGE_LIMIT } from '../webhooks/list-webhooks.query.js';
import { validated } from '../webhooks/validated.js';
import { findWebhook } from '../webhooks/webhook-rows.js';
import { selectDeliveries } from './delivery-list.js';
import type { DeliveryView, DeliveryWithAttempts } from './delivery-view.js';
import { attemptView, deliveryView, eventSummary } from './delivery-view.js';
import { ListDeliveriesQuery } from './list-deliveries.query.js';
import { WebhookAttempt } from './webhook-attempt.entity.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';

const deliveriesQuery = validated(ListDeliveriesQuery);

const ORDER = 'newest event first';

/** What was sent to a webhook, what came back, and what is still to come. */
@Injectable()
export class DeliveryLog {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
  ) {}

  /**
   * A webhook's deliveries, the newest event first.
   *
   * @throws WebhookNotFoundError, InvalidInputError
   */
  async list(
    scope: ContractScope,
    webhookId: string,
    query: ListDeliveriesQuery = {},
  ): Promise<Page<DeliveryView>> {
    const filters = await deliveriesQuery.read(query, this.catalog);
    const { limit = DEFAULT_PAGE_LIMIT } = filters;
    const webhook = await findWebhook(this.dataSource.manager, scope, webhookId);
    const select = selectDeliveries(this.dataSource, webhook.id, filters, this.catalog);
    if (filters.cursor !== undefined) {
      const [last] = readCursor(ORDER, filters.cursor, ['string']);
      select.andWhere('delivery.eventId < :last', { last });
    }
    const rows = await select.take(limit + 1).getMany();
    return pageOf(rows, limit, ORDER, ({ eventId }) => [eventId], deliveryView);
  }

  /** @throws DeliveryNotFoundError */
  async get(scope: ContractScope, id: string): Promise<DeliveryWithAttempts> {
    const { manager } = this.dataSource;
    const delivery = await this.find(scope, id);
    const [event, attempts] = await Promise.all([
      manager.findOneBy(WebhookEvent, { id: delivery.eventId }),
      manager.find(WebhookAttempt, { where: { deliveryId: id }, order: { number: 'ASC', id: 'ASC' } }),
    ]);
    return { ...deliveryView(delivery), event: eventSummary(event), attempts: attempts.map(attemptView) };
  }

  /**
   * The delivery's row; it outlives its webhook until retention removes it.
   *
   * @internal
   * @throws DeliveryNotFoundError
   */
  async find(scope: ContractScope, id: string): Promise<WebhookDelivery> {
    const delivery = isUuid(id)
      ? await this.dataSource.manager.findOneBy(WebhookDelivery, {
          id,
          ...(scope === ALL_CONTRACTS ? {} : { contractId: scope }),
        })
      : null;
    if (!delivery) throw new DeliveryNotFoundError(id);
    return delivery;
  }
}
