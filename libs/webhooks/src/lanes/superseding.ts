import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { isPostgres } from '../database/dialect.js';
import type { Clock } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import { Coalescer } from './coalescer.js';
import type { LaneClaim } from './lane-claims.js';
import type { DueDelivery, DueRow } from './lane-reader.js';
import { dueDelivery } from './lane-reader.js';
import { supersede } from './portable-superseding.js';
import { tryingAgain } from './trying-again.js';

const LANES_PER_STATEMENT = 100;
/** Of one resource. Those beyond it are never sent either, and ended by the next statement. */
const ENDED_AT_ONCE = 5_000;

/**
 * Ends what a newer delivery stands for, in lanes whose webhooks coalesce. The holder of the lane does it between its
 * requests, so nothing that it ends is under way.
 */
@Injectable()
export class Superseding {
  private readonly logger = new Logger(Superseding.name);
  private readonly writing = new Coalescer(
    // It may meet an owner's cancellation, which locks the same rows in another order.
    (claims: LaneClaim[]) => tryingAgain(() => this.write(claims), this.logFailure),
    LANES_PER_STATEMENT,
  );

  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What may be sent: of each resource that has something due only the newest delivery, which takes the time of the first that
   * it stands for. Longest due first. Nothing else that is due may be, since something newer might be known of it.
   */
  newest(claim: LaneClaim): Promise<DueDelivery[]> {
    return this.writing.add(claim);
  }

  private readonly logFailure = (error: unknown, againInMs: number): void => {
    this.logger.warn(`Superseding deliveries failed, trying again in ${againInMs} ms: ${String(error)}`);
  };

  private async write(claims: LaneClaim[]): Promise<DueDelivery[][]> {
    const rows = isPostgres(this.dataSource.manager)
      ? await this.writeOnPostgres(claims)
      : await supersede(this.dataSource, claims, this.clock.now(), {
          looksAt: this.options.sliceSize,
          most: ENDED_AT_ONCE,
        });
    const byLane = new Map<string, DueDelivery[]>(claims.map(({ webhookId }) => [webhookId, []]));
    for (const row of rows) byLane.get(row.webhook_id)?.push(dueDelivery(row));
    return claims.map(({ webhookId }) => byLane.get(webhookId) ?? []);
  }

  /**
   * One statement: a kill leaves a delivery with the one that stands for it, and that one due in its stead; and what it says may
   * be sent is the newest of the same moment. The newest is by the database's numbers, whoever fanned out first, and counts as
   * well when it has been delivered already: an older state must not follow it. One that was given up stands for nobody.
   */
  private writeOnPostgres(claims: LaneClaim[]): Promise<DueRow[]> {
    const asked = claims.map(({ webhookId, token }) => ({ webhook_id: webhookId, token }));
    return this.dataSource.query(
      `WITH lane AS (
         SELECT held.webhook_id FROM json_to_recordset($1::json) AS asked(webhook_id varchar, token varchar)
         JOIN webhook_lane AS held ON held.webhook_id = asked.webhook_id AND held.lease_token = asked.token
           AND held.webhook_id = ANY($2)
       ), slice AS (
         SELECT first.* FROM lane CROSS JOIN LATERAL (
           SELECT ${COLUMNS} FROM webhook_delivery
           WHERE webhook_id = lane.webhook_id AND due_at <= $3 ORDER BY due_at LIMIT $4
         ) AS first
       ), due AS (
         SELECT DISTINCT webhook_id, event_type, coalesce_key FROM slice WHERE coalesce_key IS NOT NULL
       ), newest AS (
         SELECT last.* FROM due CROSS JOIN LATERAL (
           SELECT ${COLUMNS} FROM webhook_delivery AS delivery
           WHERE delivery.webhook_id = due.webhook_id AND delivery.coalesce_key = due.coalesce_key
             AND delivery.event_type = due.event_type AND delivery.status IN ('pending', 'succeeded')
           ORDER BY delivery.sequence DESC LIMIT 1
         ) AS last
       ), older AS (
         SELECT newest.id AS newest_id, newest.event_id AS newest_event_id, row.id, row.due_at
         FROM newest CROSS JOIN LATERAL (
           SELECT id, due_at FROM webhook_delivery AS delivery
           WHERE delivery.webhook_id = newest.webhook_id AND delivery.coalesce_key = newest.coalesce_key
             AND delivery.event_type = newest.event_type AND delivery.sequence < newest.sequence
             AND delivery.due_at IS NOT NULL
           ORDER BY delivery.sequence LIMIT ${ENDED_AT_ONCE} FOR UPDATE
         ) AS row
       ), ended AS (
         UPDATE webhook_delivery AS delivery SET status = 'superseded', due_at = NULL, completed_at = $3,
           superseded_by = older.newest_event_id, coalesce_key = NULL
         FROM older WHERE delivery.id = older.id
       ), brought_forward AS (
         UPDATE webhook_delivery AS delivery SET due_at = LEAST(delivery.due_at, first.due_at)
         FROM (SELECT newest_id, MIN(due_at) AS due_at FROM older GROUP BY newest_id) AS first
         WHERE delivery.id = first.newest_id AND delivery.due_at IS NOT NULL AND delivery.attempt_count = 0
       )
       SELECT * FROM slice WHERE coalesce_key IS NULL
       UNION ALL
       SELECT * FROM newest WHERE status = 'pending' AND (due_at <= $3 OR attempt_count = 0)
       ORDER BY due_at`,
      [
        JSON.stringify(asked),
        asked.map(({ webhook_id }) => webhook_id),
        this.clock.now(),
        this.options.sliceSize,
      ],
    );
  }
}

const COLUMNS = `id, event_id, webhook_id, trigger, attempt_count, attempts_before_budget, first_attempt_at, event_type,
  coalesce_key, sequence, status, due_at`;
