import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { EventCatalog } from '../catalog/event-catalog.js';
import type { ContractScope } from '../webhooks.options.js';
import { ALL_CONTRACTS } from '../webhooks.options.js';
import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { optional, text } from './field-rules.js';
import { WebhookFilters } from './list-webhooks.query.js';
import { validated } from './validated.js';
import { containing, matchingWebhooks } from './webhook-list.js';
import { Webhook } from './webhook.entity.js';

const MOST_CONTRACTS = 50;

export class ContractsQuery {
  /** Part of the contract's id, in any case. @default all */
  @optional(text(64))
  search?: string;
}

const filtersInput = validated(WebhookFilters);
const contractsInput = validated(ContractsQuery);

/** What webhooks there are, without showing them. */
@Injectable()
export class WebhookOverview {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
  ) {}

  /**
   * How many webhooks a list with these filters has on all its pages.
   *
   * @throws InvalidInputError
   */
  async count(scope: ContractScope, query: WebhookFilters = {}): Promise<{ count: number }> {
    const filters = await filtersInput.read(query, this.catalog);
    const found = await matchingWebhooks(this.dataSource, scope, filters, this.catalog)
      .select('COUNT(*)', 'count')
      .getRawOne<{ count: string | number }>();
    return { count: Number(found?.count ?? 0) };
  }

  /**
   * The first fifty contracts, by their ids, that have webhooks and that the caller may see.
   *
   * @throws InvalidInputError
   */
  async contracts(scope: ContractScope, query: ContractsQuery = {}): Promise<{ items: string[] }> {
    const { search } = await contractsInput.read(query, this.catalog);
    const select = this.dataSource
      .createQueryBuilder(Webhook, 'webhook')
      .select('webhook.contractId', 'id')
      .distinct(true)
      .where('webhook.status <> :deleted', { deleted: 'deleted' })
      .orderBy('webhook.contractId')
      .limit(MOST_CONTRACTS);
    if (scope !== ALL_CONTRACTS) select.andWhere('webhook.contractId = :scope', { scope });
    if (search !== undefined) {
      const pattern = containing(search.toLowerCase());
      select.andWhere(`LOWER(webhook.contractId) LIKE :pattern ESCAPE '!'`, { pattern });
    }
    const found = await select.getRawMany<{ id: string }>();
    return { items: found.map(({ id }) => id) };
  }
}
