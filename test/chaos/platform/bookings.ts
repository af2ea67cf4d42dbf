import { randomUUID } from 'node:crypto';

import type { WebhooksService } from 'nestjs-booking-webhooks';
import { bookingUpdated } from 'nestjs-booking-webhooks';
import type { DataSource, EntityManager } from 'typeorm';

import { ChaosBooking, ChaosChange } from './change.entity.js';

/** The business asked for the rollback. */
export class ChangedMind extends Error {}

/** The platform's own service, as a host's developer would write it. */
export class Bookings {
  /** The longest time that `publish` took, in ms. */
  worstPublishMs = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly webhooks: WebhooksService,
    private readonly publishesOutside = false,
  ) {}

  /** Changes a booking and tells the partner, in one transaction that the `after` step can still roll back. */
  change(contract: string, booking: string, after: (manager: EntityManager) => Promise<void>): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await this.changeIn(manager, contract, booking);
      await after(manager);
    });
  }

  /** The same inside a savepoint of a transaction under way. */
  changeInSavepoint(manager: EntityManager, contract: string, booking: string, mind: 'kept' | 'changed') {
    return manager.transaction(async (savepoint) => {
      await this.changeIn(savepoint, contract, booking);
      if (mind === 'changed') throw new ChangedMind();
    });
  }

  private async changeIn(manager: EntityManager, contract: string, booking: string): Promise<void> {
    const id = `${contract}/${booking}`;
    await manager.query(
      `INSERT INTO chaos_booking (id, contract, changes) VALUES ($1, $2, 0) ON CONFLICT (id) DO NOTHING`,
      [id, contract],
    );
    const found = await manager.findOneOrFail(ChaosBooking, {
      where: { id },
      lock: { mode: 'pessimistic_write' },
    });
    const number = found.changes + 1;
    const key = `${id}/${number}/${randomUUID()}`;
    await manager.update(ChaosBooking, { id }, { changes: number });
    await manager.insert(ChaosChange, { key, contract, booking: id, number });
    await this.tell(manager, contract, id, key, number);
  }

  private async tell(manager: EntityManager, contract: string, id: string, key: string, number: number) {
    const event = bookingUpdated({
      contractId: contract,
      resourceKey: `booking:${id}`,
      data: { booking: { id, status: 'CONFIRMED', notes: `change ${number}` }, changeKey: key },
    });
    const startedAt = performance.now();
    await this.webhooks.publish(event, this.publishesOutside ? {} : { manager });
    this.worstPublishMs = Math.max(this.worstPublishMs, performance.now() - startedAt);
  }
}
