import type { WebhookLifecycle } from '../lifecycle/webhook-lifecycle.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { AttemptLog } from './attempt-log.js';
import type { Backlog } from './backlog.js';
import { BacklogGauges } from './backlog-gauges.js';
import { Metrics } from './metrics-registry.js';
import { PathMetrics } from './path-metrics.js';
import type { PathWatcher } from './path-watch.js';
import { PathWatch } from './path-watch.js';

/** Those that the options ask for. */
export async function pathWatch(
  { metrics, logAttempts }: ResolvedWebhooksOptions,
  lifecycle: WebhookLifecycle,
  backlog: Backlog,
): Promise<PathWatch> {
  const watchers: PathWatcher[] = [];
  if (metrics !== false) {
    const registry = await Metrics.in(metrics);
    const counted = new PathMetrics(registry);
    lifecycle.subscribe((event) => counted.heard(event));
    watchers.push(counted, new BacklogGauges(registry, backlog));
  }
  if (logAttempts) watchers.push(new AttemptLog());
  return new PathWatch(watchers);
}
