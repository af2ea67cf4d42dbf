import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';

import { inTransaction } from '../database/portable-sql.js';
import { WebhookLane } from '../lanes/webhook-lane.entity.js';
import { nextChange } from '../lifecycle/change-counter.js';
import type { Clock } from '../webhooks.clock.js';
import type { ContractScope, ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import { requireRoom } from './webhook-limit.js';
import { findWebhook } from './webhook-rows.js';
import { Webhook } from './webhook.entity.js';

type Change = Partial<Omit<Webhook, 'id' | 'changeSeq' | 'updatedAt'>>;

/** A webhook before and after a change; the same one twice when nothing changed. */
export interface Changed {
  stored: Webhook;
  webhook: Webhook;
}

/** Writes webhooks under the change counter's lock, which is what makes every subscription index see the change. */
@Injectable()
export class WebhookStore {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Stores a new webhook and its lane.
   *
   * @throws StateConflictError `WEBHOOK_LIMIT`
   */
  add(webhook: Omit<Webhook, 'changeSeq'>): Promise<Webhook> {
    return inTransaction(this.dataSource, async (manager) => {
      const row = { ...webhook, changeSeq: await nextChange(manager) };
      await this.requireRoom(webhook.contractId, manager);
      await manager.insert(Webhook, row);
      await manager.insert(WebhookLane, { webhookId: row.id });
      return row;
    });
  }

  /** @throws StateConflictError `WEBHOOK_LIMIT` */
  requireRoom(contractId: string, manager = this.dataSource.manager): Promise<void> {
    return requireRoom(manager, contractId, this.options.maxWebhooksPerContract);
  }

  /** @param decide what to change in the webhook as it is then; undefined: nothing */
  async change(
    scope: ContractScope,
    id: string,
    decide: (stored: Webhook, manager: EntityManager) => Change | undefined | Promise<Change | undefined>,
  ): Promise<Changed> {
    // Looked up once before: an id that does not exist must not take the lock that all changes wait for.
    await findWebhook(this.dataSource.manager, scope, id);
    return inTransaction(this.dataSource, async (manager) => {
      const changeSeq = await nextChange(manager);
      const stored = await findWebhook(manager, scope, id);
      const change = await decide(stored, manager);
      if (!change) return { stored, webhook: stored };
      const columns = { ...change, changeSeq, updatedAt: this.clock.now() };
      await manager.update(Webhook, { id }, columns);
      return { stored, webhook: { ...stored, ...columns } };
    });
  }
}
