import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

const TAIL_LINES = 30;
const TERMINATION_MS = 10_000;

const running = new Set();
let closed = false;

/** A child whose output is kept (the last lines of it) instead of printed. */
function spawnQuietly(command, args, options) {
  if (closed) throw new Error('The services are being stopped.');
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = [];
  const keep = (chunk) => {
    lines.push(...chunk.toString().split('\n').filter(Boolean));
    lines.splice(0, lines.length - TAIL_LINES);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      lines.push(error.message);
      resolve('error');
    });
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  running.add(child);
  void ended.then(() => running.delete(child));
  return { child, ended, tail: () => lines.join('\n') };
}

/** Runs a command to its end; throws with the tail of its output when it fails. */
export async function run(command, args, options) {
  const { ended, tail } = spawnQuietly(command, args, options);
  const code = await ended;
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${tail()}`);
}

/** Starts a server and waits until its log says that it accepts connections. */
export async function startServer(command, args, options) {
  const { child, ended, tail } = spawnQuietly(command, args, options);
  const ready = new Promise((resolve) => {
    const look = () => /ready (to accept|for) connections/i.test(tail()) && resolve('ready');
    child.stdout.on('data', look);
    child.stderr.on('data', look);
  });
  const first = await Promise.race([ready, ended]);
  if (first !== 'ready') throw new Error(`${command} ended with ${first} before it was ready:\n${tail()}`);
  return {
    ended: ended.then((code) => `${command} ended with ${code}:\n${tail()}`),
    /** Resolves when the server's process has gone, unless the signal is one that it outlives. */
    async signal(name) {
      child.kill(name);
      if (name !== 'SIGSTOP' && name !== 'SIGCONT') await ended;
    },
  };
}

/** Another process may take the port between the look and the bind: then again with another one. */
export async function onFreePort(start, attempts = 3) {
  const port = await freePort();
  try {
    return { port, server: await start(port) };
  } catch (error) {
    if (attempts === 1 || !/address already in use/i.test(error.message)) throw error;
    return onFreePort(start, attempts - 1);
  }
}

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Ends every child this process started, and starts none after it. */
export async function stopEverything() {
  closed = true;
  await Promise.all([...running].map(terminate));
}

async function terminate(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  // SIGINT is PostgreSQL's "fast shutdown" (SIGTERM would wait for every client) and ends Redis as well.
  child.kill('SIGINT');
  const hard = setTimeout(() => child.kill('SIGKILL'), TERMINATION_MS);
  await once(child, 'close');
  clearTimeout(hard);
}
