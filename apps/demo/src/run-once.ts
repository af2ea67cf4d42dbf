import { once } from 'node:events';
import { untilIdle } from 'nestjs-booking-webhooks/testing';

import { committedChanges, showProgress } from './figures.js';
import { PublishedChanges } from './platform/published-changes.js';
import type { Stage } from './stage.js';
import { playAll } from './traffic/play.js';
import { SYSTEMS } from './traffic/partners.js';
import { readLedger } from './verdict/read-ledger.js';
import { systemTable } from './verdict/system-table.js';
import type { Verdict } from './verdict/verdict.js';
import { judge, verdictLine } from './verdict/verdict.js';

const STORIES_AT_ONCE = 8;
const SETTLE_MS = 90_000;

/**
 * Plays the traffic, waits until everything is delivered or settled, and judges.
 *
 * @returns the exit code, or undefined when `signal` aborted before there was anything to judge
 */
export async function runOnce(stage: Stage, signal: AbortSignal): Promise<number | undefined> {
  const started = Date.now();
  const stopProgress = showProgress(stage);
  await playAll(stage.stories, stage.desk, { atOnce: STORIES_AT_ONCE, signal });
  const playedMs = Date.now() - started;
  // What has not settled by then shows as lost.
  const settled = untilIdle(stage.app, { timeoutMs: SETTLE_MS }).catch((error: unknown) => {
    if (!signal.aborted) console.error(String(error));
  });
  await Promise.race([settled, aborted(signal)]);
  const settledMs = Date.now() - started;
  stopProgress();
  if (signal.aborted) return undefined;

  const committed = await committedChanges(stage);
  const rolledBack = stage.app.get(PublishedChanges).published - committed.length;
  await stage.close();
  const ledger = readLedger(stage.ledgerPath);
  const verdict = judge(committed, stage.subscriptions, ledger);

  console.log(`Traffic took ${seconds(playedMs)}, everything was settled after ${seconds(settledMs)}.`);
  console.log(`Ledger of the receiver: ${stage.ledgerPath}`);
  for (const { webhookId, acknowledged, refused, unsent } of verdict.gone) {
    console.log(
      `Webhook ${webhookId} took ${acknowledged} events, then its receiver answered 410 Gone (${refused}×). ` +
        `The other ${unsent} of its events are not counted as owed.`,
    );
  }
  console.log(`\n${systemTable(SYSTEMS, stage.subscriptions, ledger)}\n`);
  console.log(verdictLine(verdict, rolledBack));
  return passes(verdict) ? 0 : 1;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

function passes({ lost, phantom, received, verified }: Verdict): boolean {
  return lost === 0 && phantom === 0 && verified === received;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
