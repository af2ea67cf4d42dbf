import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const GRACE_MS = 15_000;

/**
 * Runs `node <args>` to its end and answers its exit code. Signals are handed on once, and a child that outlives
 * them by 15 seconds is killed. `onMessage` gets what the child sends and the child.
 */
export function runChild(args, { cwd, env, onMessage } = {}) {
  // In a session of its own, or a terminal's Ctrl+C would reach the child twice: from the terminal and from here.
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  if (onMessage) child.on('message', (message) => onMessage(message, child));

  let hard;
  const handOn = (signal) => {
    if (hard) return;
    child.kill(signal);
    hard = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  };
  for (const signal of SIGNALS) process.on(signal, handOn);

  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(hard);
      for (const each of SIGNALS) process.off(each, handOn);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}
