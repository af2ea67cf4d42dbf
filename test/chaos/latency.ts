import type { LedgerEntry } from './receiver/ledger.js';

/** Times from the publishing of a change to the first byte at its receiver, in ms, each change's first request only. */
export function latencies(ledger: LedgerEntry[], from: number, to: number): number[] {
  const seen = new Set<string>();
  const found: number[] = [];
  for (const { key, firstByteAt } of ledger) {
    const publishedAt = publishedAtOf(key);
    if (seen.has(key) || publishedAt < from || publishedAt >= to) continue;
    seen.add(key);
    found.push(firstByteAt - publishedAt);
  }
  return found;
}

/** The platform's changes carry the time of their publishing in their keys. */
function publishedAtOf(key: string): number {
  return Number(key.slice(key.lastIndexOf('@') + 1));
}

/** Infinite when there are no values: nothing has arrived. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.POSITIVE_INFINITY;
}

export function median(values: number[]): number {
  return percentile(values, 0.5);
}
