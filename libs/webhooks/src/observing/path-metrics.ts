import type { Counter, Histogram } from 'prom-client';

import type { DeliveryStatus } from '../deliveries/webhook-delivery.entity.js';
import type { LifecycleEvent } from '../lifecycle/webhook-lifecycle.js';
import type { Metrics } from './metrics-registry.js';
import type { PathWatcher, WatchedAttempt } from './path-watch.js';

/** From a receiver next door to one that takes the whole default deadline, and the longest that is allowed. */
const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 300];

/** Counts what happens in this process. No label has a webhook, a contract or an address in it. */
export class PathMetrics implements PathWatcher {
  private readonly published: Counter<'type'>;
  private readonly relayed: Counter;
  private readonly created: Counter;
  private readonly ended: Counter<'outcome'>;
  private readonly seconds: Histogram<'outcome'>;
  private readonly paused: Counter;
  private readonly disabled: Counter<'reason'>;

  constructor(metrics: Metrics) {
    this.published = metrics.counter(
      'webhooks_events_published_total',
      'Events that publish has stored, those of transactions that were rolled back included.',
      ['type'],
    );
    this.relayed = metrics.counter('webhooks_events_fanned_out_total', 'Committed events fanned out.');
    this.created = metrics.counter(
      'webhooks_deliveries_created_total',
      'Deliveries made by fan-out: one for each event and matching webhook.',
    );
    this.ended = metrics.counter(
      'webhooks_deliveries_total',
      'Deliveries that came to an end: succeeded, exhausted (the retries are spent) or held (the webhook was disabled).',
      ['outcome'],
    );
    this.seconds = metrics.histogram(
      'webhooks_attempt_duration_seconds',
      'Time that requests to receivers took, by outcome: succeeded, or why they failed.',
      ['outcome'],
      SECONDS,
    );
    this.paused = metrics.counter('webhooks_lane_pauses_total', 'Pauses of lanes whose receivers failed.');
    this.disabled = metrics.counter(
      'webhooks_disabled_total',
      'Webhooks that the engine has disabled, by reason.',
      ['reason'],
    );
    // A rate needs a series from before its first increase.
    for (const outcome of ['succeeded', 'exhausted', 'held']) this.ended.inc({ outcome }, 0);
    for (const reason of ['gone', 'exhausted', 'failures']) this.disabled.inc({ reason }, 0);
    this.seconds.zero({ outcome: 'succeeded' });
  }

  stored(events: readonly { type: string }[]): void {
    for (const { type } of events) this.published.inc({ type });
  }

  fannedOut(events: number, deliveries: number): void {
    this.relayed.inc(events);
    this.created.inc(deliveries);
  }

  attempted({ outcome, durationMs }: WatchedAttempt): void {
    const said = outcome.kind === 'failed' ? outcome.reason : outcome.kind;
    this.seconds.observe({ outcome: said }, durationMs / 1_000);
  }

  recorded(status: DeliveryStatus): void {
    if (status === 'succeeded' || status === 'exhausted') this.ended.inc({ outcome: status });
  }

  /** What the lanes tell the host anyway. */
  heard(event: LifecycleEvent): void {
    if (event.type === 'webhook.paused') this.paused.inc();
    if (event.type !== 'webhook.disabled') return;
    this.disabled.inc({ reason: event.reason });
    this.ended.inc({ outcome: 'held' }, event.held);
  }
}
