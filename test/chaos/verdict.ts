import type { Pool } from 'pg';

import type { LedgerEntry } from './receiver/ledger.js';
import type { Verdict } from './scenario.js';
import { until } from './until.js';

/** Whose changes a path must hear of. */
export interface Listening {
  /** The URL's path, one for each webhook. */
  path: string;
  contract: string;
}

/** Holds the ledgers against the changes that the platform has committed. */
export async function verdictOf(
  database: Pool,
  ledger: LedgerEntry[],
  listening: Listening[],
): Promise<Verdict> {
  const changes = await database.query<{ key: string; contract: string }>(
    'SELECT key, contract FROM chaos_change',
  );
  const committed = new Set<string>();
  for (const { path, contract } of listening) {
    for (const change of changes.rows)
      if (change.contract === contract) committed.add(pairOf(path, change.key));
  }
  const answered = new Map<string, number>();
  for (const { path, key, status } of ledger) {
    if (status < 200 || status > 299) continue;
    answered.set(pairOf(path, key), (answered.get(pairOf(path, key)) ?? 0) + 1);
  }
  const received = [...committed].filter((pair) => answered.has(pair)).length;
  return {
    committed: committed.size,
    received,
    lost: committed.size - received,
    phantom: ledger.filter(({ path, key }) => !committed.has(pairOf(path, key))).length,
    duplicates: [...answered.values()].reduce((sum, times) => sum + times - 1, 0),
    failures: [...repeatsWithAnotherId(ledger), ...unverified(ledger)],
    figures: {},
  };
}

function pairOf(path: string, key: string): string {
  return `${path} ${key}`;
}

/** A receiver tells repeats by their `webhook-id`. */
function repeatsWithAnotherId(ledger: LedgerEntry[]): string[] {
  const ids = new Map<string, string>();
  const strangers = ledger.filter(({ key, id }) => {
    const first = ids.get(key) ?? id;
    ids.set(key, first);
    return first !== id;
  });
  return strangers.length === 0 ? [] : [`${strangers.length} repeats had another webhook-id`];
}

function unverified(ledger: LedgerEntry[]): string[] {
  const wrong = ledger.filter(({ verified }) => verified === false);
  return wrong.length === 0 ? [] : [`${wrong.length} requests had a wrong signature`];
}

/** Waits until the platform has nothing more to do: every event fanned out, no delivery pending. */
export async function untilNothingIsDue(database: Pool, timeoutMs = 60_000): Promise<void> {
  await until(
    'nothing is due',
    async () => {
      const { rows } = await database.query<{ busy: boolean }>(
        `SELECT EXISTS (SELECT 1 FROM webhook_event WHERE fanned_out_at IS NULL)
           OR EXISTS (SELECT 1 FROM webhook_delivery WHERE due_at IS NOT NULL) AS busy`,
      );
      return rows[0]?.busy === false;
    },
    timeoutMs,
    200,
  );
}
