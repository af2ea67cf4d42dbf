import { Inject, Injectable, Logger } from '@nestjs/common';

import { isPaused, isProbing } from '../retrying/lane-health.js';
import { firstOf } from '../retrying/ordering.js';
import { nextSendAt, startsLeft, stillCounting } from '../retrying/rate-limit.js';
import type { Clock } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import type { Webhook } from '../webhooks/webhook.entity.js';
import type { LaneClaim, Pace } from './lane-claims.js';
import { LaneClaims } from './lane-claims.js';
import type { DueDelivery } from './lane-reader.js';
import { LaneReader } from './lane-reader.js';
import type { LaneWork } from './lane-scheduler.js';
import { OrderedSlices } from './ordered-slices.js';
import type { Reading } from './slice-lines.js';
import { Slice, SliceWorker } from './slice-worker.js';
import { Superseding } from './superseding.js';
import { WebhookDisabler } from './webhook-disabler.js';

/** How long a lane waits when its turn failed, or the database could not be asked when the next one is. */
const AFTER_FAILURE_MS = 5_000;

/** Deliveries that a turn reads at a time. */
const READ_AT_ONCE = 100;
const NOTHING: Reading = { lines: [], full: false };

/** How long a lane's end waits for other lanes' ends, to share their statements. */
const COMPANY_MS = 10;

/** A lane's turn: claim it, read its webhook anew, work a slice of what is due, give it back. */
@Injectable()
export class LaneTurn implements LaneWork {
  private readonly logger = new Logger(LaneTurn.name);
  /** Until they are asked for their next turn. */
  private readonly failed = new Set<string>();
  private stopping = false;
  private working = 0;

  constructor(
    @Inject(LaneClaims) private readonly claims: LaneClaims,
    @Inject(LaneReader) private readonly reader: LaneReader,
    @Inject(OrderedSlices) private readonly ordered: OrderedSlices,
    @Inject(Superseding) private readonly superseding: Superseding,
    @Inject(SliceWorker) private readonly slices: SliceWorker,
    @Inject(WebhookDisabler) private readonly disabler: WebhookDisabler,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
  ) {}

  /** From now on turns start no further attempts; those under way finish. */
  stopStarting(): void {
    this.stopping = true;
    this.slices.stopStarting();
  }

  async turn(webhookId: string): Promise<void> {
    if (this.stopping) return;
    this.working += 1;
    try {
      const claim = await this.claims.claim(webhookId);
      if (claim) await this.work(claim);
    } catch (error) {
      // The rows are as they were: the lane is worked again when its lease has ended.
      this.failed.add(webhookId);
      this.logger.error(`The turn of lane ${webhookId} failed: ${String(error)}`);
    } finally {
      this.working -= 1;
    }
  }

  async nextTurnAt(webhookId: string, woken: boolean): Promise<number | undefined> {
    // A database that reads but does not write (its disk is full, it is a standby) would say "at once", again and again.
    if (this.failed.delete(webhookId)) return this.clock.now() + AFTER_FAILURE_MS;
    try {
      return await this.reader.nextTurnAt(webhookId, this.working > 0 && !woken ? COMPANY_MS : 0);
    } catch (error) {
      this.logger.error(`Looking for the next turn of lane ${webhookId} failed: ${String(error)}`);
      return this.clock.now() + AFTER_FAILURE_MS;
    }
  }

  private async work(claim: LaneClaim): Promise<void> {
    const paused = isPaused(claim.health, this.clock.now());
    // At once, since one waits for the other for longer than it costs to drop a slice that the webhook's state forbids.
    const [webhook, due] = await Promise.all([
      this.reader.webhook(claim.webhookId),
      paused ? [] : this.reader.slice(claim.webhookId, this.limit(claim)),
    ]);
    if (webhook?.status !== 'active') {
      if (webhook) await this.disabler.settlePending(webhook.id);
      else await this.disabler.cancelOrphans(claim.webhookId);
      await this.release(claim, webhook);
    } else if (paused) {
      await this.release(claim, webhook);
    } else {
      const slice = await this.workSlice(claim, webhook, due);
      // A lane whose results could not be recorded keeps its lease until it runs out: sending them again at once, and
      // again, would be the receiver's burden.
      if (!slice.lost) await this.release(claim, webhook, slice);
    }
  }

