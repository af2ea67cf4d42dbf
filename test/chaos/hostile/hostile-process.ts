import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { Misbehaviour } from './misbehaviours.js';

const MAIN = fileURLToPath(new URL('hostile.main.js', import.meta.url));

export interface HostileSettings {
  /** A file with a line for each connection to the canary: the address and port that were dialled. */
  canaryPath: string;
}

export interface HostileReport {
  /** By the receiver's name. */
  requests: Record<string, number>;
  /** Sent by all of them. */
  bytes: number;
}

export interface HostilePorts {
  /** Nothing may be dialled at it, whatever the address. */
  canary: number;
  /** By the receiver's name. */
  ports: Record<string, number>;
  deliveries: Record<string, Misbehaviour['delivery']>;
}

/** The process of the hostile receivers, seen from the test. */
export class HostileProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly listening: HostilePorts,
    private readonly canaryPath: string,
  ) {}

  static async start(canaryPath: string): Promise<HostileProcess> {
    await writeFile(canaryPath, '');
    const child = fork(MAIN, [JSON.stringify({ canaryPath } satisfies HostileSettings)], { execArgv: [] });
    const [{ ready }] = (await once(child, 'message')) as [{ ready: HostilePorts }];
    return new HostileProcess(child, ready, canaryPath);
  }

  async report(): Promise<HostileReport> {
    this.child.send({ report: true });
    const [{ report }] = (await once(this.child, 'message')) as [{ report: HostileReport }];
    return report;
  }

  /** The connections that nobody should have made. */
  async canaryConnections(): Promise<string[]> {
    return linesOf(this.canaryPath);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}

/** The lines that a process has written so far. */
export async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n').filter(Boolean);
}
