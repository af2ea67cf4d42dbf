import type { Pool } from 'pg';

import type { PlatformProcess } from '../platform/platform-process.js';
import { untilNothingIsDue } from '../verdict.js';
import { call } from './partner-calls.js';

/** A contract whose rows somebody else is after. */
export interface Owner {
  contract: string;
  /** Everything of it that a path, a query or a body could name. */
  ids: Record<'webhook' | 'octo' | 'subscription' | 'delivery' | 'event' | 'attempt', string>;
  /** Words that stand in its rows only. */
  marks: string[];
}

const TABLES = [
  'SELECT * FROM webhook WHERE contract_id = $1',
  'SELECT * FROM webhook_event WHERE contract_id = $1',
  'SELECT * FROM webhook_delivery WHERE contract_id = $1',
  'SELECT lane.* FROM webhook_lane lane JOIN webhook ON webhook.id = webhook_id WHERE contract_id = $1',
  'SELECT entry.* FROM webhook_feed_entry entry JOIN webhook ON webhook.id = webhook_id WHERE contract_id = $1',
  `SELECT attempt.* FROM webhook_attempt attempt JOIN webhook_delivery delivery ON delivery.id = delivery_id
   WHERE contract_id = $1`,
];

/** A contract with webhooks of each kind, and with events, deliveries and attempts. */
export async function settle(
  platform: PlatformProcess,
  database: Pool,
  contract: string,
  receiverUrl: string,
): Promise<Owner> {
  const create = async (path: string, fields: object) => {
    const body = JSON.stringify({ contractId: contract, url: `${receiverUrl}/mark-${contract}`, ...fields });
    const { text } = await call(platform.url, { method: 'POST', path, contract, body });
    const { id } = JSON.parse(text) as { id?: string };
    if (id === undefined) throw new Error(`${path} answered ${text}`);
    return id;
  };
  const webhook = await create('/webhooks', {
    eventTypes: ['booking.updated'],
    transport: 'both',
    headers: { 'x-mark': contract },
  });
  const octo = await create('/octo/webhooks', { event: 'booking_update' });
  const subscription = await create('/octo/notifications/subscriptions', {
    notificationTypes: ['BOOKING_UPDATE'],
  });
  await platform.backlog(contract, 2);
  await untilNothingIsDue(database);
  const { rows } = await database.query<{ delivery: string; event: string; attempt: string }>(
    `SELECT delivery.id AS delivery, event_id AS event, attempt.id AS attempt FROM webhook_delivery delivery
     JOIN webhook_attempt attempt ON delivery_id = delivery.id WHERE webhook_id = $1`,
    [webhook],
  );
  const [row] = rows;
  if (!row) throw new Error(`Contract ${contract} has got nothing.`);
  const ids = { webhook, octo, subscription, ...row };
  return { contract, ids, marks: [`mark-${contract}`, contract, ...Object.values(ids)] };
}

/** Changes when anything in a contract's rows does. */
export async function fingerprint(database: Pool, contract: string): Promise<string> {
  const sums = await Promise.all(
    TABLES.map(async (select) => {
      const { rows } = await database.query<{ sum: string | null }>(
        `SELECT md5(string_agg(row::text, '|' ORDER BY row::text)) AS sum FROM (${select}) row`,
        [contract],
      );
      return rows[0]?.sum ?? 'none';
    }),
  );
  return sums.join(' ');
}
