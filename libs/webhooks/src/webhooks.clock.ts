/** Where the engine reads the time. Every time that is stored comes from here, as epoch milliseconds. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
