/** What is done when a lane's turn comes, and how to tell when its next one is. */
export interface LaneWork {
  /** Works one slice of the lane. Never rejects. */
  turn(laneId: string): Promise<void>;
  /**
   * Asked after the lane's wake is gone from the scheduler, because a wake that arrives while a turn ends is dropped as
   * a duplicate. Epoch ms of the next turn (now or earlier: at once), undefined when the lane may rest. Never rejects.
   *
   * @param woken whether it was woken during its turn, so that something may be waiting for the answer
   */
  nextTurnAt(laneId: string, woken: boolean): Promise<number | undefined>;
}

/**
 * Rings lanes. It holds ids only: everything it knows can be rebuilt from the rows by the sweep, so an adapter may
 * lose wakes, but it must not lose one silently while it is healthy.
 *
 * Each lane has at most one turn at a time in one adapter instance; lanes take turns first come, first served.
 */
export interface LaneScheduler {
  /** Asks for a turn of each lane. Returns at once, never throws, and does nothing for a lane that already waits. */
  wake(laneIds: readonly string[]): void;
  /** Wakes lanes that were woken again and again and had no turn: first clears away what swallows their wakes. */
  wakeUnheard(laneIds: readonly string[]): void;
  /** Starts working lanes, at most `concurrency` at once. A process that never calls it only wakes. */
  work(work: LaneWork, concurrency: number): Promise<void>;
  /** Takes no new lane, resolves when the turns under way have ended. */
  stop(): Promise<void>;
}
