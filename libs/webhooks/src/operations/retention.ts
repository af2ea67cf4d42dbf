import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { dialectOf } from '../database/dialect.js';
import { select, write } from '../database/portable-sql.js';
import { FeedPositions } from '../feed/feed-positions.js';
import { firstIdAt } from '../first-id-at.js';
import type { Clock } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const ROWS_PER_STATEMENT = 1_000;

/** How many rows a run of retention removed. */
export interface Pruned {
  attempts: number;
  deliveries: number;
  events: number;
  webhooks: number;
}

/** What a condition names as `:before`: an id, or a time. */
interface Bound {
  before: string | number;
}

/**
 * Removes what is older than `retentionDays`, a small batch at a time, so that no statement holds locks for long. Ids are
 * UUIDv7, so the primary key is the time index. What is still pending, or not fanned out, stays however old it is.
 */
@Injectable()
export class Retention {
  private readonly logger = new Logger(Retention.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> | undefined;
  private stopped = false;

  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(FeedPositions) private readonly feeds: FeedPositions,
  ) {}

  start(): void {
    const run = () => {
      this.running ??= this.prune()
        .catch((error: unknown) =>
          this.logger.error(`Pruning failed, the next run tries again: ${String(error)}`),
        )
        .finally(() => (this.running = undefined));
    };
    this.timer = setInterval(run, this.options.retentionIntervalMs);
    this.timer.unref();
    run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** One run. Children go before their parents, so nothing ever points at a row that is gone. */
  async prune(): Promise<Pruned> {
    const cutoff = this.clock.now() - this.options.retentionDays * DAY_MS;
    const oldest = firstIdAt(cutoff);
    const attempts = await this.removeFrom('webhook_attempt', 'id < :before', { before: oldest });
    const deliveries = await this.removeFrom('webhook_delivery', 'id < :before AND due_at IS NULL', {
      before: oldest,
    });
    if (!this.stopped) await this.feeds.prune(oldest);
    const events = await this.removeFrom('webhook_event', 'id < :before AND fanned_out_at IS NOT NULL', {
      before: await this.oldestNeededEvent(oldest),
    });
    const webhooks = await this.removeDeletedWebhooks(cutoff);
    return { attempts, deliveries, events, webhooks };
  }

  /** An event stays while a delivery of it is pending, whatever its age. */
  private async oldestNeededEvent(oldest: string): Promise<string> {
    const rows = await select<{ id: string | null }>(
      this.dataSource.manager,
      `SELECT MIN(event_id) AS id FROM webhook_delivery WHERE due_at IS NOT NULL AND event_id < :oldest`,
      { oldest },
    );
    return rows[0]?.id ?? oldest;
  }

  /** A deleted webhook's row goes when its deliveries have gone. */
  private async removeDeletedWebhooks(cutoff: number): Promise<number> {
    const old = `status = 'deleted' AND updated_at < :before
      AND NOT EXISTS (SELECT 1 FROM webhook_delivery WHERE webhook_delivery.webhook_id = webhook.id)`;
    const removed = await this.removeFrom('webhook', old, { before: cutoff });
    await this.dataSource.query(
      `DELETE FROM webhook_lane WHERE NOT EXISTS (SELECT 1 FROM webhook WHERE webhook.id = webhook_lane.webhook_id)`,
    );
    return removed;
  }

  private async removeFrom(table: string, condition: string, bound: Bound): Promise<number> {
    let removed = 0;
    while (!this.stopped) {
      const affected = await this.removeBatch(table, condition, bound);
      removed += affected;
      if (affected < ROWS_PER_STATEMENT) break;
    }
    return removed;
  }

  private async removeBatch(table: string, condition: string, { before }: Bound): Promise<number> {
    const { manager } = this.dataSource;
    const batch = `ORDER BY id LIMIT ${ROWS_PER_STATEMENT}`;
    switch (dialectOf(manager)) {
      case 'mysql':
        // What is sent again at this moment is waited for, and looked at as it is then.
        return write(manager, `DELETE FROM ${table} WHERE ${condition} ${batch}`, { before });
      case 'sqlite': {
        const old = `SELECT id FROM ${table} WHERE ${condition} ${batch}`;
        return write(manager, `DELETE FROM ${table} WHERE id IN (${old})`, { before });
      }
      case 'postgres': {
        // Locked: a delivery that is sent again at this moment must not go. The next run looks at it again.
        const old = `SELECT id FROM ${table} WHERE ${condition.replace(':before', '$1')} ${batch} FOR UPDATE SKIP LOCKED`;
        const [, affected]: [unknown, number] = await manager.query(
          `DELETE FROM ${table} WHERE id IN (${old})`,
          [before],
        );
        return affected;
      }
    }
  }
}
