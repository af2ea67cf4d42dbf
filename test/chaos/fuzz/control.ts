import { ValidationPipe } from '@nestjs/common';

import { around, engineProvider } from '../platform/engine.js';
import type { Played } from './campaign.js';
import type { FuzzHost, FuzzServices } from './fuzz-host.js';
import { fuzzPublish } from './publish-fuzz.js';
import { fuzzRest } from './rest-fuzz.js';
import { fuzzTargets } from './target-fuzz.js';
import { fuzzVerify } from './verify-fuzz.js';

const CASES = 400;

/**
 * Each part of the fuzzing once more with a mechanism switched off: reading bodies and queries by their rules, the policy
 * for targets, the masking of credentials, the check of what is published, the verification of signatures; and once with
 * sending that changes what it should leave alone.
 *
 * @returns what was noticed of the mechanisms' absence
 * @throws Error naming those whose absence nobody noticed
 */
export async function noticed(services: FuzzServices, seed: number): Promise<string[]> {
  const options = { wanted: CASES, seed, log: () => undefined, failsFast: true };
  const runs: [mechanism: string, run: () => Promise<Played>, by?: string][] = [
    ['rules', () => withoutRules(() => fuzzRest(services, 'express', options))],
    ['masking', () => fuzzRest(services, 'express', { ...options, sabotage: withoutMasking })],
    [
      'scope of sending',
      () => fuzzRest(services, 'express', { ...options, wanted: 5 * CASES, sabotage: changingOthers }),
      'changed its url without an answer that says so',
    ],
    ['target policy', () => fuzzTargets(services, { ...options, sabotage: withoutPolicy })],
    ['outbox', () => fuzzPublish(services, { ...options, sabotage: withoutOutbox })],
    ['verification', () => fuzzVerify({ ...options, trusting: true })],
  ];
  const missed: string[] = [];
  for (const [mechanism, run, by = ''] of runs) {
    const { failures } = await run();
    if (!failures.some((failure) => failure.includes(by))) missed.push(mechanism);
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

/** Whatever sends something changes the URL of a webhook that it is not about. */
async function changingOthers({ app, registry, database }: FuzzHost): Promise<void> {
  const fields = { eventTypes: ['booking.created'], url: 'https://bystander.example/' };
  const { id } = await registry.create('C-BYSTANDER', fields);
  const sending = [
    ['SendTest', 'send'],
    ['Redelivery', 'recover'],
    ['Redelivery', 'redeliver'],
  ] as const;
  for (const [provider, method] of sending) {
    around(engineProvider(app, provider), method, async (original, ...input) => {
      const answer = await original(...input);
      await database.rows.query(
        `WITH change AS (UPDATE webhook_change_counter SET value = value + 1 RETURNING value)
         UPDATE webhook SET url = url || 'x', change_seq = (SELECT value FROM change) WHERE id = $1`,
        [id],
      );
      return answer;
    });
  }
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
