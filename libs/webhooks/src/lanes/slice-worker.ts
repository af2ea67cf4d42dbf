import { Inject, Injectable, Logger } from '@nestjs/common';

import type { AttemptKind } from '../deliveries/webhook-attempt.entity.js';
import type { DeliveryStatus } from '../deliveries/webhook-delivery.entity.js';
import { SYSTEM, WebhookLifecycle } from '../lifecycle/webhook-lifecycle.js';
import { PathWatch } from '../observing/path-watch.js';
import { ProfileCatalog } from '../rendering/profile-catalog.js';
import { disables } from '../retrying/disable-rule.js';
import type { LaneHealth } from '../retrying/lane-health.js';
import { afterAttempt, isPaused, isProbing } from '../retrying/lane-health.js';
import { waitIsOver } from '../retrying/ordering.js';
import type { Failed } from '../retrying/outcome.js';
import { decide } from '../retrying/retry-policy.js';
import type { Clock } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import type { DisabledReason, Webhook } from '../webhooks/webhook.entity.js';
import { Attempt } from './attempt.js';
import { EventCache } from './event-cache.js';
import { growingRuns, mayGrow } from './growing-runs.js';
import type { LaneClaim } from './lane-claims.js';
import { LaneNews } from './lane-news.js';
import type { AttemptRecord } from './lane-recorder.js';
import { LaneRecorder } from './lane-recorder.js';
import type { DueDelivery } from './lane-reader.js';
import type { Reading } from './slice-lines.js';
import { SliceLines } from './slice-lines.js';
import { SpareTime } from './spare-time.js';
import { WebhookDisabler } from './webhook-disabler.js';

/** Results of one lane that may wait for their statement at once. */
const UNRECORDED = 50;
/** Lines for each request in flight that are few enough to read the next ones. */
const READ_AHEAD = 4;
/** How long a result waits for its lane's next ones, so that a long slice takes few statements. */
const PATIENCE_MS = 40;

/** One turn's share of a lane, and what it has found out so far. */
export class Slice {
  health: LaneHealth;
  disabledReason: DisabledReason | undefined;
  lastFailure: Failed | undefined;
  /** Set when a result could not be recorded: another worker has the lane, or the database is away. */
  lost = false;

  /** When this turn's attempts started. */
  readonly starts: number[] = [];
  /** Every delivery that the turn was given: what is read again before its result is recorded is not sent again. */
  readonly taken = new Set<string>();
  /** How many of them are recorded. */
  recorded = 0;
  /** By delivery, the results that wait for their statement. */
  readonly recording = new Map<string, Promise<void>>();

  constructor(
    readonly claim: LaneClaim,
    readonly webhook: Webhook,
    /** No attempt starts after this time. */
    readonly endsAt: number,
  ) {
    this.health = claim.health;
  }
}

/** Works a slice: at most the webhook's cap in flight, until the slice is done or there is a reason to stop. */
@Injectable()
export class SliceWorker {
  private readonly logger = new Logger(SliceWorker.name);
  private stopping = false;

  constructor(
    @Inject(EventCache) private readonly events: EventCache,
    @Inject(Attempt) private readonly attempt: Attempt,
    @Inject(LaneRecorder) private readonly recorder: LaneRecorder,
    @Inject(WebhookDisabler) private readonly disabler: WebhookDisabler,
    @Inject(WebhookLifecycle) private readonly lifecycle: WebhookLifecycle,
    @Inject(LaneNews) private readonly news: LaneNews,
    @Inject(ProfileCatalog) private readonly profiles: ProfileCatalog,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(PathWatch) private readonly watch: PathWatch,
    @Inject(SpareTime) private readonly spareTime: SpareTime,
  ) {}

  stopStarting(): void {
    this.stopping = true;
  }

  /** @param more what else is due, asked for when it runs short, or when all results are recorded; none ends the slice */
  async work(slice: Slice, first: Reading, more: () => Promise<Reading>): Promise<void> {
    for (let next = first; next.lines.length > 0; next = await more())
      await this.workLines(slice, next, more);
    await this.tell(slice);
  }

  private async workLines(slice: Slice, first: Reading, more: () => Promise<Reading>): Promise<void> {
    const most = Math.min(slice.webhook.maxInFlight, first.lines.length);
    const lines = new SliceLines(first, READ_AHEAD * most, more);
    const workNext = async (): Promise<boolean> => {
      const line = await lines.next();
      if (line) await this.workLine(slice, line);
      return line !== undefined;
    };
    try {
      await growingRuns(most, workNext, (progress) => mayGrow(progress, this.spareTime.isThere()));
    } finally {
      // The lane is given back only when nothing of it is under way any more.
      await Promise.all(slice.recording.values());
    }
  }

