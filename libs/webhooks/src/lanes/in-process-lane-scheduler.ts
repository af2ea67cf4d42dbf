import { Inject } from '@nestjs/common';

import type { Clock } from '../webhooks.clock.js';
import { WEBHOOKS_CLOCK } from '../webhooks.tokens.js';
import type { LaneScheduler, LaneWork } from './lane-scheduler.js';

/** A turn can still be asked for while one is under way; the lane then takes another one after it. */
type LaneState = 'waiting' | 'working' | 'working and woken';

/** setTimeout's limit; a lane due later is looked at again then. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Lanes on timers and a map: for one process without Redis. A restart loses its wakes, and the sweep finds the rows. */
export class InProcessLaneScheduler implements LaneScheduler {
  private readonly lanes = new Map<string, LaneState>();
  private readonly line: string[] = [];
  private readonly laters = new Map<string, { at: number; timer: NodeJS.Timeout }>();
  private readonly turns = new Set<Promise<void>>();
  private work_: { work: LaneWork; concurrency: number } | undefined;
  private stopped = false;

  constructor(@Inject(WEBHOOKS_CLOCK) private readonly clock: Clock) {}

  wake(laneIds: readonly string[]): void {
    for (const laneId of laneIds) this.wakeOne(laneId);
    this.start();
  }

  /** Nothing swallows a wake here. */
  wakeUnheard(laneIds: readonly string[]): void {
    this.wake(laneIds);
  }

  work(work: LaneWork, concurrency: number): Promise<void> {
    this.work_ = { work, concurrency };
    this.start();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const { timer } of this.laters.values()) clearTimeout(timer);
    this.laters.clear();
    await Promise.all(this.turns);
  }

  private wakeOne(laneId: string): void {
    const state = this.lanes.get(laneId);
    if (state === undefined) {
      this.lanes.set(laneId, 'waiting');
      this.line.push(laneId);
    } else if (state === 'working') {
      this.lanes.set(laneId, 'working and woken');
    }
  }

  private start(): void {
    while (this.work_ && !this.stopped && this.turns.size < this.work_.concurrency) {
      const laneId = this.line.shift();
      if (laneId === undefined) return;
      const turn = this.turn(laneId, this.work_.work);
      this.turns.add(turn);
      void turn.finally(() => {
        this.turns.delete(turn);
        this.start();
      });
    }
  }

  private async turn(laneId: string, work: LaneWork): Promise<void> {
    this.lanes.set(laneId, 'working');
    await work.turn(laneId);
    if (this.stopped) return;
    const nextAt = await work.nextTurnAt(laneId, this.lanes.get(laneId) === 'working and woken');
    const woken = this.lanes.get(laneId) === 'working and woken';
    this.lanes.delete(laneId);
    if (woken || (nextAt !== undefined && nextAt <= this.clock.now())) this.wakeOne(laneId);
    else if (nextAt !== undefined) this.wakeLater(laneId, nextAt);
  }

  private wakeLater(laneId: string, at: number): void {
    const known = this.laters.get(laneId);
    if (this.stopped || (known && known.at <= at)) return;
    clearTimeout(known?.timer);
    const delay = Math.min(Math.max(at - this.clock.now(), 1), LONGEST_TIMER_MS);
    const timer = setTimeout(() => {
      this.laters.delete(laneId);
      this.wake([laneId]);
    }, delay);
    timer.unref();
    this.laters.set(laneId, { at, timer });
  }
}
