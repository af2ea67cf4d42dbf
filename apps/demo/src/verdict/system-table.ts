import type { Subscription } from './changes.js';
import type { LedgerEntry } from './verdict.js';

/** A webhook that stands for one of the systems whose partners the demo plays. */
export type OfSystem = Pick<Subscription, 'webhookId'> & { system?: string; through: string };

const HEADINGS = ['system', 'subscribed through', 'event', 'language', 'bytes', 'verdict'];

/** One row for each system: the latest body it was sent, and how many of those it answered with 2xx stood up to its checks. */
export function systemTable(
  systems: readonly string[],
  subscriptions: readonly OfSystem[],
  ledger: readonly LedgerEntry[],
): string {
  const rows = systems.map((system) => {
    const webhook = subscriptions.find((subscription) => subscription.system === system);
    const requests = ledger.filter(({ webhookId }) => webhookId === webhook?.webhookId);
    return [system, webhook?.through ?? 'not subscribed', ...cellsOf(requests)];
  });
  const table = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cellsOf(requests: readonly LedgerEntry[]): string[] {
  const latest = requests.at(-1);
  if (!latest) return ['–', '–', '–', 'nothing arrived'];
  const verified = requests.filter((request) => request.verified).length;
  const fault = requests.find((request) => request.fault !== null)?.fault;
  const verdict = `${verified} of ${requests.length} verified${fault ? `: ${fault}` : ''}`;
  return [latest.event ?? '–', latest.language ?? '–', String(latest.bytes), verdict];
}
