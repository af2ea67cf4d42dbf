import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';

import { isPostgres } from '../database/dialect.js';
import { inTransaction, select } from '../database/portable-sql.js';
import { PathWatch } from '../observing/path-watch.js';
import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { CommitWatch } from './commit-watch.js';
import { currentRead, insertEvents } from './portable-outbox.js';
import type { WebhookEvent } from './webhook-event.entity.js';

/** An event as it is appended: everything but the relay's mark and what the database gives. */
export type NewWebhookEvent = Omit<WebhookEvent, 'fannedOutAt' | 'sequence'>;

const COLUMNS = [
  'id',
  'type',
  'contract_id',
  'resource_key',
  'event_key',
  'occurred_at',
  'data',
  'previous',
  'originator',
  'account_context',
  'contact_locales',
  'created_at',
  'trace_context',
] as const;

/** PostgreSQL's limit is 65,535 parameters a statement. */
const ROWS_PER_STATEMENT = 1_000;

/** Stores events in the caller's transaction, and tells the relay once they are committed. */
@Injectable()
export class Outbox {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(CommitWatch) private readonly commits: CommitWatch,
    @Inject(PathWatch) private readonly watch: PathWatch,
  ) {}

  /**
   * Appends in the transaction of `manager`, or in one of its own.
   *
   * @returns the ids that were stored; an event whose key its contract has used before is not among them
   */
  async append(events: readonly NewWebhookEvent[], manager?: EntityManager): Promise<Set<string>> {
    if (!manager && events.length > ROWS_PER_STATEMENT) {
      return inTransaction(this.dataSource, (own) => this.append(events, own));
    }
    const stored = new Set<string>();
    for (let start = 0; start < events.length; start += ROWS_PER_STATEMENT) {
      const rows = await this.insert(
        events.slice(start, start + ROWS_PER_STATEMENT),
        manager ?? this.dataSource.manager,
      );
      for (const { id } of rows) stored.add(id);
    }
    this.commits.afterCommitOf(manager?.queryRunner);
    this.watch.stored(stored.size === events.length ? events : events.filter(({ id }) => stored.has(id)));
    return stored;
  }

  /** The stored ids of events by their key. */
  async idsByKey(
    contractId: string,
    eventKeys: readonly string[],
    manager?: EntityManager,
  ): Promise<Map<string, string>> {
    const rows = await select<{ id: string; event_key: string }>(
      manager ?? this.dataSource.manager,
      `SELECT id, event_key FROM webhook_event WHERE contract_id = :contractId AND event_key IN (:...eventKeys)
       ${currentRead(manager ?? this.dataSource.manager)}`,
      { contractId, eventKeys },
    );
    return new Map(rows.map((row) => [row.event_key, row.id]));
  }

  private insert(events: readonly NewWebhookEvent[], manager: EntityManager): Promise<{ id: string }[]> {
    if (!isPostgres(manager)) return insertEvents(manager, events);
    const tuples = events.map(
      (_, row) => `(${COLUMNS.map((_column, index) => `$${row * COLUMNS.length + index + 1}`).join(',')})`,
    );
    const values = events.flatMap((event) => [
      event.id,
      event.type,
      event.contractId,
      event.resourceKey,
      event.eventKey,
      event.occurredAt,
      event.data,
      event.previous,
      event.originator,
      event.accountContext,
      event.contactLocales,
      event.createdAt,
      event.traceContext ?? null,
    ]);
    return manager.query(
      `INSERT INTO webhook_event (${COLUMNS.join(', ')}) VALUES ${tuples.join(',')}
       ON CONFLICT (contract_id, event_key) WHERE event_key IS NOT NULL DO NOTHING RETURNING id`,
      values,
    );
  }
}
