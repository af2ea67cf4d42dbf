import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Calls, Reply } from './serve.js';

type Arguments<Call> = Call extends (...args: infer Args) => unknown ? Args : never;
type Answer<Call> = Call extends (...args: never[]) => infer Result ? Awaited<Result> : never;
interface Open {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

/**
 * Of every contender and the receiver. A delivery's garbage is young: with Node's 16 MB for it, collecting it took a fifth of
 * a worker's time.
 */
export const NODE_FLAGS = ['--max-semi-space-size=64'];

/** A process of the bench, and the calls it answers. */
export class Child<Offered> {
  private readonly open = new Map<number, Open>();
  private calls = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
  ) {
    child.on('message', (message: Reply | 'ready') => message !== 'ready' && this.settle(message));
    child.once('exit', (code, signal) => this.failAll(`${this.name} ended (${code ?? signal}).`));
  }

  /** @param main the compiled module that the process runs */
  static async start<Offered extends Record<keyof Offered, Calls[string]>>(
    main: URL,
    settings: Record<string, string>,
  ): Promise<Child<Offered>> {
    const path = fileURLToPath(main);
    // Without the parent's own flags: what is preloaded there follows another parent.
    const child = fork(path, [], { env: { ...process.env, ...settings }, execArgv: NODE_FLAGS });
    const ready = once(child, 'message');
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${path} ended with ${code} before it was ready.`);
    });
    await Promise.race([ready, ended]);
    ended.catch(() => undefined);
    return new Child(child, path.split('/').slice(-2).join('/'));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  call<Name extends keyof Offered & string>(
    name: Name,
    ...args: Arguments<Offered[Name]>
  ): Promise<Answer<Offered[Name]>> {
    const id = ++this.calls;
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject });
      this.child.send({ id, name, args });
    });
  }

  /** At once: what it had in hand is of no worth any more. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  private settle(reply: Reply): void {
    const open = this.open.get(reply.id);
    this.open.delete(reply.id);
    if ('error' in reply) open?.reject(new Error(`${this.name}: ${reply.error}`));
    else open?.resolve(reply.result as never);
  }

  private failAll(reason: string): void {
    for (const { reject } of this.open.values()) reject(new Error(reason));
    this.open.clear();
  }
}
