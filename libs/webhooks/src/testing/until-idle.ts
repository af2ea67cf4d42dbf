import type { INestApplicationContext } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { WEBHOOKS_DATA_SOURCE } from '../webhooks.tokens.js';

export interface UntilIdleOptions {
  /** How long to wait before giving up. @default 30000 */
  timeoutMs?: number;
}

const LOOK_EVERY_MS = 20;

/**
 * Resolves when nothing is left to do in an application: every event fanned out, no delivery pending (retries that are
 * due later included), no lane in work.
 *
 * @throws an Error that says what was still waiting when the time was up
 */
export async function untilIdle(
  app: INestApplicationContext,
  { timeoutMs = 30_000 }: UntilIdleOptions = {},
): Promise<void> {
  const dataSource = app.get<DataSource>(WEBHOOKS_DATA_SOURCE, { strict: false });
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const waiting = await whatIsWaiting(dataSource);
    if (waiting === undefined) return;
    if (Date.now() > giveUpAt) throw new Error(`After ${timeoutMs} ms there was still work: ${waiting}.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function whatIsWaiting(dataSource: DataSource): Promise<string | undefined> {
  const rows: { what: string; count: string }[] = await dataSource.query(
    `SELECT 'events to fan out' AS what, COUNT(*) AS count FROM webhook_event WHERE fanned_out_at IS NULL
     UNION ALL SELECT 'pending deliveries', COUNT(*) FROM webhook_delivery WHERE due_at IS NOT NULL
     UNION ALL SELECT 'lanes in work', COUNT(*) FROM webhook_lane WHERE lease_token IS NOT NULL`,
  );
  const busy = rows.filter(({ count }) => Number(count) > 0);
  return busy.length === 0 ? undefined : busy.map(({ what, count }) => `${count} ${what}`).join(', ');
}
