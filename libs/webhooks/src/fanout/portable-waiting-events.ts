import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';

import { dialectOf } from '../database/dialect.js';
import { select, unionAll } from '../database/portable-sql.js';
import { lastChange } from '../lifecycle/change-counter.js';
import { WebhookEvent } from '../outbox/webhook-event.entity.js';
import type { ClaimedEvents } from './waiting-events.js';

/** SQLite joins at most 500 selections. */
const CONTRACTS_PER_STATEMENT = 250;

/** MySQL and MariaDB skip what other relays have in hand; on SQLite there is no other one. */
const SKIPPING = { mysql: 'FOR UPDATE SKIP LOCKED', sqlite: '', postgres: '' };

/** Whether any events wait that no other relay has in hand. */
export async function anyWaiting(manager: EntityManager): Promise<boolean> {
  const rows = await select(
    manager,
    `SELECT id FROM webhook_event WHERE fanned_out_at IS NULL ORDER BY contract_id, id LIMIT 1
     ${SKIPPING[dialectOf(manager)]}`,
    {},
  );
  return rows.length > 0;
}

/** An equal share of `size` for each contract after `after` that has events waiting, oldest first within each. */
export async function claimShares(
  manager: EntityManager,
  after: string,
  size: number,
): Promise<ClaimedEvents> {
  const contracts = await contractsWaiting(manager, after, size);
  const share = Math.floor(size / Math.max(contracts.length, 1));
  const claimed: string[] = [];
  for (let start = 0; start < contracts.length; start += CONTRACTS_PER_STATEMENT)
    claimed.push(...(await shares(manager, contracts.slice(start, start + CONTRACTS_PER_STATEMENT), share)));
  const events = await locked(manager, claimed);
  // After the claim, so that it tells of every webhook whose creation was answered before the events were committed.
  return { events, lastChange: events.length > 0 ? await lastChange(manager) : 0 };
}

async function contractsWaiting(manager: EntityManager, after: string, most: number): Promise<string[]> {
  const rows = await select<{ contract_id: string }>(
    manager,
    `WITH RECURSIVE contract AS (
       SELECT MIN(contract_id) AS contract_id, 1 AS number FROM webhook_event
       WHERE fanned_out_at IS NULL AND contract_id > :after
       UNION ALL
       SELECT (SELECT MIN(next_event.contract_id) FROM webhook_event AS next_event
         WHERE next_event.fanned_out_at IS NULL AND next_event.contract_id > contract.contract_id), contract.number + 1
       FROM contract WHERE contract.contract_id IS NOT NULL AND contract.number < :most
     )
     SELECT contract_id FROM contract WHERE contract_id IS NOT NULL`,
    { after, most },
  );
  return rows.map(({ contract_id }) => contract_id);
}

async function shares(manager: EntityManager, contracts: string[], share: number): Promise<string[]> {
  const oldest = contracts.map(
    (
      _,
      index,
    ) => `SELECT id FROM webhook_event WHERE contract_id = :contract${index} AND fanned_out_at IS NULL
      ORDER BY id LIMIT ${share}`,
  );
  const parameters = Object.fromEntries(contracts.map((contract, index) => [`contract${index}`, contract]));
  const rows = await select<{ id: string }>(manager, unionAll(oldest), parameters);
  return rows.map(({ id }) => id);
}

/** Read again under the lock: another relay may have fanned them out, and committed, since. */
async function locked(manager: EntityManager, ids: string[]): Promise<WebhookEvent[]> {
  if (ids.length === 0) return [];
  const free = await select<{ id: string }>(
    manager,
    `SELECT id FROM webhook_event WHERE id IN (:...ids) AND fanned_out_at IS NULL ${SKIPPING[dialectOf(manager)]}`,
    { ids },
  );
  if (free.length === 0) return [];
  return manager.find(WebhookEvent, {
    where: { id: In(free.map(({ id }) => id)) },
    order: { contractId: 'ASC', id: 'ASC' },
  });
}
