import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { PlatformConnections, PlatformReport, PlatformSettings } from './platform-settings.js';

const MAIN = fileURLToPath(new URL('platform.main.js', import.meta.url));
const READY_WITHIN_MS = 60_000;

type Answer = { call: number; answer?: unknown; error?: string };
type Told = { ready?: { port: number }; report?: PlatformReport } | Answer;

/** A webhook, as the platform's partner made it. */
export interface Subscribed {
  id: string;
  secret: string;
}

/** A process of the platform, seen from the test. */
export class PlatformProcess {
  /** The last report that arrived; what a killed process did after it is unknown. */
  lastReport: PlatformReport | undefined;
  private readonly calls = new Map<number, (answer: Answer) => void>();
  private lastCall = 0;

  private constructor(
    private readonly child: ChildProcess,
    /** Where it answers the module's REST resources. */
    public url: string,
  ) {
    child.on('message', (told: Told) => this.hear(told));
  }

  static async start(settings: PlatformSettings & PlatformConnections): Promise<PlatformProcess> {
    const child = fork(MAIN, [JSON.stringify(settings)], {
      execArgv: ['--expose-gc'],
      env: { ...process.env, ...settings.environment },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const platform = new PlatformProcess(child, '');
    const ready = new Promise<number>((resolve, reject) => {
      child.on('message', (told: Told) => 'ready' in told && told.ready && resolve(told.ready.port));
      child.once('exit', (code, signal) => reject(new Error(`The platform ended with ${code ?? signal}.`)));
      setTimeout(() => reject(new Error('The platform did not start in time.')), READY_WITHIN_MS).unref();
    });
    // A process may be killed on purpose before it is ready.
    ready.catch(() => undefined);
    platform.url = `http://127.0.0.1:${await ready}`;
    return platform;
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Runs the business of the settings to its end; resolves early, without an error, when the process is killed. */
  async traffic(): Promise<void> {
    await this.ask({ command: 'traffic' }).catch((error: unknown) => {
      if (this.alive) throw error;
    });
  }

  /** Changes so many bookings of a contract as fast as it goes. */
  async backlog(contract: string, count: number): Promise<void> {
    await this.ask({ command: 'backlog', contract, count });
  }

  /** A report of this moment, after the garbage is collected. */
  async measured(): Promise<PlatformReport> {
    return (await this.ask({ command: 'measure' })) as PlatformReport;
  }

  /** Everything it answers to, as `GET /webhooks/:id`. */
  async routes(): Promise<string[]> {
    return (await this.ask({ command: 'routes' })) as string[];
  }

  /** Calls the registry as the operator. */
  registry(method: string, ...input: unknown[]): Promise<unknown> {
    return this.ask({ command: 'registry', method, input });
  }

  /** For every event of contract C-1, unless told otherwise. */
  async subscribe(url: string, fields: Record<string, unknown> = {}): Promise<Subscribed> {
    const input = { contractId: 'C-1', eventTypes: ['*'], url, ...fields };
    return (await this.registry('create', input)) as Subscribed;
  }

  /** The signal that ended the process. */
  get endedBy(): NodeJS.Signals | null {
    return this.child.signalCode;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Resolves when the process has gone. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    if (!this.alive) return;
    const exit = once(this.child, 'exit');
    this.child.kill(signal);
    await exit;
  }

  /** Resolves when the process has ended by itself, or was killed by what it was told to do. */
  async ended(): Promise<void> {
    if (this.alive) await once(this.child, 'exit');
  }

  private ask(command: Record<string, unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const call = ++this.lastCall;
      const gone = () => reject(new Error('The platform process has gone.'));
      if (!this.alive) return gone();
      this.child.once('exit', gone);
      this.calls.set(call, ({ answer, error }) => {
        this.child.off('exit', gone);
        this.calls.delete(call);
        if (error === undefined) resolve(answer);
        else reject(new Error(error));
      });
      this.child.send({ call, ...command });
    });
  }

  private hear(told: Told): void {
    if ('call' in told) this.calls.get(told.call)?.(told);
    else if (told.report) this.lastReport = told.report;
  }
}
