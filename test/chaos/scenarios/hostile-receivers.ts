import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Pool } from 'pg';

import { TRUSTED } from '../hostile/certificates.js';
import { condensed } from '../hostile/condensed.js';
import { longestKeptAnswer, outcomesOf } from '../hostile/delivery-outcomes.js';
import { forbiddenUrls, NAMES } from '../hostile/forbidden-urls.js';
import { HostileProcess, linesOf } from '../hostile/hostile-process.js';
import type { HostileWebhook } from '../hostile/hostile-webhooks.js';
import { plantForbidden, savedUrls, subscribeHostile, surprises } from '../hostile/hostile-webhooks.js';
import type { PlatformProcess } from '../platform/platform-process.js';
import type { LedgerEntry } from '../receiver/ledger.js';
import type { Scenario, Verdict } from '../scenario.js';
import type { Stage } from '../stage.js';
import { until } from '../until.js';
import { untilNothingIsDue, verdictOf } from '../verdict.js';

const GOOD = 5;
const AGAIN_MS = 1_000;
/** The good receivers' p99: so late, or so many times what it was before the hostile ones came. */
const LATE_MS = 4_000;
const LATE_RATIO = 10;
const QUIET = 'C-quiet';
const QUIET_CHANGES = 100;
/** Far below what is poured at the platform: buffers of the connections that are open at once. */
const MOST_GROWTH_MB = 200;
const KEPT_CHARACTERS = 16 * 1024;

interface Play {
  changes: number;
  perSecond: number;
  copies: number;
  anyAddress: boolean;
}

/** Receivers that do what no receiver should, and URLs that lead where nobody may be led. */
export const hostileReceivers: Scenario = {
  name: 'hostile-receivers',
  alone: true,
  run: (stage, { quick }) => withHostile(stage, quick ? { ...PLAY, changes: 16 } : { ...PLAY, changes: 120 }),
  control: (stage) => withHostile(stage, { ...PLAY, changes: 5, anyAddress: true }),
  proof: ({ figures }) => Number(figures.canary_connections) > 0,
};

/** Slow enough for one worker: each change goes to a hundred and forty webhooks, most of them three times. */
const PLAY = { perSecond: 2, copies: 1, anyAddress: false };

async function withHostile(stage: Stage, play: Play): Promise<Verdict> {
  const hostile = await HostileProcess.start(join(stage.folder, 'canary'));
  try {
    return await playWith(stage, hostile, play);
  } finally {
    await hostile.stop();
  }
}

async function playWith(stage: Stage, hostile: HostileProcess, play: Play): Promise<Verdict> {
  const { canary } = hostile.listening;
  const receiver = await stage.startReceiver();
  const platform = await startWitnessed(stage, play);
  // With the policy off a request would really leave this machine.
  const urls = forbiddenUrls(canary).filter(({ abroad }) => !(abroad && play.anyAddress));
  const saved = await savedUrls(platform, urls);
  const listening = Array.from({ length: GOOD }, (_, index) => ({ path: `/${index}`, contract: 'C-1' }));
  listening.push({ path: `/${QUIET}`, contract: QUIET });
  for (const { path, contract } of listening) {
    await platform.subscribe(`${receiver.url}${path}`, {
      contractId: contract,
      eventTypes: ['booking.updated'],
    });
  }
  await warmUp(platform, receiver.url);
  const before = await platform.measured();
  await platform.backlog(QUIET, QUIET_CHANGES);
  await untilNothingIsDue(stage.database);
  const misbehaving = await subscribeHostile(platform, hostile.listening, play.copies);
  const forbiddenWebhooks = await plantForbidden(platform, stage.database, urls);

  const { peakBytes } = await underFire(platform, misbehaving);
  await untilNothingIsDueTo(stage.database, receiver.url);
  const after = await platform.measured();

  const ledger = (await receiver.ledger()).filter(({ path }) => path !== WARM);
  const quietP99 = lateness(
    ledger.filter(({ path }) => path === `/${QUIET}`),
    0.99,
  );
  const verdict = await verdictOf(stage.database, ledger, listening);
  const outcomes = await outcomesOf(stage.database);
  const dialled = await linesOf(join(stage.folder, 'dialled'));
  const forbidden = dialled.filter((line) => !line.startsWith('127.0.0.1 ') || line.endsWith(` ${canary}`));
  const canaryConnections = await hostile.canaryConnections();
  const { bytes, requests } = await hostile.report();
  const underFireLedger = ledger.filter(({ path }) => path !== `/${QUIET}`);
  const p99 = lateness(underFireLedger, 0.99);
  const grownMb = mb(peakBytes - before.residentBytes);
  const failures = [
    ...verdict.failures,
    ...condensed('forbidden URLs were saved', saved),
    ...condensed('connections reached the canary', canaryConnections),
    ...condensed('forbidden addresses were dialled', forbidden),
    ...condensed('webhooks came to another end', surprises([...misbehaving, ...forbiddenWebhooks], outcomes)),
    ...((requests.rebinding ?? 0) > 0 ? [] : ['the name that is rebound was never dialled']),
    ...((await longestKeptAnswer(stage.database)) > KEPT_CHARACTERS
      ? ['an answer was kept beyond 16 kB']
      : []),
  ];
  const figures = {
    misbehaviours: Object.keys(hostile.listening.deliveries).length + 5,
    forbidden_urls: urls.length,
    attempts: [...outcomes.values()].reduce((sum, { attempts }) => sum + attempts, 0),
    dialled: dialled.length,
    canary_connections: canaryConnections.length,
    hostile_mb: mb(bytes),
    good_quiet_p99_ms: quietP99,
    good_p99_ms: p99,
    good_worst_ms: lateness(underFireLedger, 1),
    rss_before_mb: mb(before.residentBytes),
    rss_peak_mb: mb(peakBytes),
    rss_after_mb: mb(after.residentBytes),
    heap_before_mb: mb(before.heapBytes),
    heap_after_mb: mb(after.heapBytes),
  };
  const beyondBounds = [
    ...(p99 > Math.max(LATE_MS, LATE_RATIO * quietP99)
      ? [`the good receivers got 1 in 100 requests later than ${p99} ms`]
      : []),
    ...(grownMb > MOST_GROWTH_MB ? [`the platform grew by ${grownMb} MB`] : []),
  ];
  return { ...verdict, failures, beyondBounds, figures };
}

