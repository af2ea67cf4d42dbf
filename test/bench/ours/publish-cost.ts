import { setTimeout as delay } from 'node:timers/promises';

import type { INestApplicationContext } from '@nestjs/common';
import type { DomainEvent } from 'nestjs-booking-webhooks';
import { bookingUpdated, WebhooksService } from 'nestjs-booking-webhooks';
import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

import { bookingData } from '../load/booking-data.js';
import { now } from '../processes/clock.js';

/** Milliseconds of each call, inside the host's transaction: neither BEGIN nor COMMIT is in them. */
export interface PublishCost {
  ours: number[];
  plainSql: number[];
}

const WAKE_MS = 3;

/** Publishes a batch in one transaction and inserts the same rows by hand in the next one, in turn. */
export async function publishCost(
  app: INestApplicationContext,
  batch: number,
  rounds: number,
): Promise<PublishCost> {
  const webhooks = app.get(WebhooksService);
  const cost: PublishCost = { ours: [], plainSql: [] };
  for (let round = 0; round < rounds; round += 1) {
    const events = Array.from({ length: batch }, (_, index) =>
      bookingUpdated({ contractId: 'C-none', data: bookingData(`B-${round}-${index}`) }),
    );
    const publishing = async () =>
      cost.ours.push(await inTransaction(app, (manager) => webhooks.publish(events, { manager })));
    const inserting = async () =>
      cost.plainSql.push(await inTransaction(app, (manager) => insertByHand(manager, events)));
    for (const run of round % 2 === 0 ? [publishing, inserting] : [inserting, publishing]) await run();
  }
  return cost;
}

async function inTransaction(
  app: INestApplicationContext,
  work: (manager: EntityManager) => Promise<unknown>,
): Promise<number> {
  const elapsedMs = await app.get(DataSource).transaction(async (manager) => {
    await manager.query('SELECT 1');
    const startedAt = now();
    await work(manager);
    return now() - startedAt;
  });
  // The wake that follows a commit must not fall into the next measurement.
  await delay(WAKE_MS);
  return elapsedMs;
}

/** The row of an event as a host would write it: every column, an id made here, nothing checked. */
function insertByHand(manager: EntityManager, events: DomainEvent[]): Promise<unknown> {
  const at = Date.now();
  const rows = events.map((event) => [
    uuidv7(),
    event.type,
    event.contractId,
    null,
    null,
    at,
    JSON.stringify(event.data),
    null,
    null,
    null,
    null,
    at,
  ]);
  const tuples = rows.map(
    (row, index) => `(${row.map((_, column) => `$${index * row.length + column + 1}`).join(',')})`,
  );
  return manager.query(
    `INSERT INTO webhook_event (id, type, contract_id, resource_key, event_key, occurred_at, data, previous, originator,
       account_context, contact_locales, created_at) VALUES ${tuples.join(',')}`,
    rows.flat(),
  );
}
