import type { BeforeApplicationShutdown, MessageEvent } from '@nestjs/common';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Observable } from 'rxjs';
import {
  catchError,
  defer,
  EMPTY,
  exhaustMap,
  finalize,
  from,
  interval,
  map,
  merge,
  ReplaySubject,
  share,
  takeUntil,
  takeWhile,
  tap,
  timer,
} from 'rxjs';
import type { DataSource } from 'typeorm';

import { EventCatalog } from '../catalog/event-catalog.js';
import { TooManyStreamsError } from '../webhooks.errors.js';
import type { ContractScope } from '../webhooks.options.js';
import { LIVE_LIMITS, WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';
import { validated } from '../webhooks/validated.js';
import { findWebhook } from '../webhooks/webhook-rows.js';
import { DeliverySnapshots } from './delivery-snapshots.js';
import { DeliveryFilters } from './list-deliveries.query.js';
import type { DeliverySnapshot } from './live-changes.js';
import { liveMessages } from './live-changes.js';

const filtersInput = validated(DeliveryFilters);

export interface LiveLimits {
  /** Between two looks at the rows of a webhook, however many watch it. */
  pollMs: number;
  /** Between two signs of life; proxies cut connections that are silent. */
  heartbeatMs: number;
  /** A stream ends after this long: its reader asks again, and the host's guards with it. */
  lifetimeMs: number;
  /** Streams that this process keeps open at once. */
  streams: number;
  /** And of one contract, so that one of them cannot take all. */
  streamsPerContract: number;
}

export const DEFAULT_LIVE_LIMITS: LiveLimits = {
  pollMs: 1_000,
  heartbeatMs: 15_000,
  lifetimeMs: 600_000,
  streams: 100,
  streamsPerContract: 20,
};

type Snapshots = Observable<DeliverySnapshot | undefined>;

/** Tells what happens to a webhook's deliveries as it happens, whichever process it happens in. */
@Injectable()
export class LiveDeliveries implements BeforeApplicationShutdown {
  private readonly logger = new Logger(LiveDeliveries.name);
  /** Shared by those who watch the same deliveries. */
  private readonly watched = new Map<string, Snapshots>();
  private readonly open = new Map<ContractScope, number>();
  private readonly reading = new Set<Promise<unknown>>();
  private readonly stopped = new ReplaySubject<void>(1);
  private isFailing = false;

  constructor(
    @Inject(WEBHOOKS_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(DeliverySnapshots) private readonly snapshots: DeliverySnapshots,
    @Inject(LIVE_LIMITS) private readonly limits: LiveLimits,
  ) {}

  /**
   * Messages of the type `deliveries`, each with a {@link DeliverySnapshot}: first the newest deliveries that match, then
   * those that are new or different. They end with the webhook, with the application, and after ten minutes.
   *
   * @throws WebhookNotFoundError, InvalidInputError, TooManyStreamsError
   */
  async watch(
    scope: ContractScope,
    webhookId: string,
    query: DeliveryFilters = {},
  ): Promise<Observable<MessageEvent>> {
    const filters = await filtersInput.read(query, this.catalog);
    const { id } = await findWebhook(this.dataSource.manager, scope, webhookId);
    this.requireRoom(scope);
    return defer(() => {
      this.count(scope, 1);
      return merge(liveMessages(this.watching(id, filters)), this.heartbeat()).pipe(
        takeWhile((message) => message !== undefined),
        takeUntil(merge(this.stopped, timer(this.limits.lifetimeMs))),
        finalize(() => this.count(scope, -1)),
      );
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.next();
    await Promise.allSettled(this.reading);
  }

  private requireRoom(scope: ContractScope): void {
    const total = [...this.open.values()].reduce((sum, count) => sum + count, 0);
    const { streams, streamsPerContract } = this.limits;
    if (total >= streams || (this.open.get(scope) ?? 0) >= streamsPerContract)
      throw new TooManyStreamsError();
  }

  private count(scope: ContractScope, change: number): void {
    const count = (this.open.get(scope) ?? 0) + change;
    if (count > 0) this.open.set(scope, count);
    else this.open.delete(scope);
  }

  private heartbeat(): Observable<MessageEvent> {
    // Nest 11 has no comments; its message without data is one that readers pass over.
    return interval(this.limits.heartbeatMs).pipe(map(() => ({ comment: 'still here' })));
  }

  private watching(webhookId: string, filters: DeliveryFilters): Snapshots {
    const key = JSON.stringify([webhookId, Object.entries(filters).sort()]);
    const known = this.watched.get(key);
    if (known) return known;
    const snapshots = timer(0, this.limits.pollMs).pipe(
      exhaustMap(() => this.read(webhookId, filters)),
      finalize(() => this.watched.delete(key)),
      // Who comes later begins with the latest.
      share({ connector: () => new ReplaySubject(1) }),
    );
    this.watched.set(key, snapshots);
    return snapshots;
  }

  /** A database that is away for a moment ends no stream. */
  private read(webhookId: string, filters: DeliveryFilters): Snapshots {
    const reading = this.snapshots.read(webhookId, filters);
    this.reading.add(reading);
    const done = () => this.reading.delete(reading);
    reading.then(done, done);
    return from(reading).pipe(
      tap(() => (this.isFailing = false)),
      catchError((error: unknown) => {
        if (!this.isFailing)
          this.logger.warn(`Deliveries cannot be read for those who watch: ${String(error)}`);
        this.isFailing = true;
        return EMPTY;
      }),
    );
  }
}
