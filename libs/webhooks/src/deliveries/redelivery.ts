import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DataSource } from 'typeorm';

import { EventCatalog } from '../catalog/event-catalog.js';
import { isPostgres } from '../database/dialect.js';
import { findHeld, inTransaction } from '../database/portable-sql.js';
import type { LaneScheduler } from '../lanes/lane-scheduler.js';
import type { Acting } from '../lifecycle/webhook-lifecycle.js';
import { WebhookLifecycle } from '../lifecycle/webhook-lifecycle.js';
import { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { Clock } from '../webhooks.clock.js';
import { InvalidInputError, StateConflictError } from '../webhooks.errors.js';
import type { ContractScope, ResolvedWebhooksOptions } from '../webhooks.options.js';
import {
  LANE_SCHEDULER,
  WEBHOOKS_CLOCK,
  WEBHOOKS_DATA_SOURCE,
  WEBHOOKS_OPTIONS,
} from '../webhooks.tokens.js';
import { findWebhook } from '../webhooks/webhook-rows.js';
import { requirePush } from '../webhooks/transport-rules.js';
import { Webhook } from '../webhooks/webhook.entity.js';
import { DeliveryLog } from './delivery-log.js';
import type { DeliveryView } from './delivery-view.js';
import { deliveryView } from './delivery-view.js';
import { endOlderThatWait } from './ending-older.js';
import { missedEvents } from './missed-events.js';
import { offerDeliveries } from './offering.js';
import { makeDuePortably } from './portable-recovery.js';
import type { CountedStep } from './recovery-statements.js';
import {
  countUnsuccessful,
  insertMissedDeliveries,
  newBudget,
  reviveDeliveries,
} from './recovery-statements.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** A step of a recovery, after an event. */
type Part = (manager: EntityManager, afterEventId: string) => Promise<CountedStep>;

/** What a recovery would send. */
export interface RecoveryPreview {
  /** All of them: `failed` and `missed`. */
  deliveries: number;
  /** Deliveries that are exhausted, held or were cancelled. */
  failed: number;
  /** Events that have no delivery: they passed the webhook by while it was off, or before it existed. */
  missed: number;
  /** Of the missed ones those from before the webhook existed. */
  olderThanWebhook: number;
}

/** Sends again: one delivery by hand, or everything a webhook missed. */
@Injectable()
export class Redelivery {
  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(LANE_SCHEDULER) private readonly lanes: LaneScheduler,
    @Inject(DeliveryLog) private readonly log: DeliveryLog,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(WebhookLifecycle) private readonly lifecycle: WebhookLifecycle,
  ) {}

  /**
   * Makes a delivery due now, with a full budget of retries; one that waits for a retry keeps the budget it has.
   *
   * @throws DeliveryNotFoundError, and StateConflictError `WEBHOOK_NOT_ACTIVE`, `WEBHOOK_GONE`, `NO_PUSH` or
   * `EVENT_GONE`
   */
  async redeliver(scope: ContractScope, deliveryId: string, acting?: Acting): Promise<DeliveryView> {
    const delivery = await this.log.find(scope, deliveryId);
    const { id, webhookId, contractId, eventId } = delivery;
    await inTransaction(this.dataSource, async (manager) => {
      requirePush(await requireActive(manager, webhookId));
      if (!(await manager.existsBy(WebhookEvent, { id: eventId }))) throw eventGone();
      await endOlderThatWait(manager, delivery, this.clock.now());
      await makeDue(manager, id, this.clock.now());
    });
    this.lanes.wake([webhookId]);
    const of = { webhookId, contractId, at: this.clock.now(), by: acting?.by ?? null };
    this.lifecycle.tell({ ...of, type: 'delivery.redelivered', deliveryId: id, eventId });
    return deliveryView(await this.log.find(scope, id));
  }

  /**
   * Sends everything that did not arrive since then: deliveries that are exhausted, held or were cancelled, and events
   * that passed the webhook by while it was off, or that are older than it. A feed gets the latter as well, and that of a
   * webhook to which nothing is sent all of them.
   *
   * @param since at most `retentionDays` ago
   * @param progress hears how many it is so far; of a webhook that wants order only at the end
   * @returns as many as {@link previewRecovery} tells, if nothing happened in between
   * @throws WebhookNotFoundError, InvalidInputError, and StateConflictError `WEBHOOK_NOT_ACTIVE`
   */
  async recover(
    scope: ContractScope,
    webhookId: string,
    since: Date,
    acting?: Acting,
    progress?: (recovered: number) => void,
  ): Promise<{ recovered: number }> {
    const { webhook, wanted, sinceMs } = await this.whatToRecover(scope, webhookId, since);
    const parts: Part[] = [
      (manager, after) =>
        webhook.transport === 'pull'
          ? offerDeliveries(manager, webhook.id, sinceMs, after)
          : reviveDeliveries(manager, webhook.id, sinceMs, after, this.clock.now()),
      async (manager, after) => {
        const { events, lastEventId } = await missedEvents(manager, webhook, wanted, sinceMs, after);
        return { count: await insertMissedDeliveries(manager, webhook, events, this.clock), lastEventId };
      },
    ];
    const recovered =
      webhook.ordering === 'none'
        ? await this.inBatches(webhook.id, parts, progress)
        : await this.atOnce(webhook.id, parts);
    const of = { webhookId, contractId: webhook.contractId, at: this.clock.now(), by: acting?.by ?? null };
    this.lifecycle.tell({ ...of, type: 'webhook.recovered', since: sinceMs, recovered });
    return { recovered };
  }

  /**
   * What {@link recover} would send, without sending it; of a webhook that is switched off, too.
   *
   * @param since at most `retentionDays` ago
   * @throws WebhookNotFoundError, InvalidInputError
   */
  async previewRecovery(scope: ContractScope, webhookId: string, since: Date): Promise<RecoveryPreview> {
    const { webhook, wanted, sinceMs } = await this.whatToRecover(scope, webhookId, since);
    const { manager } = this.dataSource;
    const failed = await stepping((after) => countUnsuccessful(manager, webhook.id, sinceMs, after));
    let olderThanWebhook = 0;
    const missed = await stepping(async (after) => {
      const { events, lastEventId } = await missedEvents(manager, webhook, wanted, sinceMs, after);
      olderThanWebhook += events.filter(({ createdAt }) => createdAt < webhook.createdAt).length;
      return { count: events.length, lastEventId };
    });
    return { deliveries: failed + missed, failed, missed, olderThanWebhook };
  }

  private async whatToRecover(scope: ContractScope, webhookId: string, since: Date) {
    const sinceMs = this.requireWithinRetention(since);
    const webhook = await findWebhook(this.dataSource.manager, scope, webhookId);
    const { eventTypes, filters } = webhook;
    const types = this.catalog.canonicalTypesOf(eventTypes);
    return { webhook, sinceMs, wanted: { types, interest: this.catalog.interest(eventTypes, filters) } };
  }

  /** Each step is a transaction of its own, so that lanes begin with the first while the last is still written. */
  private async inBatches(
    webhookId: string,
    parts: Part[],
    progress?: (recovered: number) => void,
  ): Promise<number> {
    let total = 0;
    for (const part of parts) {
      await stepping(async (after) => {
        const step = await inTransaction(this.dataSource, async (manager) => {
          await requireActive(manager, webhookId);
          return part(manager, after);
        });
        if (step.count > 0) this.lanes.wake([webhookId]);
        total += step.count;
        progress?.(total);
        return step;
      });
    }
    return total;
  }

  /** One transaction, since a lane that keeps an order must not see a part of what it has to bring in order. */
  private async atOnce(webhookId: string, parts: Part[]): Promise<number> {
    const total = await inTransaction(this.dataSource, async (manager) => {
      await requireActive(manager, webhookId);
      let written = 0;
      for (const part of parts) written += await stepping((after) => part(manager, after));
      return written;
    });
    if (total > 0) this.lanes.wake([webhookId]);
    return total;
  }

  private requireWithinRetention(since: Date): number {
    const sinceMs = since.getTime();
    const now = this.clock.now();
    const oldest = now - this.options.retentionDays * DAY_MS;
    if (sinceMs >= oldest && sinceMs <= now) return sinceMs;
    const reason = Number.isNaN(sinceMs)
      ? 'is not a time'
      : `${since.toISOString()} is ${sinceMs > now ? 'in the future' : 'longer ago than deliveries are kept'}`;
    const expected = `send a time between ${new Date(oldest).toISOString()} and now`;
    throw new InvalidInputError([{ field: 'since', reason, expected }]);
  }
}

