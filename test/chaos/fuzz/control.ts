import { ValidationPipe } from '@nestjs/common';

import { engineProvider } from '../platform/engine.js';
import type { Played } from './campaign.js';
import type { FuzzHost, FuzzServices } from './fuzz-host.js';
import { fuzzPublish } from './publish-fuzz.js';
import { fuzzRest } from './rest-fuzz.js';
import { fuzzTargets } from './target-fuzz.js';
import { fuzzVerify } from './verify-fuzz.js';

const CASES = 400;

/**
 * Each part of the fuzzing once more with a mechanism switched off: reading bodies and queries by their rules, the policy
 * for targets, the masking of credentials, the check of what is published, the verification of signatures.
 *
 * @returns what was noticed of the mechanisms' absence
 * @throws Error naming those whose absence nobody noticed
 */
export async function noticed(services: FuzzServices, seed: number): Promise<string[]> {
  const options = { wanted: CASES, seed, log: () => undefined, failsFast: true };
  const runs: [mechanism: string, run: () => Promise<Played>][] = [
    ['rules', () => withoutRules(() => fuzzRest(services, 'express', options))],
    ['masking', () => fuzzRest(services, 'express', { ...options, sabotage: withoutMasking })],
    ['target policy', () => fuzzTargets(services, { ...options, sabotage: withoutPolicy })],
    ['outbox', () => fuzzPublish(services, { ...options, sabotage: withoutOutbox })],
    ['verification', () => fuzzVerify({ ...options, trusting: true })],
  ];
  const missed: string[] = [];
  for (const [mechanism, run] of runs) {
    const { failures } = await run();
    if (failures.length === 0) missed.push(mechanism);
  }
  if (missed.length > 0) throw new Error(`Nobody noticed the absence of ${missed.join(', ')}.`);
  return runs.map(([mechanism]) => `${mechanism} noticed`);
}

/** The rules of every input are read by Nest's pipe. */
async function withoutRules(run: () => Promise<Played>): Promise<Played> {
  const pipe: { transform: unknown } = ValidationPipe.prototype;
  const { transform } = pipe;
  pipe.transform = (value: unknown) => Promise.resolve(value);
  try {
    return await run();
  } finally {
    pipe.transform = transform;
  }
}

function withoutMasking({ app }: FuzzHost): void {
  const sealed = engineProvider(app, 'SealedColumns');
  sealed.shown = (row) => ({ headers: sealed.headers?.(row), publicKey: null });
}

function withoutPolicy({ app }: FuzzHost): void {
  const policy = engineProvider(app, 'UrlPolicy');
  policy.check = (text) => ({ ok: true, url: new URL('https://a.example'), text });
}

/** Says that it has stored what it has not. */
function withoutOutbox({ app }: FuzzHost): void {
  const outbox = engineProvider(app, 'Outbox');
  outbox.append = (events) => Promise.resolve(new Set((events as { id: string }[]).map(({ id }) => id)));
}
