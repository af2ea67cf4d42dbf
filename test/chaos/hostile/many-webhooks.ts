import type { Pool } from 'pg';

import type { PlatformProcess } from '../platform/platform-process.js';
import type { Listening } from '../verdict.js';
import { call } from './partner-calls.js';

const CONTRACT = 'C-many';

/** A contract with so many webhooks: one is made, the others are copied from its row. */
export async function manyWebhooks(
  platform: PlatformProcess,
  database: Pool,
  receiverUrl: string,
  count: number,
): Promise<Listening[]> {
  const { id } = await platform.subscribe(`${receiverUrl}/many/0`, {
    contractId: CONTRACT,
    eventTypes: ['booking.updated'],
  });
  const { rows: columns } = await database.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'webhook'`,
  );
  const made: Record<string, string> = {
    id: 'gen_random_uuid()::text',
    url: `$2 || number`,
    change_seq: '(SELECT value FROM counted)',
  };
  const names = columns.map(({ name }) => name);
  await database.query(
    `WITH counted AS (UPDATE webhook_change_counter SET value = value + 1 RETURNING value),
       copied AS (
         INSERT INTO webhook (${names.join(', ')})
         SELECT ${names.map((name) => made[name] ?? name).join(', ')}
         FROM webhook, generate_series(1, $3::int) AS number WHERE id = $1 RETURNING id
       )
     INSERT INTO webhook_lane (webhook_id) SELECT id FROM copied`,
    [id, `${receiverUrl}/many/`, count - 1],
  );
  return Array.from({ length: count }, (_, number) => ({ path: `/many/${number}`, contract: CONTRACT }));
}

export interface Walk {
  pages: number;
  /** Different webhooks that the pages showed. */
  seen: number;
  shownTwice: number;
  worstPageMs: number;
}

function pageAfter(cursor: string): string {
  return `/webhooks?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`;
}

/** The whole list, page by page. */
export async function walkList(url: string): Promise<Walk> {
  const seen = new Set<string>();
  const walk = { pages: 0, seen: 0, shownTwice: 0, worstPageMs: 0 };
  let cursor: string | null = '';
  while (cursor !== null) {
    const startedAt = performance.now();
    const path = pageAfter(cursor);
    const { text } = await call(url, { method: 'GET', path, contract: CONTRACT });
    const page = JSON.parse(text) as { data: { id: string }[]; nextCursor: string | null };
    for (const { id } of page.data) {
      if (seen.has(id)) walk.shownTwice += 1;
      seen.add(id);
    }
    walk.pages += 1;
    walk.worstPageMs = Math.max(walk.worstPageMs, Math.round(performance.now() - startedAt));
    cursor = page.nextCursor;
  }
  return { ...walk, seen: seen.size };
}
