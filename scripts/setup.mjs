// Imports nothing that has to be installed first.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * What every entry script is: dependencies first, then `run`, whose answer is the exit code. An error is told by its
 * message alone (with its stack when DEBUG is set).
 */
export async function main(run) {
  try {
    ensureInstalled();
    process.exitCode = await run();
  } catch (error) {
    console.error(process.env.DEBUG ? error : error.message);
    process.exitCode = 1;
  }
}

/** Runs `npm ci` unless node_modules holds what the lockfile asks for. */
export function ensureInstalled() {
  const reason = missing();
  if (!reason) return;
  console.error(`Installing dependencies (${reason})`);
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [command, ...args] = [...npm, 'ci', '--no-audit', '--no-fund'];
  // What it prints goes to stderr: stdout is the caller's.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`npm ci failed (${error?.message ?? `exit code ${status}`})`);
}

function missing() {
  // npm writes this one last: an interrupted installation has none.
  const installed = packagesOf('node_modules/.package-lock.json');
  if (!installed) return 'node_modules is missing or incomplete';
  for (const [path, wanted] of Object.entries(packagesOf('package-lock.json'))) {
    if (!path.includes('node_modules/') || wanted.optional) continue;
    if (installed[path]?.version !== wanted.version) return `${path} is not at the lockfile's version`;
    if (!existsSync(`${root}${path}/package.json`)) return `${path} is missing`;
  }
  return undefined;
}

function packagesOf(lockfile) {
  const path = `${root}${lockfile}`;
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}
