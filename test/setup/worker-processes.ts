import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { WebhooksModuleOptions } from 'nestjs-booking-webhooks';

import { bundle } from './bundle.js';
import type { SharedServices } from './host.js';
import { QUICK } from './host.js';
import { until } from './until.js';

const ROOT = resolve(__dirname, '../..');

/** Workers in processes of their own, for what only a killed process shows. */
export class WorkerProcesses {
  /** Below the library, which finds there what is left outside of the bundle. */
  private readonly built = join(ROOT, `libs/webhooks/node_modules/.cache/worker-spec-${process.pid}`);
  private readonly running = new Set<ChildProcess>();

  /** Makes the program that they run. */
  async build(): Promise<void> {
    await bundle('test/setup/worker-process.ts', join(this.built, 'worker.js'));
  }

  async start(
    { database, redis }: SharedServices,
    options: Partial<WebhooksModuleOptions>,
  ): Promise<() => void> {
    const given = { databaseUrl: database.url, redis, options: { ...QUICK, ...options } };
    const child = spawn(process.execPath, [join(this.built, 'worker.js'), JSON.stringify(given)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.running.add(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
    const ready = () => {
      if (child.exitCode !== null) throw new Error(`A worker has ended: ${said}`);
      return said.includes('ready');
    };
    await until('a worker is ready', ready, 60_000);
    return () => {
      child.kill('SIGKILL');
      this.running.delete(child);
    };
  }

  killAll(): void {
    for (const child of this.running) child.kill('SIGKILL');
    this.running.clear();
  }

  remove(): void {
    rmSync(this.built, { recursive: true, force: true });
  }
}
