import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { ReceiverCounts } from './receiver.js';

/** What the receiver's process tells its parent. */
export interface ReceiverMessage {
  /** Once, when it listens. */
  port?: number;
  counts?: ReceiverCounts;
}

/** The partners' receivers, in a process of their own. */
export class ReceiverProcess {
  counts: ReceiverCounts = { acknowledged: 0, refused: 0 };

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    child.on('message', ({ counts }: ReceiverMessage) => {
      if (counts) this.counts = counts;
    });
  }

  /** @param ledgerPath the JSON Lines file that the receiver appends to */
  static async start(ledgerPath: string): Promise<ReceiverProcess> {
    const main = fileURLToPath(new URL('./receiver.main.js', import.meta.url));
    // Without the parent's own flags: what is preloaded there is not meant for the partners.
    const child = fork(main, [ledgerPath], { execArgv: [] });
    const port = await new Promise<number>((resolve, reject) => {
      child.on('message', (message: ReceiverMessage) => message.port && resolve(message.port));
      child.once('exit', (code) =>
        reject(new Error(`The receiver ended with exit code ${code} before it listened.`)),
      );
    });
    return new ReceiverProcess(child, `http://127.0.0.1:${port}`);
  }

  /** Resolves when the ledger is on disk and the process has ended. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.send('stop');
    await ended;
  }
}
