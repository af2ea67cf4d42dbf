import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';

import { dialectOf } from '../database/dialect.js';
import { write } from '../database/portable-sql.js';
import type { NewWebhookEvent } from './outbox.js';
import { WebhookEvent } from './webhook-event.entity.js';

const COLUMNS = {
  id: (event) => event.id,
  type: (event) => event.type,
  contract_id: (event) => event.contractId,
  resource_key: (event) => event.resourceKey,
  event_key: (event) => event.eventKey,
  occurred_at: (event) => event.occurredAt,
  data: (event) => event.data,
  previous: (event) => event.previous,
  originator: (event) => event.originator,
  account_context: (event) => event.accountContext,
  contact_locales: (event) => event.contactLocales,
  created_at: (event) => event.createdAt,
  trace_context: (event) => event.traceContext ?? null,
} satisfies Record<string, (event: NewWebhookEvent) => unknown>;

/** Of large events, so that a statement stays below MySQL's `max_allowed_packet`. */
const ROWS_PER_STATEMENT = 100;

/** Inserts events whose keys are new to their contracts. @returns the ids of those */
export async function insertEvents(
  manager: EntityManager,
  events: readonly NewWebhookEvent[],
): Promise<{ id: string }[]> {
  const insert = dialectOf(manager) === 'mysql' ? insertOnMysql : insertOnSqlite;
  for (let start = 0; start < events.length; start += ROWS_PER_STATEMENT)
    await insert(manager, events.slice(start, start + ROWS_PER_STATEMENT));
  return manager.find(WebhookEvent, {
    where: { id: In(events.map(({ id }) => id)) },
    select: { id: true },
  });
}

/** AUTO_INCREMENT numbers them as they are inserted. IGNORE would take more than a repeated key for no error. */
async function insertOnMysql(manager: EntityManager, events: readonly NewWebhookEvent[]): Promise<void> {
  const parameters: Record<string, unknown> = {};
  const tuples = events.map((event, row) => {
    const names = Object.entries(COLUMNS).map(([name, valueOf]) => {
      parameters[`${name}${row}`] = valueOf(event);
      return `:${name}${row}`;
    });
    return `(${names.join(', ')})`;
  });
  await write(
    manager,
    `INSERT INTO webhook_event (${Object.keys(COLUMNS).join(', ')}) VALUES ${tuples.join(', ')}
     ON DUPLICATE KEY UPDATE id = webhook_event.id`,
    parameters,
  );
}

/** SQLite has one writer at a time, so the next number is the highest and one. */
async function insertOnSqlite(manager: EntityManager, events: readonly NewWebhookEvent[]): Promise<void> {
  const names = Object.keys(COLUMNS);
  const rows = events.map((event) =>
    Object.fromEntries(Object.entries(COLUMNS).map(([name, valueOf]) => [name, valueOf(event)])),
  );
  await write(
    manager,
    `INSERT INTO webhook_event (${names.join(', ')}, sequence)
     SELECT ${names.map((name) => `item.value ->> '$.${name}'`).join(', ')}, base.last + item.key + 1
     FROM json_each(:rows) AS item CROSS JOIN (${LAST_SEQUENCE}) AS base WHERE 1 = 1 ORDER BY item.key
     ON CONFLICT (contract_id, event_key) WHERE event_key IS NOT NULL DO NOTHING`,
    { rows: JSON.stringify(rows) },
  );
}

const LAST_SEQUENCE = 'SELECT COALESCE(MAX(sequence), 0) AS last FROM webhook_event';

/** What TypeORM's own insert of an event needs: the next number on SQLite, where nothing gives it one. */
export function sequenceOf(manager: EntityManager): { sequence?: () => string } {
  return dialectOf(manager) === 'sqlite' ? { sequence: () => `((${LAST_SEQUENCE}) + 1)` } : {};
}

/**
 * In MySQL's default isolation a transaction goes on seeing what its first statement saw; an event whose key another one
 * has just committed is found by reading what is there now.
 */
export function currentRead(manager: EntityManager): string {
  return dialectOf(manager) === 'mysql' ? 'LOCK IN SHARE MODE' : '';
}
