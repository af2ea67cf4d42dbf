import { TestReceiver } from 'nestjs-booking-webhooks/testing';
import { Pool } from 'undici';

import { routesOf } from '../platform/routes.js';
import type { Played } from './campaign.js';
import { playCampaign } from './campaign.js';
import type { FuzzServices } from './fuzz-host.js';
import { FuzzHost } from './fuzz-host.js';
import { CANARY } from './request-bodies.js';
import { playBatch } from './rest-batch.js';
import { restCases, uncovered } from './rest-cases.js';
import type { Rows } from './rest-rows.js';
import { rowsOf, unexplained } from './rest-rows.js';
import { RestTargets } from './rest-targets.js';
import type { BatchTrace } from './rest-trace.js';

const BATCH = 60;
/** No retry comes while the fuzzing runs. */
const DAY_MS = 86_400_000;

export interface PartOptions {
  wanted: number;
  seed: number;
  log: (line: string) => void;
  failsFast?: boolean;
  /** Switches a mechanism off, for the run that must fail. */
  sabotage?: (host: FuzzHost) => void | Promise<void>;
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
    await sabotage?.(host);
    const campaign = { ...options, name: `rest-${platform}`, cases: restCases, batch: BATCH };
    const played = await playCampaign(campaign, async (batch) => {
      const before = await rowsOf(host);
      const trace = await playBatch(batch, client, targets);
      const after = await rowsOf(host);
      const faults = [...trace.faults, ...unexplained(before, after, trace), ...leaks(host)];
      await clean(host, targets, trace, after);
      return faults;
    });
    // Both frameworks have the same routes, and Express can be asked which.
    if (platform === 'express') played.failures.push(...uncovered(routesOf(host.app)));
    return played;
  } finally {
    await client.destroy();
    await host.stop();
    await receiver.stop();
  }
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
