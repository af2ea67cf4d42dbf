import { ALL_CONTRACTS, bookingCancelled, DeliveryLog } from 'nestjs-booking-webhooks';
import { untilIdle } from 'nestjs-booking-webhooks/testing';
import { setTimeout as delay } from 'node:timers/promises';

import type { AnswerScript } from './answer-scripts.js';
import { answerScripts, RECEIVER_WORDS } from './answer-scripts.js';
import type { Played } from './campaign.js';
import { playCampaign } from './campaign.js';
import type { FuzzServices } from './fuzz-host.js';
import { FuzzHost } from './fuzz-host.js';
import type { PartOptions } from './rest-fuzz.js';
import { FINE, ScriptedServer } from './scripted-server.js';

const RECEIVERS = 160;
const DEADLINE_MS = 400;
/** For a retry after a deadline, on a busy machine. */
const SETTLED_MS = 15_000;
const MOST_GROWTH_MB = 400;
const REASONS = new Set(['http_status', 'timeout', 'connection', 'response_invalid']);

interface Seen {
  neighbourWorstMs: number;
  neighbourTimeouts: number;
  memoryGrewMb: number;
}

function nothingSeen(): Seen {
  return { neighbourWorstMs: 0, neighbourTimeouts: 0, memoryGrewMb: 0 };
}

export type AnswersPlayed = Played & Seen & { beyondBounds: string[] };

function beyondBounds({ neighbourTimeouts, memoryGrewMb }: Seen, batches: number): string[] {
  return [
    ...(memoryGrewMb > MOST_GROWTH_MB ? [`answers: memory grew by ${memoryGrewMb} MB`] : []),
    ...(neighbourTimeouts > batches / 2
      ? [`answers: the neighbour timed out in ${neighbourTimeouts} of ${batches} batches`]
      : []),
  ];
}

/** Receivers that answer anything at all: each delivery ends with recorded attempts, and a good neighbour notices nothing. */
export async function fuzzAnswers(
  services: FuzzServices,
  { sabotage, ...options }: PartOptions,
): Promise<AnswersPlayed> {
  const host = await FuzzHost.start(services, {
    deadlineMs: DEADLINE_MS,
    retryDelaysMs: [10],
    maxRetryAfterMs: 20,
    pauseAfterFailures: 1_000_000,
    sweepIntervalMs: 500,
    concurrency: 200,
  });
  const servers = await Promise.all(Array.from({ length: RECEIVERS }, () => ScriptedServer.start()));
  const neighbour = await ScriptedServer.start();
  try {
    await Promise.all(servers.map(({ url }, index) => subscribe(host, `C-${index}`, url)));
    await subscribe(host, NEIGHBOUR, neighbour.url);
    await sabotage?.(host);
    // Code that has never run takes longer than the deadline, whatever the receivers do, and twice too long disables a webhook.
    await deliver(host, Array<AnswerScript>(RECEIVERS).fill(FINE), nothingSeen());
    await rest(host);
    const seen = nothingSeen();
    let batches = 0;
    let residentAtStart: number | undefined;
    const campaign = { ...options, name: 'answers', cases: answerScripts, batch: RECEIVERS };
    const played = await playCampaign(campaign, async (scripts) => {
      for (const [index, script] of scripts.entries()) servers[index]?.play(script);
      const faults = await deliver(host, scripts, seen);
      batches += 1;
      await rest(host);
      residentAtStart ??= process.memoryUsage().rss;
      seen.memoryGrewMb = Math.round((process.memoryUsage().rss - residentAtStart) / 2 ** 20);
      return faults;
    });
    return { ...played, ...seen, beyondBounds: beyondBounds(seen, batches) };
  } finally {
    await host.stop();
    await Promise.all([...servers, neighbour].map((server) => server.stop()));
  }
}

const NEIGHBOUR = 'C-NEIGHBOUR';

/** Until nothing is under way and every webhook is active, as before. */
async function rest(host: FuzzHost): Promise<void> {
  await untilIdle(host.app);
  await switchOn(host);
}

/** What `activate` does, for all webhooks at once. */
async function switchOn({ database }: FuzzHost): Promise<void> {
  await database.rows.query(
    `WITH change AS (UPDATE webhook_change_counter SET value = value + 1 RETURNING value),
     lanes AS (UPDATE webhook_lane SET failing_since = NULL, consecutive_failures = 0, paused_until = NULL)
     UPDATE webhook SET status = 'active', disabled_reason = NULL, change_seq = (SELECT value FROM change)
     WHERE status <> 'active'`,
  );
}

