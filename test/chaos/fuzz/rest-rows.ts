import { isDeepStrictEqual } from 'node:util';

import type { FuzzHost } from './fuzz-host.js';
import type { BatchTrace, Said } from './rest-trace.js';
import { SAID_NOTHING, STATUS_COLUMNS } from './rest-trace.js';

type WebhookRow = Record<string, unknown> & {
  status: string;
  disabled_reason: string | null;
  change_seq: number;
};

interface StoredWebhook {
  row: WebhookRow;
  /** Whether a request about an event has failed: what the engine disables webhooks by. */
  failed: boolean;
}

/** Deliveries of one webhook, of tests and of the host's events. */
interface Deliveries {
  tests: number;
  others: number;
}

/** Everything stored that only requests make; news of webhooks is the engine's, and comes when it comes. */
export interface Rows {
  /** Those that are not deleted. */
  webhooks: Map<string, StoredWebhook>;
  deliveries: Map<string, Deliveries>;
  hostEvents: number;
  samples: number;
}

const NO_DELIVERIES: Deliveries = { tests: 0, others: 0 };
const CHANGE_MARKS = ['updated_at', 'change_seq'];

export async function rowsOf({ database }: FuzzHost): Promise<Rows> {
  const [webhooks, deliveries, events] = await Promise.all([
    // A test disables nothing.
    database.rows.query<StoredWebhook & { id: string }>(
      `SELECT id, to_jsonb(webhook) AS row, status = 'disabled' AND EXISTS (
         SELECT 1 FROM webhook_delivery AS delivery JOIN webhook_attempt AS attempt ON attempt.delivery_id = delivery.id
         WHERE delivery.webhook_id = webhook.id AND attempt.error IS NOT NULL AND attempt.kind <> 'test'
       ) AS failed FROM webhook WHERE status <> 'deleted'`,
    ),
    database.rows.query<Deliveries & { id: string }>(
      `SELECT webhook_id AS id, (count(*) FILTER (WHERE trigger = 'test'))::int AS tests,
         (count(*) FILTER (WHERE trigger <> 'test' AND event_type NOT LIKE 'webhook.%'))::int AS others
       FROM webhook_delivery GROUP BY webhook_id`,
    ),
    database.rows.query<{ hostEvents: number; samples: number }>(
      `SELECT (count(*) FILTER (WHERE NOT sample AND type NOT LIKE 'webhook.%'))::int AS "hostEvents",
         (count(*) FILTER (WHERE sample))::int AS samples
       FROM (SELECT type, coalesce(event_key LIKE 'webhook-sample:%', false) AS sample FROM webhook_event) AS event`,
    ),
  ]);
  return {
    webhooks: new Map(webhooks.rows.map(({ id, row, failed }) => [id, { row, failed }])),
    deliveries: new Map(deliveries.rows.map(({ id, tests, others }) => [id, { tests, others }])),
    ...(events.rows[0] ?? { hostEvents: 0, samples: 0 }),
  };
}

/** Rows that appeared, changed or went although no answer said so, and what an answer said and no row shows. */
export function unexplained(before: Rows, after: Rows, trace: BatchTrace): string[] {
  const said = (id: string) => trace.said.get(id) ?? SAID_NOTHING;
  const known = (what: 'webhooks' | 'deliveries') => new Set([...before[what].keys(), ...after[what].keys()]);
  const tests = [...trace.said.values()].reduce((sum, some) => sum + some.tests, 0);
  return [
    ...[...trace.created]
      .filter((id) => !after.webhooks.has(id))
      .map((id) => `webhook ${id} was answered and is not stored`),
    ...[...known('webhooks')].flatMap((id) =>
      webhookFaults(before.webhooks.get(id), after.webhooks.get(id), said(id), trace.created.has(id)).map(
        (fault) => `webhook ${id} ${fault}`,
      ),
    ),
    ...[...known('deliveries')].flatMap((id) =>
      deliveryFaults(before.deliveries.get(id), after.deliveries.get(id), said(id)).map(
        (fault) => `webhook ${id} ${fault}`,
      ),
    ),
    ...grown('events of the host', before.hostEvents, after.hostEvents, 0),
    ...grown('samples', before.samples, after.samples, tests),
  ];
}

function webhookFaults(
  before: StoredWebhook | undefined,
  after: StoredWebhook | undefined,
  said: Said,
  created: boolean,
): string[] {
  if (after && (after.row.disabled_reason === null) === (after.row.status === 'disabled'))
    return [`is ${after.row.status} for the reason ${after.row.disabled_reason}`];
  if (!before) return created ? [] : ['appeared without an answer that says so'];
  if (!after) return said.deleted ? [] : ['went without an answer that says so'];
  if (said.deleted) return ['was answered to be deleted and is there'];
  return changeFaults(before.row, after, said.columns);
}

function changeFaults(before: WebhookRow, { row, failed }: StoredWebhook, said: Set<string>): string[] {
  const changed = Object.keys(row).filter((column) => !isDeepStrictEqual(before[column], row[column]));
  if (changed.length === 0) return [];
  const faults: string[] = [];
  const explained = new Set(said);
  if (row.status === 'disabled' && STATUS_COLUMNS.some((column) => changed.includes(column))) {
    // An active webhook, or one that a request has switched on meanwhile.
    const disabled = failed && (before.status === 'active' || said.has('status'));
    if (!disabled) faults.push('was disabled, and no request to it has failed while it was active');
    for (const column of STATUS_COLUMNS) explained.add(column);
  }
  if (explained.size > 0) for (const column of CHANGE_MARKS) explained.add(column);
  const others = changed.filter((column) => !explained.has(column));
  faults.push(...others.map((column) => `changed its ${column} without an answer that says so`));
  if (row.change_seq <= before.change_seq) faults.push('changed behind the change counter');
  return faults;
}

/** A recovery makes old deliveries due, and makes those that were missed: at most as many as it says. */
function deliveryFaults(before = NO_DELIVERIES, after = NO_DELIVERIES, said: Said): string[] {
  return [
    ...grown('tests', before.tests, after.tests, said.tests),
    ...grown('deliveries', before.others, after.others, 0, said.recovered),
  ];
}

function grown(what: string, before: number, after: number, least: number, most = least): string[] {
  const more = after - before;
  if (more >= least && more <= most) return [];
  return [`got ${more} ${what}, and the answers say ${least === most ? most : `${least} to ${most}`}`];
}
