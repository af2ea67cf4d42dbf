import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

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
    const attempts = await this.removeFrom('webhook_attempt', 'id < $1', [oldest]);
    const deliveries = await this.removeFrom('webhook_delivery', 'id < $1 AND due_at IS NULL', [oldest]);
    if (!this.stopped) await this.feeds.prune(oldest);
    const events = await this.removeFrom('webhook_event', 'id < $1 AND fanned_out_at IS NOT NULL', [
      await this.oldestNeededEvent(oldest),
    ]);
    const webhooks = await this.removeDeletedWebhooks(cutoff);
    return { attempts, deliveries, events, webhooks };
  }

  /** An event stays while a delivery of it is pending, whatever its age. */
  private async oldestNeededEvent(oldest: string): Promise<string> {
    const rows: { id: string | null }[] = await this.dataSource.query(
      `SELECT MIN(event_id) AS id FROM webhook_delivery WHERE due_at IS NOT NULL AND event_id < $1`,
      [oldest],
    );
    return rows[0]?.id ?? oldest;
  }

  /** A deleted webhook's row goes when its deliveries have gone. */
  private async removeDeletedWebhooks(cutoff: number): Promise<number> {
    const old = `status = 'deleted' AND updated_at < $1
      AND NOT EXISTS (SELECT 1 FROM webhook_delivery WHERE webhook_delivery.webhook_id = webhook.id)`;
    const removed = await this.removeFrom('webhook', old, [cutoff]);
    await this.dataSource.query(
      `DELETE FROM webhook_lane WHERE NOT EXISTS (SELECT 1 FROM webhook WHERE webhook.id = webhook_lane.webhook_id)`,
    );
    return removed;
  }

  private async removeFrom(table: string, condition: string, parameters: unknown[]): Promise<number> {
    let removed = 0;
    while (!this.stopped) {
      const [, affected]: [unknown, number] = await this.dataSource.query(
        // Locked: a delivery that is sent again at this moment must not go. The next run looks at it again.
        `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${condition}
           ORDER BY id LIMIT ${ROWS_PER_STATEMENT} FOR UPDATE SKIP LOCKED)`,
        parameters,
      );
      removed += affected;
      if (affected < ROWS_PER_STATEMENT) break;
    }
    return removed;
  }
}
