import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { findHeld, inTransaction } from '../database/portable-sql.js';
import { isoOrNull } from '../iso-time.js';
import { OperationalEvents } from '../publishing/operational-events.js';
import type { LaneHealth } from '../retrying/lane-health.js';
import { HEALTHY } from '../retrying/lane-health.js';
import type { Failed } from '../retrying/outcome.js';
import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { Webhook } from '../webhooks/webhook.entity.js';

/** Tells a contract's other webhooks when a receiver begins to fail and when it is back, once each, however many pauses lie between. */
@Injectable()
export class LaneNews {
  private readonly logger = new Logger(LaneNews.name);

  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(OperationalEvents) private readonly events: OperationalEvents,
  ) {}

  /** Before the turn's health is stored: a process that is killed in between tells it twice rather than never. */
  async tell(
    webhook: Webhook,
    before: LaneHealth,
    after: LaneHealth,
    lastFailure: Failed | undefined,
  ): Promise<void> {
    const began = before.pauseCount === 0 && after.pauseCount > 0;
    const ended = before.pauseCount > 0 && after.pauseCount === 0;
    if (!began && !ended) return;
    const health = began ? after : { ...HEALTHY, failingSince: before.failingSince };
    const facts = {
      status: 'active' as const,
      reason: began ? (lastFailure?.reason ?? 'failures') : 'succeeded',
      lastStatusCode: began ? (lastFailure?.statusCode ?? null) : null,
      failingSince: isoOrNull(health.failingSince),
      consecutiveFailures: health.consecutiveFailures,
      nextAttemptAt: isoOrNull(health.pausedUntil),
      held: null,
    };
    try {
      await inTransaction(this.dataSource, async (manager) => {
        // What was found out about the old URL, or before an activation, is no news.
        const { id, changeSeq } = webhook;
        const where = { id, changeSeq, status: 'active' as const };
        if (!(await findHeld(manager, Webhook, where))) return;
        await this.events.append(began ? 'webhook.failing' : 'webhook.resumed', webhook, facts, manager);
      });
    } catch (error) {
      this.logger.error(`News of webhook ${webhook.id} was not stored: ${String(error)}`);
    }
  }
}
