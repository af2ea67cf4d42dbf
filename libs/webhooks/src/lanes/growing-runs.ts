/** How often it is asked whether more would help. */
const LOOK_EVERY_MS = 50;
/** What takes longer waits for its receiver, however busy this process is. */
const SLOW_MS = 100;

/** How the runs go, looked at every now and then. */
export interface Progress {
  /** Since a step has ended, or since the beginning. */
  sinceLastEndMs: number;
  /** How long that step took; 0 before one has ended. */
  lastTookMs: number;
}

/** Whether a lane gets more requests in flight: while this process could send more, or the receiver is what is waited for. */
export function mayGrow({ sinceLastEndMs, lastTookMs }: Progress, hasSpareTime: boolean): boolean {
  return hasSpareTime || sinceLastEndMs > SLOW_MS || lastTookMs > SLOW_MS;
}

/**
 * Runs `step` again and again, until it answers false: one at first, and twice as many in parallel after each look at them that
 * finds that they may `grow`, up to `most`. Waits for all of them, also after one has failed.
 *
 * @throws what the first that failed has thrown
 */
export async function growingRuns(
  most: number,
  step: () => Promise<boolean>,
  grow: (progress: Progress) => boolean,
): Promise<void> {
  const runs: Promise<void>[] = [];
  let lastEndedAt = performance.now();
  let lastTookMs = 0;
  const run = async (): Promise<void> => {
    for (let more = true; more;) {
      const startedAt = performance.now();
      more = await step();
      lastEndedAt = performance.now();
      lastTookMs = lastEndedAt - startedAt;
    }
  };
  const start = (count: number): void => {
    for (let left = Math.min(count, most - runs.length); left > 0; left -= 1) {
      const started = run();
      // Heard of below, when those before it have ended.
      started.catch(() => undefined);
      runs.push(started);
    }
  };
  start(1);
  const looking = setInterval(() => {
    if (runs.length >= most) clearInterval(looking);
    else if (grow({ sinceLastEndMs: performance.now() - lastEndedAt, lastTookMs })) start(runs.length);
  }, LOOK_EVERY_MS);
  const ends: PromiseSettledResult<void>[] = [];
  while (ends.length < runs.length) ends.push(...(await Promise.allSettled(runs.slice(ends.length))));
  clearInterval(looking);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
