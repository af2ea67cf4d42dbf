import type { LedgerEntry } from './receiver/ledger.js';

/**
 * Times from the publishing of each change in a window to the first byte at its receiver, in ms; infinite for those that
 * no ledger has.
 */
export function latencies(
  sent: readonly string[],
  arrivals: ReadonlyMap<string, number>,
  { from, to }: { from: number; to: number },
): number[] {
  const inWindow = sent.filter((key) => publishedAtOf(key) >= from && publishedAtOf(key) < to);
  return inWindow.map((key) => (arrivals.get(key) ?? Number.POSITIVE_INFINITY) - publishedAtOf(key));
}

/** When the first byte about each change arrived. */
export function arrivalsOf(ledger: LedgerEntry[]): Map<string, number> {
  const arrivals = new Map<string, number>();
  for (const { key, firstByteAt } of ledger)
    arrivals.set(key, Math.min(firstByteAt, arrivals.get(key) ?? Number.POSITIVE_INFINITY));
  return arrivals;
}

/** The platform's changes carry the time of their publishing in their keys. */
function publishedAtOf(key: string): number {
  return Number(key.slice(key.lastIndexOf('@') + 1));
}

/** Infinite when there are no values: nothing was sent. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.POSITIVE_INFINITY;
}

export function median(values: number[]): number {
  return percentile(values, 0.5);
}
