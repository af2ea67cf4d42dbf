import { setTimeout as delay } from 'node:timers/promises';

/** A database that restarts costs waiting, not a lost result: about five seconds in all. */
const TRY_AGAIN_AFTER_MS = [100, 400, 1_600, 3_200];

/**
 * For statements that change nothing when they are repeated.
 *
 * @param failed told of each failure but the last, which rejects
 */
export async function tryingAgain<Result>(
  run: () => Promise<Result>,
  failed: (error: unknown, againInMs: number) => void,
): Promise<Result> {
  for (const pause of TRY_AGAIN_AFTER_MS) {
    try {
      return await run();
    } catch (error) {
      failed(error, pause);
      await delay(pause);
    }
  }
  return run();
}
