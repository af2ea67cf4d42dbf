import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { isPostgres } from '../database/dialect.js';
import { select } from '../database/portable-sql.js';
import type { Clock } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import {
  LANE_SCHEDULER,
  WEBHOOKS_CLOCK,
  WEBHOOKS_DATA_SOURCE,
  WEBHOOKS_OPTIONS,
} from '../webhooks.tokens.js';
import type { LaneScheduler } from './lane-scheduler.js';

const LANES_PER_STATEMENT = 1_000;
/** A lane that so many sweeps in a row have woken in vain waits in a long line, or something swallows its wakes. */
const UNHEARD_AFTER = 3;
/** Looking for a job in a long line is work for Redis. */
const UNHEARD_AT_ONCE = 20;

interface LookedAt {
  webhook_id: string;
  /** A number on databases without booleans. */
  awake: boolean | number;
}

/**
 * From webhook to webhook, each with a look into its own range of the due index: MySQL's index holds the deliveries that
 * are done as well, and a step along it would read them all.
 */
const LANES_OF_WEBHOOKS = `
  SELECT webhook.id AS webhook_id,
    EXISTS (SELECT 1 FROM webhook_delivery AS due WHERE due.webhook_id = webhook.id AND due.due_at <= :now)
      AND COALESCE(lane.paused_until, 0) <= :now AND COALESCE(lane.lease_until, 0) <= :now
      AND COALESCE(lane.next_send_at, 0) <= :now AS awake
  FROM webhook LEFT JOIN webhook_lane AS lane ON lane.webhook_id = webhook.id
  WHERE webhook.id > :after ORDER BY webhook.id LIMIT :limit`;

/** The net under every lost wake: looks in the rows for lanes that should be awake, and wakes them. */
@Injectable()
export class Sweep {
  private readonly logger = new Logger(Sweep.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;
  /** By lane, how many sweeps in a row have woken it. */
  private woken = new Map<string, number>();

  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(LANE_SCHEDULER) private readonly scheduler: LaneScheduler,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /** Sweeps now and then every `sweepIntervalMs`; `also` is swept along, whatever the lanes look like. */
  start(also: () => void): void {
    const sweep = () => {
      also();
      this.sweeping ??= this.wakeDueLanes().finally(() => (this.sweeping = undefined));
    };
    this.timer = setInterval(sweep, this.options.sweepIntervalMs);
    this.timer.unref();
    sweep();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private async wakeDueLanes(): Promise<void> {
    try {
      const woken = new Map<string, number>();
      for (let after: string | undefined = ''; after !== undefined;) {
        const { webhookIds, last } = await this.dueLanes(after);
        this.scheduler.wake(webhookIds);
        for (const id of webhookIds) woken.set(id, (this.woken.get(id) ?? 0) + 1);
        after = last;
      }
      this.woken = woken;
      const unheard = [...woken].filter(([, times]) => times > UNHEARD_AFTER).map(([id]) => id);
      if (unheard.length > 0) this.scheduler.wakeUnheard(unheard.slice(0, UNHEARD_AT_ONCE));
    } catch (error) {
      this.logger.error(`Sweeping for due lanes failed, the next sweep tries again: ${String(error)}`);
    }
  }

  /**
   * Steps from one webhook with pending rows to the next along the due index, so a lane with a million due rows costs the
   * same as a lane with one.
   */
  private async dueLanes(after: string): Promise<{ webhookIds: string[]; last: string | undefined }> {
    const rows = await this.lanesAfter(after);
    return {
      webhookIds: rows.filter(({ awake }) => awake).map(({ webhook_id }) => webhook_id),
      last: rows.length < LANES_PER_STATEMENT ? undefined : rows.at(-1)?.webhook_id,
    };
  }

  private lanesAfter(after: string): Promise<LookedAt[]> {
    const { manager } = this.dataSource;
    if (!isPostgres(manager))
      return select(manager, LANES_OF_WEBHOOKS, { after, now: this.clock.now(), limit: LANES_PER_STATEMENT });
    return this.dataSource.query(
      `WITH RECURSIVE step AS (
         (SELECT webhook_id, 1 AS number FROM webhook_delivery
          WHERE due_at IS NOT NULL AND webhook_id > $1 ORDER BY webhook_id LIMIT 1)
         UNION ALL
         SELECT next.webhook_id, step.number + 1 FROM step CROSS JOIN LATERAL (
           SELECT webhook_id FROM webhook_delivery
           WHERE due_at IS NOT NULL AND webhook_id > step.webhook_id ORDER BY webhook_id LIMIT 1
         ) AS next WHERE step.number < $3
       )
       SELECT step.webhook_id,
         EXISTS (SELECT 1 FROM webhook_delivery AS due WHERE due.webhook_id = step.webhook_id AND due.due_at <= $2)
           AND COALESCE(lane.paused_until, 0) <= $2 AND COALESCE(lane.lease_until, 0) <= $2
           AND COALESCE(lane.next_send_at, 0) <= $2 AS awake
       FROM step LEFT JOIN webhook_lane AS lane USING (webhook_id) ORDER BY step.webhook_id`,
      [after, this.clock.now(), LANES_PER_STATEMENT],
    );
  }
}
