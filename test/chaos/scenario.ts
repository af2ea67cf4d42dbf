import type { Stage } from './stage.js';

/** How big a run is. */
export interface Size {
  /** The run that is part of every check, minutes instead of a quarter of an hour. */
  quick: boolean;
  /** Makes the run's random choices; printed, so that a failure can be played again. */
  seed: number;
}

/** What a scenario found out: who got what, against what the platform committed. */
export interface Verdict {
  /** Pairs of a committed change and a webhook that asked for it. */
  committed: number;
  /** Those of them that a receiver has in its ledger. */
  received: number;
  lost: number;
  /** Pairs in a ledger that nobody committed. */
  phantom: number;
  /** Answered requests beyond the first of their pair. */
  duplicates: number;
  /** Everything else that broke a promise, in words. */
  failures: string[];
  /**
   * Times and sizes that were beyond their bound. On a shared machine that can be somebody else's doing: a scenario that
   * has failed by nothing else is played once more, and the second verdict counts.
   * @default none
   */
  beyondBounds?: string[];
  figures: Record<string, number | string>;
  /** Why the run came to no verdict. */
  broken?: string;
}

/** A promise, put to the test, and the same test with the promise's mechanism switched off. */
export interface Scenario {
  name: string;
  /** It measures times, so it is played before the others. @default false */
  alone?: boolean;
  run(stage: Stage, size: Size): Promise<Verdict>;
  /** Must come to a verdict, and it must be that something was lost, phantom or failed: else the scenario proves nothing. */
  control(stage: Stage, size: Size): Promise<Verdict>;
  /** Whether the control has failed by what its mechanism keeps from happening, and not by something else. */
  proof(control: Verdict): boolean;
}

export function kept(verdict: Verdict): boolean {
  return keptButBounds(verdict) && (verdict.beyondBounds ?? []).length === 0;
}

/** Nothing is wrong with it, unless by how much or how long. */
export function keptButBounds({ broken, lost, phantom, failures }: Verdict): boolean {
  return !broken && lost === 0 && phantom === 0 && failures.length === 0;
}

export const NOTHING_SEEN: Verdict = {
  committed: 0,
  received: 0,
  lost: 0,
  phantom: 0,
  duplicates: 0,
  failures: [],
  figures: {},
};
