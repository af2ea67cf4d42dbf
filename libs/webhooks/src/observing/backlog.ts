import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import type { Clock } from '../webhooks.clock.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import type { WebhookStatus } from '../webhooks/webhook.entity.js';

/** Lanes with due work. */
export interface DueLanes {
  count: number;
  /** For how long the oldest of their deliveries has been due; 0 when none is. */
  lagMs: number;
}

/** More held deliveries than this are not counted. */
const HELD_COUNTED = 100_000;

/** What waits in the rows, for those who watch. Each figure is one statement along an index, and no lane asks for any. */
@Injectable()
export class Backlog {
  private reading: Promise<Record<'awake' | 'slowed', DueLanes>> | undefined;

  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Lanes with due deliveries. `slowed` are those that are not worked at once for a reason of the receiver's own: it fails, or
   * its lane is paused, or its webhook has a `maxPerSecond`. What `awake` ones wait for is the engine.
   */
  lanes(): Promise<Record<'awake' | 'slowed', DueLanes>> {
    this.reading ??= this.readLanes().finally(() => (this.reading = undefined));
    return this.reading;
  }

  /** For how long the oldest event has waited to be fanned out; 0 when none does. */
  async relayLagMs(): Promise<number> {
    const [row]: { since: string | number | null }[] = await this.dataSource.query(
      // Not MIN(id): the primary key would look like a way to it, past every event that there ever was.
      'SELECT MIN(created_at) AS since FROM webhook_event WHERE fanned_out_at IS NULL',
    );
    return this.msSince(row?.since);
  }

  /** Deliveries held for a recovery, up to a hundred thousand. */
  async held(): Promise<number> {
    const [row]: { count: string | number }[] = await this.dataSource.query(
      `SELECT COUNT(*) AS count FROM (SELECT 1 AS one FROM webhook_delivery WHERE status = 'held' LIMIT ${HELD_COUNTED}) AS held`,
    );
    return Number(row?.count ?? 0);
  }

  /** How many webhooks there are, deleted ones left out. */
  async webhooks(): Promise<Record<Exclude<WebhookStatus, 'deleted'>, number>> {
    const rows: { status: WebhookStatus; count: string | number }[] = await this.dataSource.query(
      'SELECT status, COUNT(*) AS count FROM webhook GROUP BY status',
    );
    const of = new Map(rows.map(({ status, count }) => [status, Number(count)]));
    return {
      active: of.get('active') ?? 0,
      inactive: of.get('inactive') ?? 0,
      disabled: of.get('disabled') ?? 0,
    };
  }

  /** One step along the due index for each active webhook, however many deliveries it has. */
  private async readLanes(): Promise<Record<'awake' | 'slowed', DueLanes>> {
    // In the text and not a parameter, whose sign differs between databases.
    const now = Math.trunc(this.clock.now());
    const rows: { slowed: number; lanes: string | number; since: string | number }[] =
      await this.dataSource.query(
        `SELECT slowed, COUNT(*) AS lanes, MIN(due_at) AS since FROM (
         SELECT CASE WHEN webhook.max_per_second IS NOT NULL OR lane.consecutive_failures > 0 OR lane.paused_until > ${now}
             THEN 1 ELSE 0 END AS slowed,
           (SELECT MIN(delivery.due_at) FROM webhook_delivery AS delivery
            WHERE delivery.webhook_id = webhook.id AND delivery.due_at IS NOT NULL) AS due_at
         FROM webhook LEFT JOIN webhook_lane AS lane ON lane.webhook_id = webhook.id WHERE webhook.status = 'active'
       ) AS state WHERE due_at <= ${now} GROUP BY slowed`,
      );
    const of = (slowed: number) => {
      const row = rows.find((one) => Number(one.slowed) === slowed);
      return { count: Number(row?.lanes ?? 0), lagMs: this.msSince(row?.since) };
    };
    return { awake: of(0), slowed: of(1) };
  }

  private msSince(since: string | number | null | undefined): number {
    return since === null || since === undefined ? 0 : Math.max(this.clock.now() - Number(since), 0);
  }
}
