import { Inject, Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

import { Backlog } from '../observing/backlog.js';
import { optionalPackage } from '../optional-package.js';
import { WebhooksConfigurationError } from '../webhooks.errors.js';
import { WakeQueue } from './wake-queue.js';

/** From when on an application is not healthy any more. */
export interface WebhooksHealthBounds {
  /** Age of the oldest due delivery that nothing but the engine keeps waiting. @default 60000 */
  maxDueLagMs?: number;
  /** Age of the oldest committed event that is not fanned out. @default 60000 */
  maxRelayLagMs?: number;
}

/** What terminus's health checks take: the key, `up` or `down`, and the figures. */
export type WebhooksHealth<Key extends string> = Record<
  Key,
  { status: 'up' | 'down' } & Record<string, unknown>
>;

const PATIENCE_MS = 3_000;

/**
 * For a health check of `@nestjs/terminus`, whose `TerminusModule` the host imports. Inject it into a controller of yours:
 * `health.check([() => webhooks.isHealthy('webhooks')])`. It answers for the engine as a whole, from any process: as a check of
 * readiness or for an alarm, not as one that restarts the process.
 */
@Injectable()
export class WebhooksHealthIndicator {
  private readonly logger = new Logger(WebhooksHealthIndicator.name);

  constructor(
    @Inject(ModuleRef) private readonly modules: ModuleRef,
    @Inject(Backlog) private readonly backlog: Backlog,
    @Inject(WakeQueue) private readonly queue: WakeQueue,
  ) {}

  /**
   * Down when the database or Redis does not answer, the queue is paused, or due deliveries or events wait for longer than their
   * bound. Receivers that fail do not count.
   *
   * @throws WebhooksConfigurationError `PACKAGE_MISSING` or `NO_TERMINUS`
   */
  async isHealthy<const Key extends string = 'webhooks'>(
    key: Key = 'webhooks' as Key,
    { maxDueLagMs = 60_000, maxRelayLagMs = 60_000 }: WebhooksHealthBounds = {},
  ): Promise<WebhooksHealth<Key>> {
    const check = (await this.indicators()).check(key);
    const [rows, redis] = await Promise.all([this.rows(), this.queue.state()]);
    const facts = { ...rows, ...(redis === undefined ? {} : { redis }) };
    const faults = [
      ...(rows ? [] : ['The database does not answer.']),
      ...(redis === 'down' ? ['Redis does not answer: only the sweep wakes lanes, late.'] : []),
      ...(redis === 'paused' ? ['The queue is paused: no lane is worked. Resume it.'] : []),
      ...(rows && rows.dueLagMs > maxDueLagMs ? ['Due deliveries wait: are there workers enough?'] : []),
      ...(rows && rows.relayLagMs > maxRelayLagMs
        ? ['Events wait to be fanned out: does a worker run?']
        : []),
    ];
    if (faults.length === 0) return check.up(facts);
    return check.down({ ...facts, message: faults.join(' ') });
  }

  /** Undefined when the database does not answer. */
  private async rows(): Promise<{ dueLagMs: number; relayLagMs: number } | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      const figures = Promise.all([this.backlog.lanes(), this.backlog.relayLagMs()]);
      const [{ awake }, relayLagMs] = await Promise.race([figures, late]);
      return { dueLagMs: awake.lagMs, relayLagMs };
    } catch (error) {
      // Its words, an address among them, are not for everyone who may ask for the health.
      this.logger.warn(`The health check could not read the rows: ${String(error)}`);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The host's, from its TerminusModule: looked for when it is asked for, since hosts without health checks have none. */
  private async indicators() {
    const subject = WebhooksHealthIndicator.name;
    const terminus = await optionalPackage('@nestjs/terminus', subject, () => import('@nestjs/terminus'));
    try {
      return this.modules.get(terminus.HealthIndicatorService, { strict: false });
    } catch {
      throw new WebhooksConfigurationError(
        'NO_TERMINUS',
        subject,
        `${subject} needs the TerminusModule of @nestjs/terminus. Import it in the module of your health controller.`,
      );
    }
  }
}
