import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { In, Not } from 'typeorm';
import { validate as isUuid } from 'uuid';

import { dialectOf } from '../database/dialect.js';
import { firstIdAt } from '../first-id-at.js';
import type { Clock } from '../webhooks.clock.js';
import type { ContractScope } from '../webhooks.options.js';
import { ALL_CONTRACTS } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { Webhook } from '../webhooks/webhook.entity.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';

/** How the deliveries of a webhook's events of the last 24 hours fared. Tests are not counted. Times are ISO 8601. */
export interface WebhookStatistics {
  webhookId: string;
  /** 24 hours ago. */
  since: string;
  succeeded: number;
  /** Those whose last attempt failed, whether or not they are tried again; none that a newer one stands for. */
  failed: number;
  /** Whether there may have been more deliveries than the newest 2,000, which are all that is looked at. */
  partial: boolean;
  /** Twenty-four, the oldest first, by when the deliveries came into being. */
  hours: HourOfDeliveries[];
}

export interface HourOfDeliveries {
  start: string;
  succeeded: number;
  failed: number;
}

const LOOKED_AT = 2_000;
const HOURS = 24;
const HOUR_MS = 3_600_000;

const AGE_IN_HOURS = `(newest.created_at - :sinceMs) / ${HOUR_MS}`;
const WHOLE_HOURS = {
  postgres: `FLOOR(${AGE_IN_HOURS})`,
  mysql: `FLOOR(${AGE_IN_HOURS})`,
  // Not every build of it has FLOOR.
  sqlite: `CAST(${AGE_IN_HOURS} AS INTEGER)`,
};

/** Statements at once: a page of webhooks must not take all connections of the pool. */
const AT_ONCE = 4;

type Select = SelectQueryBuilder<object>;

interface CountedHour {
  bucket: string | number;
  succeeded: string | number;
  failed: string | number;
  looked_at: string | number;
}

/** The health of webhooks at a glance, counted from their deliveries whenever somebody asks. */
@Injectable()
export class DeliveryStatistics {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The last 24 hours of each of these webhooks, in the order in which they were named. Those that are not there for the
   * caller are left out: one of a whole page of them may have been deleted meanwhile.
   */
  async of(scope: ContractScope, webhookIds: readonly string[]): Promise<WebhookStatistics[]> {
    const there = await this.thereOf(scope, webhookIds);
    const ids = [...new Set(webhookIds)].filter((id) => there.has(id));
    const sinceMs = this.clock.now() - HOURS * HOUR_MS;
    const found = new Map<string, WebhookStatistics>();
    const left = ids.values();
    const countNext = async () => {
      for (const id of left) found.set(id, statistics(id, sinceMs, await this.count(id, sinceMs)));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, countNext));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  private async thereOf(scope: ContractScope, ids: readonly string[]): Promise<Set<string>> {
    const webhooks = await this.dataSource.manager.find(Webhook, {
      select: { id: true },
      where: {
        id: In(ids.filter((id) => isUuid(id))),
        status: Not('deleted'),
        ...(scope === ALL_CONTRACTS ? {} : { contractId: scope }),
      },
    });
    return new Set(webhooks.map(({ id }) => id));
  }

  private count(webhookId: string, sinceMs: number): Promise<CountedHour[]> {
    return this.dataSource
      .createQueryBuilder()
      .select(WHOLE_HOURS[dialectOf(this.dataSource.manager)], 'bucket')
      .addSelect('SUM(newest.succeeded)', 'succeeded')
      .addSelect('SUM(newest.failed)', 'failed')
      .addSelect('COUNT(*)', 'looked_at')
      .from((select: Select) => newestDeliveries(select, webhookId, sinceMs), 'newest')
      .groupBy('bucket')
      .setParameter('sinceMs', sinceMs)
      .getRawMany<CountedHour>();
  }
}

/** By the unique index over webhook and event: an event's id tells its time. */
function newestDeliveries(select: Select, webhookId: string, sinceMs: number): Select {
  const attempted = `delivery.attemptCount > 0 AND delivery.trigger <> 'test'`;
  const failed = `delivery.status NOT IN ('succeeded', 'superseded') AND delivery.lastError IS NOT NULL`;
  return select
    .select('delivery.createdAt', 'created_at')
    .addSelect(`CASE WHEN ${attempted} AND delivery.status = 'succeeded' THEN 1 ELSE 0 END`, 'succeeded')
    .addSelect(`CASE WHEN ${attempted} AND ${failed} THEN 1 ELSE 0 END`, 'failed')
    .from(WebhookDelivery, 'delivery')
    .where('delivery.webhookId = :webhookId', { webhookId })
    .andWhere('delivery.eventId >= :first', { first: firstIdAt(sinceMs) })
    .orderBy('delivery.eventId', 'DESC')
    .limit(LOOKED_AT);
}

function statistics(webhookId: string, sinceMs: number, counted: CountedHour[]): WebhookStatistics {
  const hours = Array.from({ length: HOURS }, (_, index) => ({
    start: new Date(sinceMs + index * HOUR_MS).toISOString(),
    succeeded: 0,
    failed: 0,
  }));
  let lookedAt = 0;
  for (const { bucket, succeeded, failed, looked_at } of counted) {
    // The clocks of two processes may disagree by a little.
    const found = hours[Math.min(Math.max(Number(bucket), 0), HOURS - 1)];
    lookedAt += Number(looked_at);
    if (!found) continue;
    found.succeeded += Number(succeeded);
    found.failed += Number(failed);
  }
  const total = (kind: 'succeeded' | 'failed') => hours.reduce((sum, hour) => sum + hour[kind], 0);
  return {
    webhookId,
    since: new Date(sinceMs).toISOString(),
    succeeded: total('succeeded'),
    failed: total('failed'),
    partial: lookedAt >= LOOKED_AT,
    hours,
  };
}
