import { Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';

import type { AttemptKind } from '../deliveries/webhook-attempt.entity.js';
import type { DeliveryStatus } from '../deliveries/webhook-delivery.entity.js';
import type { Outcome } from '../retrying/outcome.js';

/** An attempt that has ended, by the facts that may be told: no body, no header, no secret. */
export interface WatchedAttempt {
  webhookId: string;
  eventId: string;
  eventType: string;
  deliveryId: string;
  /** 1 for the delivery's first. */
  number: number;
  kind: AttemptKind;
  /** As it may be shown, with credentials masked. */
  url: string;
  outcome: Outcome;
  durationMs: number;
  /** Hex; absent unless the host traces. */
  traceId?: string;
}

/** Told synchronously as it happens; each method costs the path its own time. */
export interface PathWatcher {
  /** Events were stored, in a transaction that may still be rolled back. */
  stored?(events: readonly { type: string }[]): void;
  /** A batch of events has become so many deliveries, and is committed. */
  fannedOut?(events: number, deliveries: number): void;
  attempted?(attempt: WatchedAttempt): void;
  /** An attempt is recorded; what became of its delivery. */
  recorded?(status: DeliveryStatus): void;
  /** The application ends. */
  stop?(): void;
}

/** Those who watch the data's path. Where nobody does, telling them costs a call, and {@link isWatched} spares what is told. */
export class PathWatch implements Required<Omit<PathWatcher, 'stop'>>, OnModuleDestroy {
  private readonly logger = new Logger(PathWatch.name);

  constructor(private readonly watchers: readonly PathWatcher[] = []) {}

  get isWatched(): boolean {
    return this.watchers.length > 0;
  }

  stored(events: readonly { type: string }[]): void {
    this.tell((watcher) => watcher.stored?.(events));
  }

  fannedOut(events: number, deliveries: number): void {
    this.tell((watcher) => watcher.fannedOut?.(events, deliveries));
  }

  attempted(attempt: WatchedAttempt): void {
    this.tell((watcher) => watcher.attempted?.(attempt));
  }

  recorded(status: DeliveryStatus): void {
    this.tell((watcher) => watcher.recorded?.(status));
  }

  onModuleDestroy(): void {
    this.tell((watcher) => watcher.stop?.());
  }

  private tell(each: (watcher: PathWatcher) => void): void {
    for (const watcher of this.watchers) {
      try {
        each(watcher);
      } catch (error) {
        // The host's logger or registry failed, not the delivery.
        this.logger.error(`Telling of an attempt failed: ${String(error)}`);
      }
    }
  }
}
