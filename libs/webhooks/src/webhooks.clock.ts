/** Where the engine reads the time. Every time that is stored comes from here, as epoch milliseconds. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** What {@link DatabaseClock} reads, in milliseconds. Replaced by its specs. */
export interface TimeSources {
  /** Epoch milliseconds of the database. */
  database(): Promise<number>;
  /** A clock that nobody sets: what was measured holds although the system's clock jumps. */
  monotonic(): number;
  /** The system's clock: the time until the database was asked. */
  system(): number;
}

export const LOCAL_TIME = { monotonic: () => performance.now(), system: () => Date.now() };

/** What is added to the monotonic time. The truth lay within `uncertainty` of it when it was measured. */
interface Offset {
  value: number;
  uncertainty: number;
  measuredAt: number;
}

/** How much two quartzes may drift apart: 1 ms in 10 s. RFC 5905 assumes 15 ppm of one (its PHI). */
const DRIFT = 1e-4;
/** A correction of less than this holds the time still instead of setting it back. */
const HELD_BACK_MS = 1_000;

/**
 * The database's time, from this process's monotonic clock and an offset to it. Processes compare the times that others
 * have stored, so what counts is that all have one time, whatever their machines believe.
 */
export class DatabaseClock implements Clock {
  private offset: Offset;
  private last = -Infinity;

  constructor(private readonly sources: TimeSources) {
    const now = sources.monotonic();
    this.offset = { value: sources.system() - now, uncertainty: Infinity, measuredAt: now };
  }

  now(): number {
    const now = Math.floor(this.sources.monotonic() + this.offset.value);
    if (now < this.last && this.last - now < HELD_BACK_MS) return this.last;
    return (this.last = now);
  }

  /** How far the system's clock is ahead of the database's, in milliseconds. */
  get systemIsAheadBy(): number {
    return this.sources.system() - (this.sources.monotonic() + this.offset.value);
  }

  /**
   * Asks the database once. It read its time somewhere between question and answer, so the offset is known to half of
   * that time. A slow answer says nothing new about a good offset, and is left out, unless it proves it wrong: the
   * database has another time now, or this machine was suspended.
   */
  async measure(): Promise<void> {
    const asked = this.sources.monotonic();
    const time = await this.sources.database();
    const answered = this.sources.monotonic();
    const uncertainty = (answered - asked) / 2;
    const measured = { value: time - asked - uncertainty, uncertainty, measuredAt: answered };
    const known = this.offset.uncertainty + (answered - this.offset.measuredAt) * DRIFT;
    const proof = Math.abs(measured.value - this.offset.value) > uncertainty + known;
    if (uncertainty <= known || proof) this.offset = measured;
  }
}
