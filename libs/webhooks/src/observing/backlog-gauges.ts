import { Logger } from '@nestjs/common';
import type { Gauge } from 'prom-client';

import type { Backlog } from './backlog.js';
import type { Metrics } from './metrics-registry.js';

interface Value<Label extends string> {
  labels?: Partial<Record<Label, string>>;
  value: number;
}

type Read = () => Promise<Value<string>[]>;

/** A scrape has other figures to bring home as well. */
const PATIENCE_MS = 3_000;

/** On the gauge itself, where another copy of the package finds it. */
const READERS = Symbol.for('nestjs-booking-webhooks.gauge-readers');

/**
 * Gauges that ask the database when they are scraped, and only then. While it does not answer they have no value: a last
 * known one would look like all is well. Of several applications that share a registry, they show the one started last.
 */
export class BacklogGauges {
  private readonly logger = new Logger(BacklogGauges.name);
  private readonly ends: (() => void)[] = [];
  private failing = false;

  constructor(
    private readonly metrics: Metrics,
    backlog: Backlog,
  ) {
    const ofLanes = async (figure: 'count' | 'lagSeconds') => {
      const lanes = await backlog.lanes();
      return (['awake', 'slowed'] as const).map((state) => {
        const { count, lagMs } = lanes[state];
        return { labels: { state }, value: figure === 'count' ? count : lagMs / 1_000 };
      });
    };
    this.add(
      'webhooks_due_lag_seconds',
      'Age of the oldest due delivery: of lanes that are awake, and of those that their receivers slow down.',
      ['state'],
      () => ofLanes('lagSeconds'),
    );
    this.add(
      'webhooks_lanes',
      'Lanes with due deliveries: awake, or slowed by a receiver that fails or a limit of its own.',
      ['state'],
      () => ofLanes('count'),
    );
    this.add(
      'webhooks_relay_lag_seconds',
      'Age of the oldest committed event that is not fanned out.',
      [],
      async () => [{ value: (await backlog.relayLagMs()) / 1_000 }],
    );
    this.add('webhooks_held_deliveries', 'Deliveries held for a recovery, up to 100000.', [], async () => [
      { value: await backlog.held() },
    ]);
    this.add('webhooks_registered', 'Webhooks, by status.', ['status'], async () =>
      Object.entries(await backlog.webhooks()).map(([status, value]) => ({ labels: { status }, value })),
    );
  }

  stop(): void {
    // Once: an application may be closed twice, and the readers that are left then are others'.
    for (const end of this.ends.splice(0)) end();
  }

  private add(name: string, help: string, labelNames: string[], read: Read): void {
    const gauge: Gauge = this.metrics.gauge(name, help, labelNames, () => this.collect(gauge));
    const readers = readersOf(gauge);
    readers.push(read);
    this.ends.push(() => {
      readers.splice(readers.indexOf(read), 1);
      if (readers.length === 0) clear(gauge);
    });
  }

  /** Of the application that made the gauge, for whichever of those that share it asks last. */
  private async collect(gauge: Gauge): Promise<void> {
    const read = readersOf(gauge).at(-1);
    if (!read) return;
    try {
      const values = await within(PATIENCE_MS, read());
      clear(gauge);
      for (const { labels = {}, value } of values) gauge.set(labels, value);
      this.failing = false;
    } catch (error) {
      clear(gauge);
      if (!this.failing) this.logger.warn(`Gauges have no value while the database fails: ${String(error)}`);
      this.failing = true;
    }
  }
}

function readersOf(gauge: Gauge & { [READERS]?: Read[] }): Read[] {
  return (gauge[READERS] ??= []);
}

/** A reset would show 0, which is a value. */
function clear(gauge: Gauge & { labelNames?: string[] }): void {
  if ((gauge.labelNames ?? []).length > 0) gauge.reset();
  else gauge.remove();
}

async function within<Result>(ms: number, result: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${ms} ms`)), ms);
  });
  return Promise.race([result, late]).finally(() => clearTimeout(timer));
}
