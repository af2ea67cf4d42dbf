import { execFile, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '../..');
/** Below the library, so that what is left outside of the bundle is found where the library finds it. */
const BUILT = join(ROOT, `libs/webhooks/node_modules/.cache/cli-spec-${process.pid}`);

export interface CliResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface CliRun {
  env?: Record<string, string>;
  stdin?: string | Buffer;
}

/** The operators' command as a process of its own, made of the sources: specs run without a build. */
export class Cli {
  private constructor(private readonly main: string) {}

  static async build(): Promise<Cli> {
    mkdirSync(BUILT, { recursive: true });
    const main = join(BUILT, 'main.js');
    // As a process: esbuild's own check of the runtime fails within jest's.
    await promisify(execFile)(process.execPath, [
      join(ROOT, 'node_modules/esbuild/bin/esbuild'),
      join(ROOT, 'libs/webhooks/src/cli/main.ts'),
      '--bundle',
      '--platform=node',
      '--format=esm',
      '--packages=external',
      '--keep-names',
      '--log-level=error',
      // As in the package, each command loads what it needs, and no more.
      '--splitting',
      `--outdir=${BUILT}`,
    ]);
    return new Cli(main);
  }

  async run(args: string[], { env = {}, stdin = '' }: CliRun = {}): Promise<CliResult> {
    const child = spawn(process.execPath, [this.main, ...args], {
      // Nothing of the specs' own environment: what a run needs is said by its spec.
      env: { PATH: process.env.PATH, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // A process that does not read its input may be gone before it is written.
    child.stdin.on('error', () => undefined).end(stdin);
    const closed = new Promise<number | null>((done) => child.once('close', done));
    const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { exitCode, stdout, stderr };
  }

  /** What `--json` answered, and the exit code. */
  async json(
    args: string[],
    run?: CliRun,
  ): Promise<{ exitCode: number | null; answer: Record<string, unknown> }> {
    const { exitCode, stdout } = await this.run([...args, '--json'], run);
    return { exitCode, answer: JSON.parse(stdout) as Record<string, unknown> };
  }

  remove(): void {
    rmSync(BUILT, { recursive: true, force: true });
  }
}
