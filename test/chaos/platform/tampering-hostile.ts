import { appendFileSync } from 'node:fs';

import { ALL_CONTRACTS } from 'nestjs-booking-webhooks';

import type { Methods, Tampering } from './engine.js';
import { engineProvider } from './engine.js';

/** Every address may be dialled. */
export const dialsEverything: Tampering = (app) => {
  const sender = engineProvider(app, 'HttpSender') as unknown as { urls: { addresses: Methods } };
  // The prototype's: the connections judge with an instance of their own.
  const policy = Object.getPrototypeOf(sender.urls.addresses) as Methods;
  policy.refusal = () => undefined;
};

/** Every caller is taken for the operator. */
export const seesEveryContract: Tampering = (app) => {
  const options = engineProvider(app, 'Symbol(nestjs-booking-webhooks.options)');
  Reflect.set(options, 'access', { contract: () => ALL_CONTRACTS });
};

/** Writes what the module logs to a file, one JSON text each. */
export const logsTo: Tampering = (app, path) => {
  const note = (...parts: unknown[]) =>
    appendFileSync(String(path), `${JSON.stringify(parts.map(String))}\n`);
  (app as unknown as Methods).useLogger?.({ log: note, warn: note, error: note });
};