  private release(claim: LaneClaim, webhook?: Webhook, slice?: Slice): Promise<void> {
    const finding = webhook && slice && { health: slice.health, changeSeq: webhook.changeSeq };
    const pace = this.pace(claim, webhook?.maxPerSecond ?? null, slice?.starts);
    return this.claims.release(claim, finding, pace, this.working > 1 ? COMPANY_MS : 0);
  }

  /** A killed worker leaves no pace behind. Its lease does instead: it outlasts the second of its last attempt. */
  private pace(claim: LaneClaim, maxPerSecond: number | null, starts: number[] = []): Pace | undefined {
    if (maxPerSecond === null) return undefined;
    const now = this.clock.now();
    const recentStarts = stillCounting([...claim.recentStarts, ...starts], now);
    return { recentStarts, nextSendAt: nextSendAt(recentStarts, maxPerSecond, now) };
  }

  private async workSlice(claim: LaneClaim, webhook: Webhook, due: DueDelivery[]): Promise<Slice> {
    const slice = new Slice(claim, webhook, this.clock.now() + this.options.sliceMs);
    const first = await this.reading(slice, due, this.limit(claim));
    await this.slices.work(slice, first, () => this.more(slice));
    return slice;
  }

  /**
   * A busy lane goes on with what has come while it worked, up to the bounds of one turn: giving it back and claiming it
   * again would cost more than its deliveries. Where anything has failed or changed, the next turn looks at it anew.
   */
  private async more(slice: Slice): Promise<Reading> {
    const { webhook, taken, recorded } = slice;
    const left = this.options.sliceSize - taken.size;
    const healthy =
      !slice.lost && slice.disabledReason === undefined && slice.health.consecutiveFailures === 0;
    const goesOn = healthy && taken.size > 1 && left > 0 && webhook.maxPerSecond === null;
    if (!goesOn || this.stopping || this.clock.now() >= slice.endsAt) return NOTHING;
    // What is not recorded yet looks due, and is read once more.
    const limit = Math.min(left, READ_AT_ONCE) + taken.size - recorded;
    const [current, due] = await Promise.all([
      this.reader.webhook(webhook.id),
      this.reader.slice(webhook.id, limit),
    ]);
    if (current?.changeSeq !== webhook.changeSeq) return NOTHING;
    return this.reading(slice, due, limit);
  }

  private limit(claim: LaneClaim): number {
    return isProbing(claim.health) ? 1 : Math.min(this.options.sliceSize, READ_AT_ONCE);
  }

  /** @param due what may be sent if the webhook asks for no order and no pace, of which `limit` were asked for */
  private async reading(slice: Slice, due: DueDelivery[], limit: number): Promise<Reading> {
    const { claim, webhook, taken } = slice;
    const coalesces = webhook.coalesceMs !== null;
    const newest = coalesces && due.length > 0 ? await this.superseding.newest(claim) : due;
    const sendable = newest.filter(({ id }) => !taken.has(id)).slice(0, limit);
    const lines = await this.lines(claim, webhook, sendable);
    for (const { id } of lines.flat()) taken.add(id);
    const takesAll = webhook.ordering === 'none' && webhook.maxPerSecond === null && !isProbing(claim.health);
    // Who coalesces does not read ahead: what is under way must not be superseded.
    return { lines, full: takesAll && !coalesces && due.length === limit };
  }

  private async lines(claim: LaneClaim, webhook: Webhook, due: DueDelivery[]): Promise<DueDelivery[][]> {
    const { ordering, maxPerSecond, coalesceMs } = webhook;
    const left =
      maxPerSecond === null ? Infinity : startsLeft(claim.recentStarts, maxPerSecond, this.clock.now());
    const limit = Math.min(due.length, left);
    if (limit === 0) return [];
    if (ordering === 'none') return due.slice(0, limit).map((delivery) => [delivery]);
    if (coalesceMs === null) return this.ordered.lines(claim, limit);
    return firstOf(untilOthers(await this.ordered.lines(claim, Infinity), due), limit);
  }
}

/** Each line until one that is not among them: what is behind that has to wait for it. */
function untilOthers(lines: DueDelivery[][], sendable: DueDelivery[]): DueDelivery[][] {
  const ids = new Set(sendable.map(({ id }) => id));
  return lines
    .map((line) => {
      const other = line.findIndex(({ id }) => !ids.has(id));
      return other < 0 ? line : line.slice(0, other);
    })
    .filter((line) => line.length > 0);
}
