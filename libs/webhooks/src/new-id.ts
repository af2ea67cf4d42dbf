import { randomFillSync } from 'node:crypto';

import { v7 as uuidv7 } from 'uuid';

import type { Clock } from './webhooks.clock.js';

interface LastId {
  msecs: number;
  /** 32 bits. */
  sequence: number;
}

const lastIds = new WeakMap<Clock, LastId>();

/**
 * A UUIDv7 of the engine's time, which `firstIdAt` bounds. Ids of one process sort in the order in which they were made,
 * as those do that the library makes of the system's time; with a time given, it would draw each sequence at random.
 */
export function newId(clock: Clock): string {
  const msecs = clock.now();
  const last = lastIds.get(clock);
  const next = last && msecs <= last.msecs ? following(last) : { msecs, sequence: randomSequence() };
  lastIds.set(clock, next);
  return uuidv7({ msecs: next.msecs, seq: next.sequence, random: randomBytes16() });
}

function following({ msecs, sequence }: LastId): LastId {
  const next = (sequence + 1) >>> 0;
  return { msecs: next === 0 ? msecs + 1 : msecs, sequence: next };
}

/** Its highest bit is free, so that a millisecond has room for two thousand million ids. */
function randomSequence(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

const pool = new Uint8Array(16 * 256);
let taken = pool.length;

/** The library asks the system for each id's sixteen bytes, which costs more than the rest of the id. */
function randomBytes16(): Uint8Array {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  return pool.subarray(taken, (taken += 16));
}
