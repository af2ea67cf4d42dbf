import type { Metric, default as PromClient } from 'prom-client';

import { optionalPackage } from '../optional-package.js';
import { WebhooksConfigurationError } from '../webhooks.errors.js';
import type { MetricsRegistry } from '../webhooks.options.js';

type Client = typeof PromClient;

/** Makes metrics in one registry, or takes those that another module or application has made in it. */
export class Metrics {
  private constructor(
    private readonly client: Client,
    private readonly registry: MetricsRegistry,
  ) {}

  /** @throws WebhooksConfigurationError `PACKAGE_MISSING` */
  static async in(registry: MetricsRegistry | true): Promise<Metrics> {
    const { default: client } = await optionalPackage('prom-client', 'metrics', () => import('prom-client'));
    return new Metrics(client, registry === true ? client.register : registry);
  }

  counter<Label extends string>(name: string, help: string, labelNames: Label[] = []) {
    return this.known(name, () => {
      const { Counter } = this.client;
      return new Counter<Label>({ name, help, labelNames, registers: [] });
    });
  }

  histogram<Label extends string>(name: string, help: string, labelNames: Label[], buckets: number[]) {
    return this.known(name, () => {
      const { Histogram } = this.client;
      return new Histogram<Label>({ name, help, labelNames, buckets, registers: [] });
    });
  }

  /** @param collect fills the gauge whenever it is asked for */
  gauge<Label extends string>(name: string, help: string, labelNames: Label[], collect: () => Promise<void>) {
    return this.known(name, () => {
      const { Gauge } = this.client;
      return new Gauge<Label>({ name, help, labelNames, collect, registers: [] });
    });
  }

  private known<Made extends Metric>(name: string, make: () => Made): Made {
    const known = this.registry.getSingleMetric(name);
    const made = make();
    if (known === undefined) {
      this.registry.registerMetric(made as never);
      return made;
    }
    if (kindOf(known) === kindOf(made)) return known as Made;
    throw new WebhooksConfigurationError(
      'METRIC_NAME_TAKEN',
      name,
      `The registry of the option 'metrics' has a metric '${name}' with other labels or of another kind, which is not this ` +
        "module's. Rename yours, or give the module a registry of its own: metrics: new Registry().",
    );
  }
}

/** By what it says of itself, since another copy of prom-client may have made it. */
function kindOf(metric: unknown): string {
  const { type, labelNames = [] } = metric as { type?: string; labelNames?: string[] };
  return [type, ...labelNames].join(' ');
}
