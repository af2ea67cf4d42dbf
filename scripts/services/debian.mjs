import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const POLICY = '/usr/sbin/policy-rc.d';

export const onPath = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** Whether this process may install packages here. */
export const mayInstall = () => process.getuid?.() === 0 && onPath('apt-get');

/** Installs a package without what it merely recommends, and without starting its service. */
export function installPackage(name) {
  return withoutStartingServices(async () => {
    await aptGet('update');
    await aptGet('install', '-y', '--no-install-recommends', name);
  });
}

async function aptGet(...args) {
  try {
    await promisify(execFile)('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (cause) {
    throw new Error(`apt-get ${args[0]} failed: ${cause.stderr.trim()}`, { cause });
  }
}

/** Debian's packages start their service when they are installed, unless this script says no (101). */
async function withoutStartingServices(install) {
  if (existsSync(POLICY)) return install();
  await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install();
  } finally {
    await rm(POLICY, { force: true });
  }
}
