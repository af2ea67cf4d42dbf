import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '../..');

/** Makes one file of a program, for a process of its own. What its packages bring along it finds from where it lies. */
export async function bundle(program: string, outfile: string): Promise<void> {
  await promisify(execFile)(process.execPath, [
    join(ROOT, 'node_modules/esbuild/bin/esbuild'),
    join(ROOT, program),
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--packages=external',
    // The library from its sources, and nothing else: specs run without a build.
    `--alias:nestjs-booking-webhooks=${join(ROOT, 'libs/webhooks/src/index.ts')}`,
    '--keep-names',
    '--log-level=error',
    `--outfile=${outfile}`,
  ]);
}