  /** Those behind one that fails stay for a later turn, unless they have waited for as long as they have to. */
  private async workLine(slice: Slice, line: readonly DueDelivery[]): Promise<void> {
    let failing = false;
    for (const [index, delivery] of line.entries()) {
      const { order } = delivery;
      if (failing && order && !waitIsOver(order, this.clock.now(), this.options.orderingMaxWaitMs)) continue;
      // Results wait for their statement while the next requests are sent, but only so many of them: what is sent
      // and not yet recorded is what a kill would send again.
      if (slice.recording.size >= UNRECORDED) await Promise.race(slice.recording.values());
      if (!this.mayStart(slice)) return;
      const status = await this.send(slice, delivery, index < line.length - 1);
      failing ||= status === 'pending';
    }
  }

  private mayStart(slice: Slice): boolean {
    const now = this.clock.now();
    const ended = this.stopping || slice.lost || slice.disabledReason !== undefined;
    return !ended && now < slice.endsAt && !isPaused(slice.health, now);
  }

  /**
   * @param followed whether another one waits for it: its result is recorded first, or a kill would send it again after
   * the other one
   */
  private async send(slice: Slice, delivery: DueDelivery, followed: boolean): Promise<DeliveryStatus> {
    const event = await this.events.get(delivery.eventId);
    if (!event) {
      await this.disabler.cancelWithoutEvent([delivery.id]);
      return 'cancelled';
    }

    const kind = kindOf(slice, delivery);
    const result = await this.attempt.run(slice.webhook, event, {
      deliveryId: delivery.id,
      number: delivery.attemptCount + 1,
      kind,
    });
    slice.starts.push(result.startedAt);
    const now = this.clock.now();
    const { outcome } = result;
    const attemptInBudget = delivery.attemptCount - delivery.attemptsBeforeBudget + 1;
    const firstAttemptAt = delivery.firstAttemptAt ?? result.startedAt;
    const { retryOnError } = slice.webhook;
    const decision = decide({ outcome, attemptInBudget, retryOnError }, this.options, now, Math.random());

    if (outcome.kind === 'failed') slice.lastFailure = outcome;
    slice.health = afterAttempt(slice.health, outcome, result.startedAt, now, this.options);
    const reason = disables({
      outcome,
      decision,
      trigger: delivery.trigger,
      firstAttemptAt,
      attemptInBudget,
      health: slice.health,
      disableAfterFailures: this.profiles.find(slice.webhook.profile)?.disableAfterFailures,
    });
    // A spent budget is none if somebody asks for the delivery again before it is recorded.
    if (reason !== 'exhausted') slice.disabledReason ??= reason;

    const record = { claim: slice.claim, delivery, kind, firstAttemptAt, result, decision };
    const othersCome = slice.starts.length < slice.taken.size && slice.recording.size < UNRECORDED - 1;
    const patienceMs = othersCome && !followed ? PATIENCE_MS : 0;
    const recorded = this.record(slice, record, patienceMs, { type: event.event.type, at: now, reason });
    slice.recording.set(delivery.id, recorded);
    if (followed) await recorded;
    return decision.status;
  }

  /** @param ended what is to be told of the delivery, should it be exhausted */
  private async record(
    slice: Slice,
    record: AttemptRecord,
    patienceMs: number,
    ended: { type: string; at: number; reason: DisabledReason | undefined },
  ): Promise<void> {
    const { delivery } = record;
    try {
      const status = await this.recorder.record(record, patienceMs);
      if (status === undefined) slice.lost = true;
      else this.watch.recorded(status);
      if (status === 'exhausted') {
        slice.disabledReason ??= ended.reason;
        this.tellExhausted(slice.webhook, delivery, ended.type, ended.at);
      }
    } catch (error) {
      slice.lost = true;
      this.logger.error(
        `Delivery ${delivery.id} was attempted but not recorded, and will be sent again: ${String(error)}`,
      );
    } finally {
      slice.recorded += 1;
      slice.recording.delete(delivery.id);
    }
  }

  private async tell(slice: Slice): Promise<void> {
    const { webhook, claim, health, lastFailure } = slice;
    if (slice.lost) return;
    const of = { webhookId: webhook.id, contractId: webhook.contractId, at: this.clock.now(), by: SYSTEM };
    if (slice.disabledReason)
      return this.disabler.disable(webhook, slice.disabledReason, health, lastFailure);
    await this.news.tell(webhook, claim.health, health, lastFailure);
    if (health.pauseCount > claim.health.pauseCount) {
      const { consecutiveFailures } = health;
      this.lifecycle.tell({
        ...of,
        type: 'webhook.paused',
        until: health.pausedUntil ?? of.at,
        consecutiveFailures,
      });
    } else if (health.pauseCount < claim.health.pauseCount) {
      this.lifecycle.tell({ ...of, type: 'webhook.resumed' });
    }
  }

  private tellExhausted(webhook: Webhook, delivery: DueDelivery, eventType: string, at: number): void {
    const { id: deliveryId, eventId } = delivery;
    const { id: webhookId, contractId } = webhook;
    this.lifecycle.tell({
      type: 'delivery.exhausted',
      webhookId,
      contractId,
      at,
      by: SYSTEM,
      deliveryId,
      eventId,
      eventType,
    });
  }
}

function kindOf(slice: Slice, delivery: DueDelivery): AttemptKind {
  return isProbing(slice.health) && delivery.trigger === 'scheduled' ? 'probe' : delivery.trigger;
}
