import type { DataSource, EntityManager } from 'typeorm';

import { dialectOf } from '../database/dialect.js';
import { inTransaction, jsonRows, locking, select, updateEach, write } from '../database/portable-sql.js';

/** A lane as it is claimed, with the token of its claim. */
interface WantedLane {
  id: string;
  token: string;
}

/** What a release writes; `change_seq` is null when nothing was found out about the receiver. */
export interface ReleasedLane {
  webhook_id: string;
  token: string;
  change_seq: number | null;
  consecutive_failures: number;
  failing_since: number | null;
  paused_until: number | null;
  pause_count: number;
  next_send_at: number | null;
  recent_starts: string | null;
}

/** MySQL assigns from left to right: the second one already sees whether the first one took the lane. */
const TAKE_IF_FREE = {
  mysql: `ON DUPLICATE KEY UPDATE
    lease_token = IF(webhook_lane.lease_until IS NULL OR webhook_lane.lease_until <= :now, VALUES(lease_token),
      webhook_lane.lease_token),
    lease_until = IF(webhook_lane.lease_token = VALUES(lease_token), VALUES(lease_until), webhook_lane.lease_until)`,
  sqlite: `ON CONFLICT (webhook_id) DO UPDATE SET lease_token = EXCLUDED.lease_token, lease_until = EXCLUDED.lease_until
    WHERE webhook_lane.lease_until IS NULL OR webhook_lane.lease_until <= :now`,
};

/** Takes the lanes that nobody holds. The upsert decides; what is read afterwards only tells who won. */
export async function claimLanes<Row>(
  manager: EntityManager,
  wanted: readonly WantedLane[],
  until: number,
  now: number,
): Promise<Row[]> {
  const dialect = dialectOf(manager) === 'mysql' ? 'mysql' : 'sqlite';
  const lanes = jsonRows(dialect, 'wanted', { id: 'text', token: 'text' });
  await write(
    manager,
    `INSERT INTO webhook_lane (webhook_id, lease_token, lease_until)
     SELECT wanted.id, wanted.token, :until FROM ${lanes} WHERE 1 = 1 ORDER BY wanted.id ${TAKE_IF_FREE[dialect]}`,
    { rows: JSON.stringify(wanted), until, now },
  );
  return select(
    manager,
    `SELECT * FROM webhook_lane WHERE webhook_id IN (:...ids) AND lease_token IN (:...tokens)`,
    { ids: wanted.map(({ id }) => id), tokens: wanted.map(({ token }) => token) },
  );
}

/**
 * Ends leases. Webhooks are locked before lanes, as changes of webhooks do, so that what a change resets is not written
 * over.
 */
export function releaseLanes(dataSource: DataSource, released: readonly ReleasedLane[]): Promise<void> {
  return inTransaction(dataSource, async (manager) => {
    const current = await currentChanges(
      manager,
      released.filter(({ change_seq }) => change_seq !== null).map(({ webhook_id }) => webhook_id),
    );
    const inOrder = [...released]
      .sort((one, other) => (one.webhook_id < other.webhook_id ? -1 : 1))
      .map(({ token: lease_token, ...lane }) => ({ ...lane, lease_token }));
    const found = inOrder.filter(
      ({ webhook_id, change_seq }) => change_seq !== null && current.get(webhook_id) === change_seq,
    );
    await updateEach(manager, 'webhook_lane', { match: CLAIM, set: HEALTH }, found);
    await updateEach(manager, 'webhook_lane', { match: CLAIM, set: GIVEN_BACK }, inOrder);
  });
}

const CLAIM = { webhook_id: 'text', lease_token: 'text' } as const;
const HEALTH = {
  consecutive_failures: 'number',
  failing_since: 'number',
  paused_until: 'number',
  pause_count: 'number',
} as const;
const GIVEN_BACK = {
  lease_token: null,
  lease_until: null,
  next_send_at: 'number',
  recent_starts: 'long',
} as const;

async function currentChanges(manager: EntityManager, ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await select<{ id: string; change_seq: string | number }>(
    manager,
    `SELECT id, change_seq FROM webhook WHERE id IN (:...ids) ORDER BY id ${locking(manager, 'LOCK IN SHARE MODE')}`,
    { ids },
  );
  return new Map(rows.map(({ id, change_seq }) => [id, Number(change_seq)]));
}
