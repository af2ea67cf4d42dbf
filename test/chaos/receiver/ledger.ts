import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** One request, as its receiver saw it. */
export interface LedgerEntry {
  /** Epoch ms when the request was complete. */
  at: number;
  /** Epoch ms of its first byte. */
  firstByteAt: number;
  /** Epoch ms of the second in which it was signed: the header `webhook-timestamp`. */
  signedAt: number;
  /** Which webhook: the URL's path. */
  path: string;
  /** The header `webhook-id`. */
  id: string;
  /** The key of the platform's change, from the body; empty when there is none. */
  key: string;
  /** What it was answered; 0 when the connection was left hanging or cut. */
  status: number;
  /** Undefined while the receiver has not been told the secret. */
  verified?: boolean;
  /** Which of the secrets that the receiver was told last have signed it, by their places. */
  signers?: number[];
}

/**
 * What a receiver got, one JSON line each, on the disk before it is answered. One sync for all the requests that wait for
 * one.
 */
export class Ledger {
  private waiting: { line: string; written: () => void }[] = [];
  private syncing = false;

  private constructor(private readonly file: FileHandle) {}

  static async open(path: string): Promise<Ledger> {
    return new Ledger(await open(path, 'a'));
  }

  write(entry: LedgerEntry): Promise<void> {
    return new Promise((written) => {
      this.waiting.push({ line: `${JSON.stringify(entry)}\n`, written });
      if (!this.syncing) void this.sync();
    });
  }

  private async sync(): Promise<void> {
    this.syncing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      await this.file.appendFile(batch.map(({ line }) => line).join(''));
      await this.file.datasync();
      for (const { written } of batch) written();
    }
    this.syncing = false;
  }
}
