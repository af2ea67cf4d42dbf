import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/services/server-process.mjs';
import { baseEnvironment } from './host-process.mjs';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
/** `<!-- newcomer: file src/main.ts -->`, `run`, `run until <what it prints>` or `sees <what has been printed>`, and a code block. */
const STEP = /<!-- newcomer: (file|run until|run|sees)(?: (.+?))? -->\s*```\w*\n([\s\S]*?)```/g;
const WAIT_MS = 120_000;

/**
 * Does what the README's quick start says, in an empty folder, and answers how long that took: files are written, commands
 * run in a shell, those that stay are waited for. Only the ports are others.
 */
export async function playNewcomer(folder, tarball, { url }) {
  await mkdir(folder);
  await cp(tarball, join(folder, basename(tarball)));
  const ports = { 3000: await freePort(), 4000: await freePort() };
  const shell = shellIn(folder, { DATABASE_URL: url, PORT: String(ports[3000]) });
  const times = [];
  try {
    for (const [, what, more, block] of (await readFile(README, 'utf8')).matchAll(STEP)) {
      const text = block.replaceAll(/\b(3000|4000)\b/g, (port) => ports[port]);
      const startedAt = performance.now();
      if (what === 'file') await write(join(folder, more), text);
      else if (what === 'run') await shell.run(text);
      else if (what === 'run until') await shell.stay(text, more);
      else await shell.seen(more);
      times.push({
        what: `${what} ${more ?? text.trim().split('\n')[0]}`,
        ms: performance.now() - startedAt,
      });
    }
  } finally {
    shell.end();
  }
  if (times.length === 0) throw new Error('The README has no steps for newcomers.');
  const seconds = (ms) => (ms / 1000).toFixed(1);
  const total = times.reduce((sum, { ms }) => sum + ms, 0);
  const long = times
    .filter(({ ms }) => ms > 500)
    .map(({ what, ms }) => `${what.slice(0, 40)} ${seconds(ms)}`);
  return `${seconds(total)} s in ${times.length} steps (${long.join('; ')})`;
}

async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

function shellIn(folder, variables) {
  const env = { ...baseEnvironment(), ...variables };
  const children = new Set();
  let output = '';
  const start = (text) => {
    // A group of its own, so that what it started ends with it.
    const child = spawn('bash', ['-euc', text], {
      cwd: folder,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    children.add(child);
    return { child, ended: once(child, 'close') };
  };
  const seen = async (words) => {
    const giveUpAt = Date.now() + WAIT_MS;
    while (!output.includes(words)) {
      if (Date.now() > giveUpAt) throw new Error(`Waited in vain for "${words}" in:\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    seen,
    async run(text) {
      const [code] = await start(text).ended;
      if (code !== 0) throw new Error(`Exit code ${code} of:\n${text}\n${output}`);
    },
    async stay(text, words) {
      const { ended } = start(text);
      const gone = ended.then(([code]) =>
        Promise.reject(new Error(`Ended with ${code}:\n${text}\n${output}`)),
      );
      gone.catch(() => undefined);
      await Promise.race([seen(words), gone]);
    },
    end() {
      for (const { pid, exitCode, signalCode } of children) {
        if (exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
      }
    },
  };
}
