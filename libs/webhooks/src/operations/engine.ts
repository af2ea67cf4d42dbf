import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';

import { Relay, RELAY_LANE } from '../fanout/relay.js';
import type { LaneScheduler, LaneWork } from '../lanes/lane-scheduler.js';
import { LaneTurn } from '../lanes/lane-turn.js';
import { Sweep } from '../lanes/sweep.js';
import { Tracing } from '../observing/tracing.js';
import { CommitWatch } from '../outbox/commit-watch.js';
import { DomainEventListener } from '../publishing/domain-event.listener.js';
import { HttpSender } from '../sending/http-sender.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { LANE_SCHEDULER, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';
import { BootChecks } from './boot-checks.js';
import { ClockSync } from './clock-sync.js';
import { Retention } from './retention.js';

/**
 * Starts the parts in the direction of the data and stops them in the same one, so that each finds the ones after it
 * still running. One place for it: Nest promises no order between providers' shutdown hooks.
 */
@Injectable()
export class Engine implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(BootChecks) private readonly checks: BootChecks,
    @Inject(ClockSync) private readonly time: ClockSync,
    @Inject(CommitWatch) private readonly commits: CommitWatch,
    @Inject(DomainEventListener) private readonly listener: DomainEventListener,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(LaneTurn) private readonly lanes: LaneTurn,
    @Inject(Sweep) private readonly sweep: Sweep,
    @Inject(Retention) private readonly retention: Retention,
    @Inject(HttpSender) private readonly sender: HttpSender,
    @Inject(LANE_SCHEDULER) private readonly scheduler: LaneScheduler,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
    @Inject(Tracing) private readonly tracing: Tracing | undefined,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.checks.tablesExist();
    this.time.start();
    this.commits.onCommit(() => this.detached(() => this.relay.ring()));
    await this.listener.start();
    if (!this.options.worker) return;
    await this.scheduler.work(this.workOfLanes(), this.options.concurrency);
    this.sweep.start(() => this.relay.ring());
    this.retention.start();
  }

  /** What is heard is stored, what is sent is recorded; all else waits in its rows for the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.listener.stop();
    await Promise.all([this.sweep.stop(), this.retention.stop(), this.relay.stop(), this.time.stop()]);
    this.lanes.stopStarting();
    await this.scheduler.stop();
    await this.sender.close();
  }

  /** The engine works for everybody: its statements are no part of the trace of whoever rang. */
  private detached<Result>(work: () => Result): Result {
    return this.tracing ? this.tracing.detached(work) : work();
  }

  private workOfLanes(): LaneWork {
    const of = (laneId: string) => (laneId === RELAY_LANE ? this.relay : this.lanes);
    return {
      turn: (laneId) => this.detached(() => of(laneId).turn(laneId)),
      nextTurnAt: (laneId, woken) => of(laneId).nextTurnAt(laneId, woken),
    };
  }
}
