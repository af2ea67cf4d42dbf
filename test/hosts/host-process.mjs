import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';

const STARTS_WITHIN_MS = 60_000;
const ENDS_WITHIN_MS = 60_000;

/** Starts a compiled host and waits until it listens. */
export async function startHost(
  folder,
  settings,
  { main = 'dist/main.js', execArgv = [], variables = {} } = {},
) {
  const host = fork(join(folder, main), {
    cwd: folder,
    env: { ...baseEnvironment(), ...variables, HOST: JSON.stringify(settings) },
    execArgv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [host.stdout, host.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = once(host, 'close');
  const started = await Promise.race([
    once(host, 'message'),
    ended.then(() => undefined),
    after(STARTS_WITHIN_MS),
  ]);
  if (!started) {
    host.kill('SIGKILL');
    throw new Error(`The host did not start:\n${output}`);
  }
  return {
    url: started[0].url,
    output: () => output,
    /** Asks for its end, which has to come without anybody's ending it. */
    async close() {
      host.send('close');
      const end = await Promise.race([ended, after(ENDS_WITHIN_MS)]);
      if (end?.[0] === 0) return;
      host.kill('SIGKILL');
      throw new Error(
        `The host did not end by itself (${end ? `exit code ${end[0]}` : 'it hangs'}):\n${output}`,
      );
    },
    kill: () => host.kill('SIGKILL'),
  };
}

/** Runs one of the host's scripts; answers what it printed. */
export async function runHostScript(folder, args, settings) {
  return (await runProgram(folder, args, { HOST: JSON.stringify(settings) })).stdout;
}

/** Runs a program to its end, which has to come by itself. */
export function runProgram(folder, args, variables = {}) {
  const env = { ...baseEnvironment(), ...variables };
  return promisify(execFile)(process.execPath, args, { cwd: folder, env, timeout: ENDS_WITHIN_MS });
}

/** Nothing of ours but npm's cache, as if somebody had started it from a shell. */
export function baseEnvironment() {
  const { PATH, HOME, TZ = 'UTC', npm_config_cache } = process.env;
  return { PATH, HOME, TZ, ...(npm_config_cache && { npm_config_cache }) };
}

async function after(ms) {
  await new Promise((resolve) => setTimeout(resolve, ms).unref());
  return undefined;
}
