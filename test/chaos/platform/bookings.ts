import { randomUUID } from 'node:crypto';

import type { WebhooksService } from 'nestjs-booking-webhooks';
import { bookingUpdated } from 'nestjs-booking-webhooks';
import type { DataSource, EntityManager } from 'typeorm';

import { ChaosChange } from './change.entity.js';

const IMPORTED_AT_ONCE = 500;

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

  /** So many changes of bookings of their own, in as few transactions as a data import would take. */
  async changeMany(contract: string, count: number): Promise<void> {
    for (let left = count; left > 0; left -= IMPORTED_AT_ONCE) {
      const bookings = Array.from(
        { length: Math.min(left, IMPORTED_AT_ONCE) },
        () => `${contract}/${randomUUID()}`,
      );
      await this.dataSource.transaction(async (manager) => {
        const changes = bookings.map((booking) => ({
          key: `${booking}/1/${unique()}`,
          contract,
          booking,
          number: 1,
        }));
        await manager.insert(ChaosChange, changes);
        const events = changes.map(({ booking, key }) => changed(contract, booking, key, 1));
        await this.webhooks.publish(events, { manager });
      });
    }
  }

  /** One statement, which keeps the booking's row locked until the transaction ends. */
  private async changeIn(manager: EntityManager, contract: string, booking: string): Promise<void> {
    const id = `${contract}/${booking}`;
    const [change]: { key: string; number: number }[] = await manager.query(
      `WITH changed AS (
         INSERT INTO chaos_booking AS booking (id, contract, changes) VALUES ($1::text, $2::text, 1)
         ON CONFLICT (id) DO UPDATE SET changes = booking.changes + 1 RETURNING changes
       )
       INSERT INTO chaos_change (key, contract, booking, number)
       SELECT $1::text || '/' || changes || '/' || $3, $2, $1, changes FROM changed RETURNING key, number`,
      [id, contract, unique()],
    );
    if (change) await this.tell(manager, contract, id, change.key, change.number);
  }

  private async tell(manager: EntityManager, contract: string, id: string, key: string, number: number) {
    const event = changed(contract, id, key, number);
    const startedAt = performance.now();
    await this.webhooks.publish(event, this.publishesOutside ? {} : { manager });
    this.worstPublishMs = Math.max(this.worstPublishMs, performance.now() - startedAt);
  }
}

/** A key's end: with the time, so that a ledger tells how long a change took to arrive. */
function unique(): string {
  return `${randomUUID()}@${Date.now()}`;
}

function changed(contractId: string, id: string, changeKey: string, number: number) {
  return bookingUpdated({
    contractId,
    resourceKey: `booking:${id}`,
    data: { booking: { id, status: 'CONFIRMED', notes: `change ${number}` }, changeKey },
  });
}
