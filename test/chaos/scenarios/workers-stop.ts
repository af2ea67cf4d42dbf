import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';

import { inFlight, Journal } from '../platform/journal.js';
import type { PlatformProcess } from '../platform/platform-process.js';
import type { Verdict } from '../scenario.js';
import { until } from '../until.js';

/** Stopped, a process may still be about to write what it has begun. */
const SETTLED_AFTER_MS = 50;
/** How often, and how long each time, the worker to be stopped is given the chance to ask a late receiver. */
const MOST_TURNS = 40;
const TURN_MS = 1_500;

/** A delivery as its row and those of its attempts are. */
interface DeliveryState {
  pair: string;
  status: string;
  attempts: number;
  /** Everything of them, to be compared. */
  rows: string;
}

async function deliveryStates(database: Pool, pairs: string[]): Promise<DeliveryState[]> {
  const { rows } = await database.query<DeliveryState>(
    `SELECT webhook_id || '/' || event_id AS pair, status, attempt_count AS attempts,
       row_to_json(delivery)::text || (SELECT json_agg(attempt ORDER BY attempt.id)::text FROM webhook_attempt AS attempt
         WHERE attempt.delivery_id = delivery.id) AS rows
     FROM webhook_delivery AS delivery WHERE webhook_id || '/' || event_id = ANY($1) ORDER BY pair`,
    [pairs],
  );
  return rows;
}

/**
 * Stops a worker while requests of its are in flight, until others have delivered them, and lets it go on: its late results
 * change no row.
 */
export async function stopBeyondLease(
  database: Pool,
  worker: PlatformProcess,
  journal: string,
  lateIds: ReadonlySet<string>,
  publishMore: () => Promise<void>,
): Promise<Pick<Verdict, 'failures' | 'figures'>> {
  const pairs = await stopInFlight(worker, journal, lateIds, publishMore);
  const stoppedAt = Date.now();
  await until('others have delivered what the stopped worker had in flight', async () => {
    const states = await deliveryStates(database, pairs);
    return states.every(({ status }) => status === 'succeeded');
  });
  const before = await deliveryStates(database, pairs);
  const stoppedMs = Date.now() - stoppedAt;
  worker.signal('SIGCONT');
  await until('the late results came', async () => {
    const open = new Set(inFlight(await Journal.read(journal)));
    return !pairs.some((pair) => open.has(pair));
  });
  const after = await deliveryStates(database, pairs);
  const entries = await Journal.read(journal);
  const late = pairs.filter((pair) => entries.findLast(({ of }) => of === pair)?.word === 'refused').length;
  const failures: string[] = [];
  if (late === 0) failures.push('no late result was refused');
  if (JSON.stringify(before) !== JSON.stringify(after)) failures.push('late results changed rows');
  if (before.some(({ attempts }) => attempts !== 1)) failures.push('an attempt was recorded twice');
  return {
    failures,
    figures: { in_flight_at_stop: pairs.length, late_results_refused: late, stopped_ms: stoppedMs },
  };
}

/** The deliveries to late receivers that it has in flight when it stands still. */
async function stopInFlight(
  worker: PlatformProcess,
  journal: string,
  lateIds: ReadonlySet<string>,
  publishMore: () => Promise<void>,
): Promise<string[]> {
  const late = async () =>
    inFlight(await Journal.read(journal)).filter((pair) => lateIds.has(pair.split('/')[0] ?? ''));
  const isAsking = async () => (await late()).length > 0;
  for (let turn = 1; turn <= MOST_TURNS; turn++) {
    // The business may be over before this worker has got one of their lanes: the others take them as well.
    await publishMore();
    const asking = await until('a late receiver is being asked', isAsking, TURN_MS, 20).then(
      () => true,
      () => false,
    );
    if (!asking) continue;
    worker.signal('SIGSTOP');
    await delay(SETTLED_AFTER_MS);
    const pairs = await late();
    if (pairs.length > 0) return pairs;
    worker.signal('SIGCONT');
  }
  throw new Error(`In ${MOST_TURNS} turns the worker to be stopped has asked no late receiver.`);
}