async function subscribe({ registry }: FuzzHost, contractId: string, url: string): Promise<string> {
  const { id } = await registry.create(ALL_CONTRACTS, { contractId, url, eventTypes: ['*'] });
  return id;
}

interface DeliveryRow {
  id: string;
  contract_id: string;
  status: string;
  created_at: string;
  completed_at: string | null;
}

interface AttemptRow {
  delivery_id: string;
  status_code: number | null;
  error: string | null;
  detail: string | null;
  duration_ms: number;
}

async function deliver(host: FuzzHost, scripts: AnswerScript[], seen: Seen): Promise<string[]> {
  const data = { booking: { id: 'B-1', status: 'CANCELLED' } };
  const contracts = [...scripts.map((_, index) => `C-${index}`), NEIGHBOUR];
  const published = await host.webhooks.publish(
    contracts.map((contractId) => bookingCancelled({ contractId, data })),
  );
  const deliveries = await settled(
    host,
    published.map(({ id }) => id),
  );
  const attempts = await attemptsOf(host, deliveries);
  const faults: string[] = [];
  if (deliveries.length !== contracts.length)
    faults.push(`${contracts.length - deliveries.length} deliveries were not made`);
  for (const { id, contract_id, status, created_at, completed_at } of deliveries) {
    if (contract_id === NEIGHBOUR) {
      seen.neighbourWorstMs = Math.max(seen.neighbourWorstMs, Number(completed_at) - Number(created_at));
      if (status === 'succeeded') continue;
      // On a busy machine the deadline passes by itself: now and then, not most of the time.
      const reasons = attempts.filter(({ delivery_id }) => delivery_id === id).map(({ error }) => error);
      if (reasons.length > 0 && reasons.every((reason) => reason === 'timeout')) seen.neighbourTimeouts += 1;
      else faults.push(`the neighbour's delivery is ${status}: ${reasons.join(', ')}`);
      continue;
    }
    const script = scripts[Number(contract_id.slice(2))];
    const own = attempts.filter(({ delivery_id }) => delivery_id === id);
    const found = attemptFaults(status, own, script);
    faults.push(...found.map((fault) => `${fault}; script ${JSON.stringify(script).slice(0, 300)}`));
  }
  const [any] = deliveries;
  if (any) await host.app.get(DeliveryLog).get(ALL_CONTRACTS, any.id);
  return faults;
}

function attemptFaults(status: string, attempts: AttemptRow[], script: AnswerScript | undefined): string[] {
  const faults: string[] = [];
  if (!['succeeded', 'exhausted', 'held'].includes(status)) faults.push(`the delivery is ${status}`);
  if (attempts.length === 0) faults.push('there is no attempt');
  for (const { status_code: code, error, detail, duration_ms: durationMs } of attempts) {
    if (error !== null && !REASONS.has(error)) faults.push(`the attempt failed with ${error}`);
    if (error === null && (code === null || code < 200 || code > 299))
      faults.push(`a success with the status ${code}`);
    if (detail?.includes(RECEIVER_WORDS)) faults.push(`the detail repeats the receiver: ${detail}`);
    if (durationMs > DEADLINE_MS + 5_000) faults.push(`an attempt of ${durationMs} ms`);
    // On a busy machine the deadline passes by itself.
    if (script?.status !== undefined && code !== script.status && error !== 'timeout')
      faults.push(`the status ${script.status} was recorded as ${code} ${error}`);
  }
  return faults;
}

/** The deliveries of these events, once none is pending or the time is up. */
async function settled({ database }: FuzzHost, events: string[]): Promise<DeliveryRow[]> {
  const giveUpAt = Date.now() + SETTLED_MS;
  for (;;) {
    const { rows } = await database.rows.query<DeliveryRow>(
      `SELECT id, contract_id, status, created_at, completed_at FROM webhook_delivery WHERE event_id = ANY($1)`,
      [events],
    );
    const done = rows.length >= events.length && rows.every(({ status }) => status !== 'pending');
    if (done || Date.now() > giveUpAt) return rows;
    await delay(20);
  }
}

async function attemptsOf({ database }: FuzzHost, deliveries: DeliveryRow[]): Promise<AttemptRow[]> {
  const { rows } = await database.rows.query<AttemptRow>(
    `SELECT delivery_id, status_code, error, detail, duration_ms FROM webhook_attempt WHERE delivery_id = ANY($1)`,
    [deliveries.map(({ id }) => id)],
  );
  return rows;
}
