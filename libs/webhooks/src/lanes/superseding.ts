import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { isPostgres } from '../database/dialect.js';
import type { Clock } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import { Coalescer } from './coalescer.js';
import type { LaneClaim } from './lane-claims.js';
import { supersede } from './portable-superseding.js';
import { tryingAgain } from './trying-again.js';

const LANES_PER_STATEMENT = 100;
const ROWS_PER_RESOURCE = 5_000;

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
   * Of each resource that has something due, only the newest delivery stays; one that waits for its time takes that of the
   * first that it stands for.
   *
   * @returns false when a turn was too short for all there is: then nothing may be sent before the next one
   */
  async run(claim: LaneClaim): Promise<boolean> {
    const endsAt = this.clock.now() + this.options.sliceMs;
    while ((await this.writing.add(claim)) >= ROWS_PER_RESOURCE) {
      if (this.clock.now() >= endsAt) return false;
    }
    return true;
  }

  private readonly logFailure = (error: unknown, againInMs: number): void => {
    this.logger.warn(`Superseding deliveries failed, trying again in ${againInMs} ms: ${String(error)}`);
  };

  /**
   * One statement: a kill leaves a delivery with the one that stands for it, and that one due in its stead. The newest is by
   * the database's numbers, whoever fanned out first, and counts as well when it has been delivered already: an older state
   * must not follow it. One that was given up stands for nobody.
   */
  private async write(claims: LaneClaim[]): Promise<number[]> {
    if (!isPostgres(this.dataSource.manager)) {
      const bounds = { looksAt: this.options.sliceSize, most: ROWS_PER_RESOURCE };
      return supersede(this.dataSource, claims, this.clock.now(), bounds);
    }
    const asked = claims.map(({ webhookId, token }) => ({ webhook_id: webhookId, token }));
    const rows: { webhook_id: string; ended: number }[] = await this.dataSource.query(
      `WITH lane AS (
         SELECT held.webhook_id FROM json_to_recordset($1::json) AS asked(webhook_id varchar, token varchar)
         JOIN webhook_lane AS held ON held.webhook_id = asked.webhook_id AND held.lease_token = asked.token
           AND held.webhook_id = ANY($2)
       ), due AS (
         SELECT DISTINCT lane.webhook_id, slice.event_type, slice.coalesce_key
         FROM lane CROSS JOIN LATERAL (
           SELECT event_type, coalesce_key FROM webhook_delivery
           WHERE webhook_id = lane.webhook_id AND due_at <= $3 ORDER BY due_at LIMIT $4
         ) AS slice WHERE slice.coalesce_key IS NOT NULL
       ), newest AS (
         SELECT due.*, last.id, last.event_id, last.sequence FROM due CROSS JOIN LATERAL (
           SELECT id, event_id, sequence FROM webhook_delivery AS delivery
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
           ORDER BY delivery.sequence LIMIT ${ROWS_PER_RESOURCE} FOR UPDATE
         ) AS row
       ), ended AS (
         UPDATE webhook_delivery AS delivery SET status = 'superseded', due_at = NULL, completed_at = $3,
           superseded_by = older.newest_event_id
         FROM older WHERE delivery.id = older.id RETURNING delivery.webhook_id
       ), brought_forward AS (
         UPDATE webhook_delivery AS delivery SET due_at = LEAST(delivery.due_at, first.due_at)
         FROM (SELECT newest_id, MIN(due_at) AS due_at FROM older GROUP BY newest_id) AS first
         WHERE delivery.id = first.newest_id AND delivery.due_at IS NOT NULL AND delivery.attempt_count = 0
       )
       SELECT webhook_id, COUNT(*)::int AS ended FROM ended GROUP BY webhook_id`,
      [
        JSON.stringify(asked),
        asked.map(({ webhook_id }) => webhook_id),
        this.clock.now(),
        this.options.sliceSize,
      ],
    );
    const ended = new Map(rows.map((row) => [row.webhook_id, row.ended]));
    return claims.map(({ webhookId }) => ended.get(webhookId) ?? 0);
  }
}
