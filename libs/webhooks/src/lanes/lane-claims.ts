import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { v4 as uuidv4 } from 'uuid';

import { isPostgres } from '../database/dialect.js';
import { NOT_SYNCED } from '../outbox/not-synced.js';
import type { LaneHealth } from '../retrying/lane-health.js';
import type { Clock } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import { Coalescer } from './coalescer.js';
import type { ReleasedLane } from './portable-lane-claims.js';
import { claimLanes, releaseLanes } from './portable-lane-claims.js';
import { tryingAgain } from './trying-again.js';

/** The right to work a lane until the lease ends. */
export interface LaneClaim {
  webhookId: string;
  /** What every result is fenced by. */
  token: string;
  health: LaneHealth;
  /** When attempts started lately, if the webhook limits how many may in a second. */
  recentStarts: readonly number[];
}

/** What a turn has found out about a receiver. */
export interface Finding {
  health: LaneHealth;
  /** The change of the webhook that the turn has worked with. */
  changeSeq: number;
}

/** What a limit of attempts a second leaves of a turn. */
export interface Pace {
  recentStarts: number[];
  /** Null: at once. */
  nextSendAt: number | null;
}

interface Release extends LaneClaim {
  changed?: Finding;
  pace?: Pace;
}

interface LaneRow {
  webhook_id: string;
  lease_token: string;
  consecutive_failures: number;
  failing_since: string | null;
  paused_until: string | null;
  pause_count: number;
  recent_starts: string | null;
}

const LANES_PER_STATEMENT = 500;

/**
 * A turn stops starting attempts after `sliceMs`, the last one ends by its deadline; the rest is for slow statements. Who
 * sets a short deadline wants to hear of failures soon, a dead worker's included.
 */
const LEASE_MARGIN_MS = { least: 2_000, most: 10_000 };

