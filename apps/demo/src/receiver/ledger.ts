import { closeSync, fsync, fsyncSync, openSync, writeSync } from 'node:fs';

import type { LedgerEntry } from '../verdict/verdict.js';

const FSYNC_INTERVAL_MS = 1_000;

/** What the receiver saw, one JSON line each, written before it answers. */
export class Ledger {
  private readonly file: number;
  private readonly timer: NodeJS.Timeout;

  constructor(path: string) {
    this.file = openSync(path, 'a');
    this.timer = setInterval(() => fsync(this.file, () => undefined), FSYNC_INTERVAL_MS);
  }

  write(entry: LedgerEntry): void {
    writeSync(this.file, `${JSON.stringify(entry)}\n`);
  }

  close(): void {
    clearInterval(this.timer);
    fsyncSync(this.file);
    closeSync(this.file);
  }
}
