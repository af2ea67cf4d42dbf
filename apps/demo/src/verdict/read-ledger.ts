import { readFileSync } from 'node:fs';

import type { LedgerEntry } from './verdict.js';

/** @throws when a line is not what the receiver writes: a verdict over half a ledger would be none */
export function readLedger(path: string): LedgerEntry[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LedgerEntry);
}