/** Claims and releases lanes: one statement for all the lanes that ask at the same time. */
@Injectable()
export class LaneClaims {
  private readonly logger = new Logger(LaneClaims.name);
  private readonly leaseMs: number;
  private readonly claiming = new Coalescer((ids: string[]) => this.claimAll(ids), LANES_PER_STATEMENT);
  private readonly releasing = new Coalescer(
    // Nobody could work the lanes until their leases end.
    (items: Release[]) => tryingAgain(() => this.releaseAll(items), this.logFailure),
    LANES_PER_STATEMENT,
  );

  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_OPTIONS) options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {
    this.leaseMs = options.sliceMs + options.deadlineMs + marginOf(options.deadlineMs);
  }

  /** Undefined while another worker's lease lasts. */
  claim(webhookId: string): Promise<LaneClaim | undefined> {
    return this.claiming.add(webhookId);
  }

  /**
   * Ends the lease, and does nothing once it was lost. A finding is stored unless the webhook was changed meanwhile: an
   * activation or a new URL has reset the lane's health, and the old receiver's must not be written over it.
   *
   * @param pace undefined for a webhook without a limit
   */
  async release(
    claim: LaneClaim,
    finding: Finding | undefined,
    pace: Pace | undefined,
    patienceMs: number,
  ): Promise<void> {
    const changed = finding?.health === claim.health ? undefined : finding;
    await this.releasing.add({ ...claim, changed, pace }, patienceMs);
  }

  private readonly logFailure = (error: unknown, againInMs: number): void => {
    this.logger.warn(`Releasing lanes failed, trying again in ${againInMs} ms: ${String(error)}`);
  };

  private async claimAll(webhookIds: string[]): Promise<(LaneClaim | undefined)[]> {
    const now = this.clock.now();
    // Two claims of one lane in one statement would be one row twice, which ON CONFLICT refuses.
    const wanted = [...new Set(webhookIds)].map((id) => ({ id, token: uuidv4() }));
    const { manager } = this.dataSource;
    const until = now + this.leaseMs;
    const rows = isPostgres(manager)
      ? await this.claimOnPostgres(wanted, until, now)
      : await claimLanes<LaneRow>(manager, wanted, until, now);
    const claims = new Map(rows.map((row) => [row.webhook_id, claimOf(row)]));
    return webhookIds.map((id) => {
      const claim = claims.get(id);
      claims.delete(id);
      return claim;
    });
  }

  private claimOnPostgres(wanted: object[], until: number, now: number): Promise<LaneRow[]> {
    return this.dataSource.query(
      // Ordered, so that two workers lock the same rows in the same order. Not synced: who has lost a claim by a crash of the
      // database has lost a lease, and the token keeps its results from being recorded.
      `INSERT INTO webhook_lane (webhook_id, lease_token, lease_until)
       SELECT id, token, $2 FROM json_to_recordset($1::json) AS wanted(id varchar, token varchar), ${NOT_SYNCED} ORDER BY id
       ON CONFLICT (webhook_id) DO UPDATE SET lease_token = EXCLUDED.lease_token, lease_until = EXCLUDED.lease_until
       WHERE webhook_lane.lease_until IS NULL OR webhook_lane.lease_until <= $3
       RETURNING *`,
      [JSON.stringify(wanted), until, now],
    );
  }

  private async releaseAll(items: Release[]): Promise<void[]> {
    const released = items.map(({ webhookId, token, changed, pace }): ReleasedLane => ({
      webhook_id: webhookId,
      token,
      change_seq: changed?.changeSeq ?? null,
      consecutive_failures: changed?.health.consecutiveFailures ?? 0,
      failing_since: changed?.health.failingSince ?? null,
      paused_until: changed?.health.pausedUntil ?? null,
      pause_count: changed?.health.pauseCount ?? 0,
      next_send_at: pace?.nextSendAt ?? null,
      recent_starts: pace && pace.recentStarts.length > 0 ? JSON.stringify(pace.recentStarts) : null,
    }));
    if (isPostgres(this.dataSource.manager)) await this.releaseOnPostgres(released, items);
    else await releaseLanes(this.dataSource, released);
    return items.map(() => undefined);
  }

  private async releaseOnPostgres(released: ReleasedLane[], items: Release[]): Promise<void> {
    await this.dataSource.query(
      // A change of a webhook that commits in this moment is waited for, or waits: what it resets is not written over. It
      // locks the webhook before the lane, and so does this. Lanes are locked in the order in which claims lock. The ids stand
      // by themselves so that the planner knows how few they are: it takes any JSON for a hundred rows and reads every lane.
      `WITH current AS (
         SELECT id, change_seq FROM webhook WHERE id = ANY($3) ORDER BY id FOR SHARE
       ), done AS (
         SELECT found.*, COALESCE(current.change_seq = found.change_seq, FALSE) AS changed
         FROM json_to_recordset($1::json) AS found(webhook_id varchar, token varchar, change_seq bigint,
           consecutive_failures int, failing_since bigint, paused_until bigint, pause_count int, next_send_at bigint,
           recent_starts text)
         LEFT JOIN current ON current.id = found.webhook_id
       ), locked AS (
         SELECT webhook_id FROM webhook_lane WHERE webhook_id = ANY($2) AND (SELECT count(*) FROM current) >= 0
         ORDER BY webhook_id FOR UPDATE
       )
       UPDATE webhook_lane AS lane SET
         lease_token = NULL,
         lease_until = NULL,
         next_send_at = done.next_send_at,
         recent_starts = done.recent_starts,
         consecutive_failures = CASE WHEN changed THEN done.consecutive_failures ELSE lane.consecutive_failures END,
         failing_since = CASE WHEN changed THEN done.failing_since ELSE lane.failing_since END,
         paused_until = CASE WHEN changed THEN done.paused_until ELSE lane.paused_until END,
         pause_count = CASE WHEN changed THEN done.pause_count ELSE lane.pause_count END
       FROM done JOIN locked USING (webhook_id)
       WHERE lane.webhook_id = done.webhook_id AND lane.lease_token = done.token`,
      [
        JSON.stringify(released),
        items.map(({ webhookId }) => webhookId),
        items.filter(({ changed }) => changed).map(({ webhookId }) => webhookId),
      ],
    );
  }
}

function marginOf(deadlineMs: number): number {
  return Math.min(Math.max(deadlineMs, LEASE_MARGIN_MS.least), LEASE_MARGIN_MS.most);
}

function claimOf(row: LaneRow): LaneClaim {
  return {
    webhookId: row.webhook_id,
    token: row.lease_token,
    health: {
      consecutiveFailures: row.consecutive_failures,
      failingSince: row.failing_since === null ? null : Number(row.failing_since),
      pausedUntil: row.paused_until === null ? null : Number(row.paused_until),
      pauseCount: row.pause_count,
    },
    recentStarts: row.recent_starts === null ? [] : (JSON.parse(row.recent_starts) as number[]),
  };
}