async function startWitnessed(
  stage: Stage,
  { changes, perSecond, anyAddress }: Play,
): Promise<PlatformProcess> {
  const authorities = join(stage.folder, 'authorities.pem');
  await writeFile(authorities, TRUSTED.cert);
  return stage.startPlatform({
    options: {
      allowedAddresses: ['127.0.0.1/32'],
      deadlineMs: 1_500,
      retryDelaysMs: [100, 200],
      maxRetryAfterMs: 300,
      // One slot for each lane: who waits for a slot is another scenario's question.
      concurrency: 300,
    },
    traffic: { contracts: ['C-1'], bookings: 20, parallel: 4, perSecond, transactions: changes },
    network: { names: NAMES, notesPath: join(stage.folder, 'dialled') },
    environment: { NODE_EXTRA_CA_CERTS: authorities },
    tampering: anyAddress ? { dialsEverything: true } : {},
  });
}

/** What is due to the hostile ones may stay so: their breakers let one probe through now and then. */
function untilNothingIsDueTo(database: Pool, receiverUrl: string): Promise<void> {
  return until('the good receivers have everything', async () => {
    const { rows } = await database.query<{ busy: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM webhook_event WHERE fanned_out_at IS NULL)
         OR EXISTS (
           SELECT 1 FROM webhook_delivery delivery JOIN webhook ON webhook.id = webhook_id
           WHERE due_at IS NOT NULL AND url LIKE $1 || '/%'
         ) AS busy`,
      [receiverUrl],
    );
    return rows[0]?.busy === false;
  });
}

const WARM = '/warm';

/** Code is compiled, pools are filled: what the memory is measured against. */
async function warmUp(platform: PlatformProcess, receiverUrl: string): Promise<void> {
  const { id } = await platform.subscribe(`${receiverUrl}${WARM}`, { contractId: 'C-warm' });
  for (let round = 0; round < 20; round += 1) {
    await Promise.all(
      Array.from({ length: 10 }, () => fetch(`${platform.url}/webhooks/${id}/test`, { method: 'POST' })),
    );
  }
}

/** The platform's business, while each hostile webhook that it has disabled is switched on again. */
async function underFire(
  platform: PlatformProcess,
  webhooks: HostileWebhook[],
): Promise<{ peakBytes: number }> {
  let peakBytes = 0;
  let over = false;
  const watching = setInterval(() => {
    peakBytes = Math.max(peakBytes, platform.lastReport?.residentBytes ?? 0);
  }, 100);
  const traffic = platform.traffic().finally(() => (over = true));
  while (!over) {
    await delay(AGAIN_MS);
    for (const { id } of webhooks) await platform.registry('activate', id);
  }
  await traffic;
  clearInterval(watching);
  return { peakBytes };
}

function lateness(ledger: LedgerEntry[], share: number): number {
  const ms = ledger.map(({ at, key }) => at - Number(key.split('@')[1])).sort((one, other) => one - other);
  return ms[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? 0;
}

function mb(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
