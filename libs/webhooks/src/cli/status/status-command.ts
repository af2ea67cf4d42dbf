import { Command } from 'commander';

import type { Answering } from '../answer.js';
import { EXIT, usageError } from '../answer.js';
import { placeOf } from '../database-address.js';
import type { DatabaseSettings } from '../database-settings.js';
import { takesDatabase } from '../database-settings.js';
import { aligned, count, duration } from '../words.js';
import type { PlatformStatus } from './platform-status.js';

const MAX_LAG_SECONDS = 60;

interface StatusSettings extends DatabaseSettings {
  maxLag: number;
}

export function statusCommand(answer: Answering): Command {
  return takesDatabase(new Command('status'))
    .description('How far behind the webhooks are, which of them fail and which are disabled.')
    .option(
      '--max-lag <seconds>',
      'the age from which what is due, or waits for the relay, is too late: exit code 1',
      wholeSeconds,
      MAX_LAG_SECONDS,
    )
    .action(async (settings: StatusSettings) => {
      const { statusOf } = await import('./platform-status.js');
      const status = await statusOf(settings);
      const late = whatIsLate(status, settings.maxLag * 1_000);
      answer({
        text: described(placeOf(settings), status, late),
        json: { ok: late.length === 0, late, ...status },
        exitCode: late.length === 0 ? EXIT.ok : EXIT.no,
      });
    });
}

function whatIsLate({ relay, deliveries, migrations }: PlatformStatus, maxLagMs: number): string[] {
  return [
    ...((relay.oldestMs ?? 0) > maxLagMs
      ? [
          `Events wait for the relay since ${duration(relay.oldestMs ?? 0)}: is a worker running, and does it reach the database?`,
        ]
      : []),
    ...((deliveries.oldestDueMs ?? 0) > maxLagMs
      ? [
          `Deliveries are due since ${duration(deliveries.oldestDueMs ?? 0)}: is a worker running, and does it reach Redis? ` +
            'If it is and does, there is more to send than the workers can: add one.',
        ]
      : []),
    ...(migrations.pending.length > 0
      ? [`${count(migrations.pending.length, 'migration is', 'migrations are')} pending: run \`migrate\`.`]
      : []),
  ];
}

function described(place: string, status: PlatformStatus, late: string[]): string {
  const { at, migrations, relay, deliveries, lanesAtWork, webhooks, failing, disabled, held } = status;
  const since = (ms: number | null) => (ms === null ? '' : `, the oldest since ${duration(ms)}`);
  const facts = aligned([
    ['database', `${place}, ${at} by its clock`],
    ['migrations', `${migrations.applied} applied, ${migrations.pending.length} pending`],
    ['relay', `${count(relay.waiting, 'event')} waiting${since(relay.oldestMs)}`],
    ['due', `${count(deliveries.due, 'delivery', 'deliveries')}${since(deliveries.oldestDueMs)}`],
    ['paused', `${count(deliveries.paused, 'delivery', 'deliveries')} due in lanes that pause`],
    ['later', `${count(deliveries.later, 'delivery', 'deliveries')} waiting for a retry`],
    ['lanes', `${lanesAtWork} at work`],
    ['webhooks', `${webhooks.active} active, ${webhooks.inactive} inactive, ${webhooks.disabled} disabled`],
    ['held', `${count(held, 'delivery', 'deliveries')} for a recovery`],
  ]);
  return [
    facts,
    ...listOf(
      'failing',
      failing.count,
      failing.listed.map((one) => [
        one.id,
        one.contractId,
        `since ${one.failingSince}`,
        count(one.consecutiveFailures, 'failure'),
        one.pausedUntil === null ? '' : `paused until ${one.pausedUntil}`,
        one.url,
      ]),
    ),
    ...listOf(
      'disabled',
      disabled.count,
      disabled.listed.map((one) => [
        one.id,
        one.contractId,
        `since ${one.since}`,
        one.reason ?? '',
        `${one.held} held`,
        one.url,
      ]),
    ),
    ...late,
  ].join('\n\n');
}

function listOf(title: string, total: number, rows: string[][]): string[] {
  if (total === 0) return [];
  const more = total > rows.length ? `, ${rows.length} of them:` : ':';
  return [`${title} ${total}${more}\n${aligned(rows)}`];
}

function wholeSeconds(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw usageError(`--max-lag is '${text}'; pass a whole number of seconds.`);
}
