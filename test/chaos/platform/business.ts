import { setTimeout as delay } from 'node:timers/promises';

import { ChangedMind } from './bookings.js';
import type { Bookings } from './bookings.js';
import type { PlatformReport, Traffic } from './platform-settings.js';

const AFTER_ERROR_MS = 200;

/** What one transaction does. */
interface Choices {
  contract: string;
  booking: string;
  /** How the change inside a savepoint ends, if there is one. */
  savepoint: 'kept' | 'changed' | undefined;
  rollsBack: boolean;
}

/** Runs the platform's business: transactions without an end, or so many of them. */
export class Business {
  readonly counts = { transactions: 0, rolledBack: 0, failed: 0, worstTransactionMs: 0 };
  private started = 0;
  private startedAt = 0;

  constructor(
    private readonly bookings: Bookings,
    private readonly traffic: Traffic,
    private readonly random: () => number,
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
    const { contract, booking, savepoint, rollsBack } = this.choices();
    const startedAt = performance.now();
    try {
      await this.bookings.change(contract, booking, async (manager) => {
        if (savepoint) {
          // Another booking, and the greater one: two transactions must not wait for each other in a ring.
          await this.bookings
            .changeInSavepoint(manager, contract, `${booking}+`, savepoint)
            .catch(passChangedMind);
        }
        if (rollsBack) throw new ChangedMind();
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

  /** All at once: the n-th transaction does the same each time, whichever ends first. */
  private choices(): Choices {
    const { contracts, bookings, rollbackShare = 0, savepointShare = 0 } = this.traffic;
    const { random } = this;
    const [contract, booking] = [random(), random()];
    const [hasSavepoint, mind] = [random() < savepointShare, random() < 0.5 ? 'kept' : 'changed'] as const;
    return {
      contract: contracts[Math.floor(contract * contracts.length)] ?? 'C-1',
      booking: `B-${Math.floor(booking * bookings)}`,
      savepoint: hasSavepoint ? mind : undefined,
      rollsBack: random() < rollbackShare,
    };
  }
}

function passChangedMind(error: unknown): void {
  if (!(error instanceof ChangedMind)) throw error;
}
