import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { isPostgres } from '../database/dialect.js';
import { planSlice } from '../retrying/ordering.js';
import type { Clock } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import { Coalescer } from './coalescer.js';
import type { LaneClaim } from './lane-claims.js';
import type { DueDelivery, DueRow } from './lane-reader.js';
import { dueDelivery } from './lane-reader.js';
import { park, readOrderedSlices } from './portable-slices.js';
import { tryingAgain } from './trying-again.js';

interface OrderedRow extends DueRow {
  order_key: string | null;
  sequence: string | null;
  ordered_since: string | null;
  due_at: string;
  before_id: string | null;
  before_due_at: string | null;
  /** A number on databases without booleans. */
  event_before: boolean | number;
}

interface Parked {
  id: string;
  webhookId: string;
  token: string;
  /** As it was read. */
  dueAt: number;
  until: number;
}

const LANES_PER_STATEMENT = 500;

/** Reads the slices of lanes whose webhooks want order, and puts off what has to wait. */
@Injectable()
export class OrderedSlices {
  private readonly logger = new Logger(OrderedSlices.name);
  private readonly reading = new Coalescer((ids: string[]) => this.read(ids), LANES_PER_STATEMENT);
  private readonly parking = new Coalescer(
    // It may meet an owner's cancellation, which locks the same rows in another order.
    (lanes: Parked[][]) => tryingAgain(() => this.park(lanes), this.logFailure),
    LANES_PER_STATEMENT,
  );

  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The lane's due deliveries that may be sent now, in lines. What has to wait for another one is due later from then on,
   * so that it neither wakes the lane for nothing nor hides what is behind it.
   */
  async lines({ webhookId, token }: LaneClaim, limit: number): Promise<DueDelivery[][]> {
    const due = await this.reading.add(webhookId);
    const { orderingMaxWaitMs } = this.options;
    const { lines, parked } = planSlice(due, limit, this.clock.now(), orderingMaxWaitMs);
    if (parked.length > 0) {
      const readDueAt = new Map(due.map(({ id, order }) => [id, order?.dueAt ?? 0]));
      await this.parking.add(
        parked.map(({ id, dueAt: until }) => ({
          id,
          webhookId,
          token,
          dueAt: readDueAt.get(id) ?? 0,
          until,
        })),
      );
    }
    return lines;
  }

  private readonly logFailure = (error: unknown, againInMs: number): void => {
    this.logger.warn(`Putting deliveries off failed, trying again in ${againInMs} ms: ${String(error)}`);
  };

  /**
   * One statement, so one snapshot: whoever sees a delivery in it sees every earlier event of its resource, too, be it as
   * a delivery, as waiting for fan-out, or as done. Two statements would leave a gap for a relay to commit in.
   */
  private async read(webhookIds: string[]): Promise<DueDelivery[][]> {
    const { manager } = this.dataSource;
    const { sliceSize: limit } = this.options;
    const now = this.clock.now();
    const rows = isPostgres(manager)
      ? await this.readOnPostgres(webhookIds, limit, now)
      : await readOrderedSlices<OrderedRow>(
          manager,
          webhookIds.map((webhookId) => ({ webhookId, limit })),
          now,
        );
    const byLane = new Map<string, DueDelivery[]>(webhookIds.map((id) => [id, []]));
    for (const row of rows) byLane.get(row.webhook_id)?.push(orderedDelivery(row));
    return webhookIds.map((id) => byLane.get(id) ?? []);
  }

  private readOnPostgres(webhookIds: string[], limit: number, now: number): Promise<OrderedRow[]> {
    return this.dataSource.query(
      `SELECT due.*, before.id AS before_id, before.due_at AS before_due_at, EXISTS (
         SELECT 1 FROM webhook_event AS waiting
         WHERE waiting.contract_id = due.contract_id AND waiting.resource_key = due.order_key
           AND waiting.sequence < due.sequence AND waiting.fanned_out_at IS NULL
       ) AS event_before
       FROM unnest($1::varchar[]) AS lane(id)
       CROSS JOIN LATERAL (
         SELECT id, event_id, webhook_id, contract_id, trigger, attempt_count, attempts_before_budget, first_attempt_at,
           due_at, order_key, sequence, ordered_since
         FROM webhook_delivery WHERE webhook_id = lane.id AND due_at <= $2 ORDER BY due_at LIMIT $3
       ) AS due
       LEFT JOIN LATERAL (
         SELECT earlier.id, earlier.due_at FROM webhook_delivery AS earlier
         WHERE earlier.webhook_id = due.webhook_id AND earlier.order_key = due.order_key
           AND earlier.sequence < due.sequence AND earlier.due_at IS NOT NULL
         ORDER BY earlier.sequence DESC LIMIT 1
       ) AS before ON TRUE`,
      [webhookIds, now, limit],
    );
  }

  /** What a person made due meanwhile, or cancelled, stays as it is; so does all of a lane that was lost meanwhile. */
  private async park(lanes: Parked[][]): Promise<void[]> {
    const { manager } = this.dataSource;
    if (isPostgres(manager)) await this.parkOnPostgres(lanes);
    else await park(manager, lanes.flat());
    return lanes.map(() => undefined);
  }

  private async parkOnPostgres(lanes: Parked[][]): Promise<void> {
    await this.dataSource.query(
      `UPDATE webhook_delivery AS delivery SET due_at = parked.until
       FROM json_to_recordset($1::json)
         AS parked(id varchar, "webhookId" varchar, token varchar, "dueAt" bigint, until bigint)
       JOIN webhook_lane AS lane ON lane.webhook_id = parked."webhookId" AND lane.lease_token = parked.token
         AND lane.webhook_id = ANY($2)
       WHERE delivery.id = parked.id AND delivery.due_at = parked."dueAt"`,
      [JSON.stringify(lanes.flat()), lanes.flatMap(([first]) => first?.webhookId ?? [])],
    );
  }
}

function orderedDelivery(row: OrderedRow): DueDelivery {
  const before = row.before_id === null ? null : { id: row.before_id, dueAt: Number(row.before_due_at) };
  return {
    ...dueDelivery(row),
    order: {
      key: row.order_key,
      sequence: Number(row.sequence),
      dueAt: Number(row.due_at),
      since: Number(row.ordered_since),
      before,
      eventBefore: Boolean(row.event_before),
    },
  };
}
