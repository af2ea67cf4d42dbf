import type { Tampering } from './engine.js';
import { cutsBeforeRecord } from './tampering-database.js';
import { dialsEverything, logsTo, seesEveryContract } from './tampering-hostile.js';
import { dieAt, keepJournal, succeedFirst } from './tampering-kill.js';
import { keepsFinishedJobs } from './tampering-soak.js';
import { fenceOff } from './tampering-workers.js';

export { around, engineProvider } from './engine.js';
export type { Methods, Tampering } from './engine.js';

/**
 * By name, so that settings can be sent to a process. The engine's own providers are no part of what a host can import:
 * they are found in the container by their classes' names.
 */
export const TAMPERING = {
  cutsBeforeRecord,
  dieAt,
  fenceOff,
  keepJournal,
  keepsFinishedJobs,
  succeedFirst,
  dialsEverything,
  logsTo,
  seesEveryContract,
} as const satisfies Record<string, Tampering>;

export type TamperingName = keyof typeof TAMPERING;
