import { setTimeout as delay } from 'node:timers/promises';

import { ChangedMind } from './bookings.js';
import type { Bookings } from './bookings.js';
import type { PlatformReport, Traffic } from './platform-settings.js';

const AFTER_ERROR_MS = 200;

/** Runs the platform's business: transactions without an end, or so many of them. */
export class Business {
  readonly counts = { transactions: 0, rolledBack: 0, failed: 0, worstTransactionMs: 0 };
  private started = 0;
  private startedAt = 0;

  constructor(
    private readonly bookings: Bookings,
    private readonly traffic: Traffic,
  ) {}

  get report(): Pick<PlatformReport, keyof Business['counts'] | 'worstPublishMs'> {
    return { ...this.counts, worstPublishMs: this.bookings.worstPublishMs };
  }

  async run(): Promise<void> {
    this.startedAt = performance.now();
    await Promise.all(Array.from({ length: this.traffic.parallel }, () => this.runOne()));
  }

  private async runOne(): Promise<void> {
    const { transactions = Infinity, perSecond } = this.traffic;
    while (this.started < transactions) {
      this.started += 1;
      if (perSecond > 0) {
        const early = this.startedAt + (this.started / perSecond) * 1_000 - performance.now();
        if (early > 0) await delay(early);
      }
      await this.transaction();
    }
  }

  private async transaction(): Promise<void> {
    const { rollbackShare = 0, savepointShare = 0 } = this.traffic;
    const startedAt = performance.now();
    try {
      const [contract, booking] = [this.anyContract(), this.anyBooking()];
      await this.bookings.change(contract, booking, async (manager) => {
        if (Math.random() < savepointShare) {
          const mind = Math.random() < 0.5 ? 'kept' : 'changed';
          // Another booking, and the greater one: two transactions must not wait for each other in a ring.
          await this.bookings
            .changeInSavepoint(manager, contract, `${booking}+`, mind)
            .catch(passChangedMind);
        }
        if (Math.random() < rollbackShare) throw new ChangedMind();
      });
    } catch (error) {
      if (error instanceof ChangedMind) this.counts.rolledBack += 1;
      else {
        this.counts.failed += 1;
        if (process.env.DEBUG) console.error(error);
        await delay(AFTER_ERROR_MS);
      }
    }
    this.counts.transactions += 1;
    this.counts.worstTransactionMs = Math.max(this.counts.worstTransactionMs, performance.now() - startedAt);
  }

  private anyContract(): string {
    const { contracts } = this.traffic;
    return contracts[Math.floor(Math.random() * contracts.length)] ?? 'C-1';
  }

  private anyBooking(): string {
    return `B-${Math.floor(Math.random() * this.traffic.bookings)}`;
  }
}

function passChangedMind(error: unknown): void {
  if (!(error instanceof ChangedMind)) throw error;
}
