import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';

import { isPostgres } from '../database/dialect.js';
import { LAST_CHANGE } from '../lifecycle/change-counter.js';
import { NOT_SYNCED } from '../outbox/not-synced.js';
import { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_DATA_SOURCE, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import { anyWaiting, claimShares } from './portable-waiting-events.js';

export interface ClaimedEvents {
  events: WebhookEvent[];
  /** The number of the last change of a webhook when they were claimed. */
  lastChange: number;
}

/**
 * The events that are not fanned out yet, shared out between contracts: one that publishes a hundred thousand at once must
 * not make the others wait for the last of them.
 */
@Injectable()
export class WaitingEvents {
  /** Where the next batch goes on, when more contracts have events than a batch has room for. */
  private after = '';

  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
  ) {}

  /** Whether there are any that no other relay has in hand. */
  async any(): Promise<boolean> {
    if (!isPostgres(this.dataSource.manager)) return anyWaiting(this.dataSource.manager);
    const rows: unknown[] = await this.dataSource.query(
      `SELECT 1 FROM webhook_event WHERE fanned_out_at IS NULL ORDER BY contract_id, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    return rows.length > 0;
  }

  /**
   * A batch for the transaction; rows that another relay has in hand are skipped, not waited for. The transaction is not
   * synced: events whose deliveries a crash of the database takes back are waiting again.
   */
  async claim(manager: EntityManager): Promise<ClaimedEvents> {
    const { after } = this;
    const claimed = await this.claimFrom(after, manager);
    if (claimed.events.length > 0 || after === '') return claimed;
    return this.claimFrom('', manager);
  }

  /** An equal share of the batch for each contract that has events, oldest first within each. */
  private async claimFrom(after: string, manager: EntityManager): Promise<ClaimedEvents> {
    const size = this.options.relayBatchSize;
    const claimed = isPostgres(manager)
      ? await this.claimOnPostgres(after, size, manager)
      : await claimShares(manager, after, size);
    const contracts = new Set(claimed.events.map(({ contractId }) => contractId));
    this.after = contracts.size < size ? '' : (claimed.events.at(-1)?.contractId ?? '');
    return claimed;
  }

  private async claimOnPostgres(after: string, size: number, manager: EntityManager): Promise<ClaimedEvents> {
    const rows: Record<string, unknown>[] = await manager.query(
      `WITH RECURSIVE contract AS (
         (SELECT contract_id, 1 AS number FROM webhook_event
          WHERE fanned_out_at IS NULL AND contract_id > $1 ORDER BY contract_id LIMIT 1)
         UNION ALL
         SELECT next.contract_id, contract.number + 1 FROM contract CROSS JOIN LATERAL (
           SELECT contract_id FROM webhook_event
           WHERE fanned_out_at IS NULL AND contract_id > contract.contract_id ORDER BY contract_id LIMIT 1
         ) AS next WHERE contract.number < $2
       )
       SELECT event.*, ${LAST_CHANGE} AS last_change FROM ${NOT_SYNCED} CROSS JOIN contract CROSS JOIN LATERAL (
         SELECT * FROM webhook_event AS waiting
         WHERE waiting.contract_id = contract.contract_id AND fanned_out_at IS NULL
         ORDER BY waiting.id LIMIT (SELECT $2 / count(*) FROM contract) FOR UPDATE SKIP LOCKED
       ) AS event`,
      [after, size],
    );
    const events = rows.map((row) => this.entity(row));
    return { events, lastChange: Number(rows[0]?.last_change ?? 0) };
  }

  /** Says that no event of the batch after this one was taken: the next batch begins behind its contract. */
  goOnAfter({ contractId }: WebhookEvent): void {
    this.after = contractId;
  }

  private entity(row: Record<string, unknown>): WebhookEvent {
    const { driver } = this.dataSource;
    const event: Partial<Record<string, unknown>> = {};
    for (const column of this.dataSource.getMetadata(WebhookEvent).columns)
      event[column.propertyName] = driver.prepareHydratedValue(row[column.databaseName], column) as unknown;
    return Object.assign(new WebhookEvent(), event);
  }
}
