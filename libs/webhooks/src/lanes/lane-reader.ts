import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { In } from 'typeorm';

import { isPostgres } from '../database/dialect.js';
import type { DeliveryTrigger } from '../deliveries/webhook-delivery.entity.js';
import type { DeliveryOrder } from '../retrying/ordering.js';
import type { Clock } from '../webhooks.clock.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { Webhook } from '../webhooks/webhook.entity.js';
import { Coalescer } from './coalescer.js';
import { nextTurnOf, readNextDues, readSlices } from './portable-slices.js';

/** A delivery whose time has come. */
export interface DueDelivery {
  id: string;
  eventId: string;
  webhookId: string;
  trigger: DeliveryTrigger;
  attemptCount: number;
  attemptsBeforeBudget: number;
  firstAttemptAt: number | null;
  /** Of the deliveries of a webhook that wants order. */
  order?: DeliveryOrder;
}

export interface DueRow {
  id: string;
  event_id: string;
  webhook_id: string;
  trigger: DeliveryTrigger;
  attempt_count: number;
  attempts_before_budget: number;
  first_attempt_at: string | null;
}

const LANES_PER_STATEMENT = 500;

/** Reads what a lane's turn needs: one statement for all the lanes that ask at the same time. */
@Injectable()
export class LaneReader {
  private readonly webhooks = new Coalescer((ids: string[]) => this.readWebhooks(ids), LANES_PER_STATEMENT);
  private readonly slices = new Coalescer(
    (asked: { webhookId: string; limit: number }[]) => this.readSlices(asked),
    LANES_PER_STATEMENT,
  );
  private readonly turns = new Coalescer((ids: string[]) => this.readNextTurns(ids), LANES_PER_STATEMENT);

  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /** The webhook as it is now; undefined when there is none of that id. */
  webhook(webhookId: string): Promise<Webhook | undefined> {
    return this.webhooks.add(webhookId);
  }

  /** The lane's due deliveries, longest due first. */
  slice(webhookId: string, limit: number): Promise<DueDelivery[]> {
    return this.slices.add({ webhookId, limit });
  }

  /**
   * When the lane has something to do next: its earliest due row, but not before its pause, another worker's lease, or the
   * second that is used up ends. Undefined when nothing is pending.
   */
  nextTurnAt(webhookId: string, patienceMs: number): Promise<number | undefined> {
    return this.turns.add(webhookId, patienceMs);
  }

  private async readWebhooks(ids: string[]): Promise<(Webhook | undefined)[]> {
    const rows = await this.dataSource.manager.find(Webhook, { where: { id: In(ids) } });
    const byId = new Map(rows.map((webhook) => [webhook.id, webhook]));
    return ids.map((id) => byId.get(id));
  }

  private async readSlices(asked: { webhookId: string; limit: number }[]): Promise<DueDelivery[][]> {
    const now = this.clock.now();
    const { manager } = this.dataSource;
    const rows = isPostgres(manager)
      ? await this.readSlicesOnPostgres(asked, now)
      : await readSlices<DueRow>(manager, asked, now);
    const byLane = new Map<string, DueDelivery[]>(asked.map(({ webhookId }) => [webhookId, []]));
    for (const row of rows) byLane.get(row.webhook_id)?.push(dueDelivery(row));
    return asked.map(({ webhookId }) => byLane.get(webhookId) ?? []);
  }

  private readSlicesOnPostgres(asked: object[], now: number): Promise<DueRow[]> {
    return this.dataSource.query(
      `SELECT due.* FROM json_to_recordset($1::json) AS lane("webhookId" varchar, "limit" int)
       CROSS JOIN LATERAL (
         SELECT id, event_id, webhook_id, trigger, attempt_count, attempts_before_budget, first_attempt_at
         FROM webhook_delivery WHERE webhook_id = lane."webhookId" AND due_at <= $2 ORDER BY due_at LIMIT lane."limit"
       ) AS due`,
      [JSON.stringify(asked), now],
    );
  }

  private async readNextTurns(ids: string[]): Promise<(number | undefined)[]> {
    const { manager } = this.dataSource;
    if (!isPostgres(manager)) {
      const dues = await readNextDues(manager, ids);
      const turns = new Map(dues.map((lane) => [lane.webhook_id, nextTurnOf(lane)]));
      return ids.map((id) => turns.get(id));
    }
    const rows: { webhook_id: string; next_at: string | null }[] = await this.dataSource.query(
      `SELECT asked.webhook_id,
         (SELECT GREATEST(MIN(due_at), lane.paused_until, lane.lease_until, lane.next_send_at) FROM webhook_delivery
          WHERE webhook_id = asked.webhook_id AND due_at IS NOT NULL HAVING MIN(due_at) IS NOT NULL) AS next_at
       FROM unnest($1::varchar[]) AS asked(webhook_id) LEFT JOIN webhook_lane AS lane USING (webhook_id)`,
      [ids],
    );
    const next = new Map(
      rows.map((row) => [row.webhook_id, row.next_at === null ? undefined : Number(row.next_at)]),
    );
    return ids.map((id) => next.get(id));
  }
}

export function dueDelivery(row: DueRow): DueDelivery {
  return {
    id: row.id,
    eventId: row.event_id,
    webhookId: row.webhook_id,
    trigger: row.trigger,
    attemptCount: row.attempt_count,
    attemptsBeforeBudget: row.attempts_before_budget,
    firstAttemptAt: row.first_attempt_at === null ? null : Number(row.first_attempt_at),
  };
}
