import { Inject, Injectable, Logger } from '@nestjs/common';

import type { LaneScheduler, LaneWork } from '../lanes/lane-scheduler.js';
import { PathWatch } from '../observing/path-watch.js';
import type { Clock } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { LANE_SCHEDULER, WEBHOOKS_CLOCK, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import { FanOut } from './fan-out.js';
import { WaitingEvents } from './waiting-events.js';

/** The relay's own wake: no webhook's id is a word. */
export const RELAY_LANE = 'relay';

/** Moves committed events on: fans them out batch by batch and wakes their lanes. */
@Injectable()
export class Relay implements LaneWork {
  private readonly logger = new Logger(Relay.name);
  private running: Promise<void> | undefined;
  private rungMeanwhile = false;
  private failed = false;
  private stopped = false;

  constructor(
    @Inject(FanOut) private readonly fanOut: FanOut,
    @Inject(WaitingEvents) private readonly waiting: WaitingEvents,
    @Inject(LANE_SCHEDULER) private readonly scheduler: LaneScheduler,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(PathWatch) private readonly watch: PathWatch,
  ) {}

  /** Says that events may be waiting. Returns at once. A process without workers rings for one that has. */
  ring(): void {
    if (!this.options.worker) this.scheduler.wake([RELAY_LANE]);
    else if (!this.stopped) void this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  turn(): Promise<void> {
    return this.run();
  }

  async nextTurnAt(): Promise<number | undefined> {
    if (this.failed) return undefined;
    try {
      return (await this.waiting.any()) ? this.clock.now() : undefined;
    } catch {
      // The sweep rings again.
      return undefined;
    }
  }

  /** One run at a time in a process: a ring that comes meanwhile makes the run look once more before it ends. */
  private run(): Promise<void> {
    this.rungMeanwhile = true;
    this.running ??= this.drain();
    return this.running;
  }

  private async drain(): Promise<void> {
    this.failed = false;
    try {
      while (this.rungMeanwhile && !this.stopped) {
        this.rungMeanwhile = false;
        const { events, deliveries, awake } = await this.fanOut.nextBatch();
        this.scheduler.wake(awake);
        if (events > 0) this.watch.fannedOut(events, deliveries);
        if (events > 0) this.rungMeanwhile = true;
      }
    } catch (error) {
      this.failed = true;
      this.logger.error(`Fanning out failed, the next sweep tries again: ${String(error)}`);
    } finally {
      // Here and not in a later microtask: a ring between the loop's last look and the reset would be lost.
      this.running = undefined;
    }
  }
}