async function stepping(next: (afterEventId: string) => Promise<CountedStep>): Promise<number> {
  let total = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const step: CountedStep = await next(after);
    total += step.count;
    after = step.lastEventId;
  }
  return total;
}

/** Locks the webhook as it is until the transaction ends: what is made due must not outlive a deactivation. */
async function requireActive(manager: EntityManager, webhookId: string): Promise<Webhook> {
  const webhook = await findHeld(manager, Webhook, { id: webhookId });
  if (webhook?.status === 'active') return webhook;
  if (!webhook || webhook.status === 'deleted') {
    throw new StateConflictError(
      'WEBHOOK_GONE',
      'The webhook of this delivery was deleted, so nothing can be sent to it.',
    );
  }
  throw new StateConflictError(
    'WEBHOOK_NOT_ACTIVE',
    `The webhook ${webhookId} is ${webhook.status}. Activate it first, then send again.`,
  );
}

/** What a person asks for is sent, whatever newer one might stand for it. */
async function makeDue(manager: EntityManager, deliveryId: string, now: number): Promise<void> {
  if (!isPostgres(manager)) return makeDuePortably(manager, deliveryId, now);
  // A record that is being written would end the delivery between the two statements, and both would miss it.
  await manager.query('SELECT 1 FROM webhook_delivery WHERE id = $1 FOR UPDATE', [deliveryId]);
  const restarted: unknown[] = await manager.query(
    `WITH restarted AS (
       UPDATE webhook_delivery AS delivery SET ${newBudget('$2')}, coalesce_key = NULL WHERE id = $1 AND status <> 'pending' RETURNING 1
     ) SELECT 1 FROM restarted`,
    [deliveryId, now],
  );
  if (restarted.length > 0) return;
  await manager.query(
    `UPDATE webhook_delivery SET due_at = $2, trigger = 'manual', coalesce_key = NULL WHERE id = $1 AND status = 'pending'`,
    [deliveryId, now],
  );
}

function eventGone(): StateConflictError {
  const message =
    'The event of this delivery is older than the retention and was removed, so it cannot be sent again.';
  return new StateConflictError('EVENT_GONE', message);
}
