import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { OperationalEventType, WebhookNews } from '../catalog/operational-events.js';
import { newsOf } from '../catalog/operational-events.js';
import { newId } from '../new-id.js';
import { Outbox } from '../outbox/outbox.js';
import type { Clock } from '../webhooks.clock.js';
import { WEBHOOKS_CLOCK } from '../webhooks.tokens.js';
import type { Webhook } from '../webhooks/webhook.entity.js';

/** News of a webhook for the other webhooks of its contract: events like any other from then on. */
@Injectable()
export class OperationalEvents {
  constructor(
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /** Stores the news in the transaction that makes it true. */
  async append(
    type: OperationalEventType,
    { id, url, contractId }: Pick<Webhook, 'id' | 'url' | 'contractId'>,
    facts: Omit<WebhookNews, 'id' | 'url'>,
    manager: EntityManager,
  ): Promise<void> {
    const webhook: WebhookNews = { id, url, ...facts };
    const now = this.clock.now();
    const event = {
      id: newId(this.clock),
      type,
      contractId,
      resourceKey: newsOf(id),
      eventKey: null,
      occurredAt: now,
      data: JSON.stringify({ webhook }),
      previous: null,
      originator: null,
      accountContext: null,
      contactLocales: null,
      createdAt: now,
    };
    await this.outbox.append([event], manager);
  }
}
