import { TestReceiver } from 'nestjs-booking-webhooks/testing';
import { Pool } from 'undici';

import type { Played } from './campaign.js';
import { playCampaign } from './campaign.js';
import type { FuzzServices } from './fuzz-host.js';
import { FuzzHost } from './fuzz-host.js';
import { CANARY } from './request-bodies.js';
import type { BatchTrace } from './rest-batch.js';
import { playBatch } from './rest-batch.js';
import { restCases } from './rest-cases.js';
import { RestTargets } from './rest-targets.js';

const BATCH = 60;
/** No retry comes while the fuzzing runs. */
const DAY_MS = 86_400_000;

export interface PartOptions {
  wanted: number;
  seed: number;
  log: (line: string) => void;
  failsFast?: boolean;
  /** Switches a mechanism off, for the run that must fail. */
  sabotage?: (host: FuzzHost) => void;
}

/** Every route with bodies, queries, ids and headers of every kind, through a real application over HTTP. */
export async function fuzzRest(
  services: FuzzServices,
  platform: 'express' | 'fastify',
  { sabotage, ...options }: PartOptions,
): Promise<Played> {
  const receiver = await TestReceiver.start();
  const host = await FuzzHost.start(services, { platform, deadlineMs: 500, retryDelaysMs: [DAY_MS] });
  const client = new Pool(`http://127.0.0.1:${host.port}`, { connections: 12 });
  const targets = new RestTargets(host, receiver);
  try {
    await targets.prepare();
    sabotage?.(host);
    // What is sent may fail, and disable its webhook, as late as in the next batch.
    let sentBefore = false;
    const campaign = { ...options, name: `rest-${platform}`, cases: restCases, batch: BATCH };
    return await playCampaign(campaign, async (batch) => {
      const before = await rowsOf(host);
      const trace = await playBatch(batch, client, targets);
      const { sent } = trace;
      trace.sent ||= sentBefore;
      sentBefore = sent;
      const after = await rowsOf(host);
      const faults = [...trace.faults, ...unexplained(before, after, trace), ...leaks(host)];
      await clean(host, targets, trace, after);
      return faults;
    });
  } finally {
    await client.destroy();
    await host.stop();
    await receiver.stop();
  }
}

interface Rows {
  /** Webhooks that are not deleted, each with a hash of its row. */
  webhooks: Map<string, string>;
  counts: string;
}

async function rowsOf({ database }: FuzzHost): Promise<Rows> {
  const [webhooks, counts] = await Promise.all([
    database.rows.query<{ id: string; hash: string }>(
      `SELECT id, md5(webhook::text) AS hash FROM webhook WHERE status <> 'deleted'`,
    ),
    database.rows.query(
      `SELECT (SELECT count(*) FROM webhook_event WHERE type NOT LIKE 'webhook.%') AS events,
              (SELECT count(*) FROM webhook_delivery WHERE event_type NOT LIKE 'webhook.%') AS deliveries`,
    ),
  ]);
  return {
    webhooks: new Map(webhooks.rows.map(({ id, hash }) => [id, hash])),
    counts: JSON.stringify(counts.rows),
  };
}

/** Rows that changed although no answer said so. */
function unexplained(before: Rows, after: Rows, { created, changed, sent }: BatchTrace): string[] {
  const touched = [...new Set([...before.webhooks.keys(), ...after.webhooks.keys()])]
    .filter((id) => before.webhooks.get(id) !== after.webhooks.get(id))
    .filter((id) => !created.has(id) && !changed.has(id));
  // A delivery of a test or a recovery can disable its webhook.
  const faults = sent
    ? []
    : touched.map((id) => `the row of webhook ${id} changed without an answer that says so`);
  const missing = [...created].filter((id) => !after.webhooks.has(id) && !changed.has(id));
  faults.push(...missing.map((id) => `webhook ${id} was answered and is not stored`));
  if (!sent && before.counts !== after.counts)
    faults.push(`rows appeared: ${before.counts} / ${after.counts}`);
  return faults;
}

function leaks({ logs }: FuzzHost): string[] {
  const lines = logs.take();
  const faults = lines.filter(
    (line) => line.includes(CANARY) || /whs[ek][ck]?_[A-Za-z0-9+/=]{16,}/.test(line),
  );
  return faults.map((line) => `a log line holds a secret: ${line.slice(0, 300)}`);
}

/** Leaves the targets as they are, and nothing else. */
async function clean(
  host: FuzzHost,
  targets: RestTargets,
  { created }: BatchTrace,
  rows: Rows,
): Promise<void> {
  await targets.replenish(new Set(rows.webhooks.keys()));
  if (created.size === 0) return;
  const ids = [[...created].filter((id) => !targets.ids.includes(id))];
  await host.database.rows.query('DELETE FROM webhook_lane WHERE webhook_id = ANY($1)', ids);
  await host.database.rows.query('DELETE FROM webhook WHERE id = ANY($1)', ids);
}
