import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { Behaviour, ReceiverCommand } from './behaviour.js';
import type { LedgerEntry } from './ledger.js';

const MAIN = fileURLToPath(new URL('receiver.main.js', import.meta.url));

/** A receiver process, and the ledger that it writes. */
export class ReceiverProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly ledgerPath: string,
  ) {}

  /** @param seed makes the choices of those that stumble */
  static async start(ledgerPath: string, seed: number): Promise<ReceiverProcess> {
    const child = fork(MAIN, [ledgerPath, String(seed)], { execArgv: [] });
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    return new ReceiverProcess(child, `http://127.0.0.1:${port}`, ledgerPath);
  }

  /** From the answer to the next request on. */
  behave(path: string, behaviour: Behaviour): Promise<void> {
    return this.tell({ command: 'behave', path, behaviour });
  }

  /** From now on says of each request to the path whether one of these secrets has signed it. */
  verify(path: string, secrets: string[]): Promise<void> {
    return this.tell({ command: 'verify', path, secrets });
  }

  /** Read from the disk: what the process itself would say may be lost with it. */
  async ledger(): Promise<LedgerEntry[]> {
    const entries: LedgerEntry[] = [];
    for await (const line of createInterface({ input: createReadStream(this.ledgerPath) })) {
      // The last line may be half written while the receiver works.
      if (line.endsWith('}')) entries.push(JSON.parse(line) as LedgerEntry);
    }
    return entries;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  private async tell(command: ReceiverCommand): Promise<void> {
    this.child.send(command);
    await once(this.child, 'message');
  }
}
