/**
 * A second, and what the times of two attempts may be wrong by: they are whole milliseconds, cut off, and two workers'
 * readings of the database's time differ by a few.
 */
const WINDOW_MS = 1_010;

/** A lane that used its second up sleeps until so much of it is free again: a turn for each single attempt costs too much. */
const SHARE_OF_A_TURN = 1 / 4;

/**
 * The starts of attempts that are within the last second, earliest first. One in the future, from before a clock was set
 * back, counts as one of now.
 */
export function stillCounting(starts: readonly number[], now: number): number[] {
  return starts
    .map((start) => Math.min(start, now))
    .filter((start) => start + WINDOW_MS > now)
    .sort((one, other) => one - other);
}

/** How many attempts may start from now on, so that no second, wherever it begins, has more than `maxPerSecond`. */
export function startsLeft(starts: readonly number[], maxPerSecond: number, now: number): number {
  return Math.max(maxPerSecond - stillCounting(starts, now).length, 0);
}

/** When the next turn is worth it: a quarter of the limit may start then. Null: at once. */
export function nextSendAt(starts: readonly number[], maxPerSecond: number, now: number): number | null {
  const counting = stillCounting(starts, now);
  const wanted = Math.ceil(maxPerSecond * SHARE_OF_A_TURN);
  const lastInTheWay = counting[counting.length + wanted - maxPerSecond - 1];
  return lastInTheWay === undefined ? null : lastInTheWay + WINDOW_MS;
}
