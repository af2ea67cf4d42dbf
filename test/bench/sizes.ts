/**
 * How much each measurement does. A run of a throughput is sized by the contender's own pace, so that every contender's runs
 * take about as long, on any machine.
 */
export interface Sizes {
  /** Of warming up, one after the other; each run but the first is sized by the one before it. */
  warmUpSeconds: number[];
  /** `spread`: also with the webhooks in contracts of ten. What a run leads in with is not counted. */
  throughput: { rounds: number; workers: number[]; spread: boolean; leadInSeconds: number; seconds: number };
  /** `webhooks` get one delivery each from ours; plain gets through as many of them as `plainSeconds` allow. */
  worst: { rounds: number; webhooks: number; plainSeconds: number };
  latency: { rounds: number; events: number };
  publish: { single: number; batches: number };
  growth: { rounds: number; seconds: number } & Record<Curve, number[]>;
  profile: { seconds: number };
}

/** What grows while the same load is delivered to the same 100 webhooks. */
export type Curve = 'webhooks' | 'backlog' | 'events';

export const FULL: Sizes = {
  warmUpSeconds: [2, 3],
  throughput: { rounds: 7, workers: [1, 2, 4], spread: true, leadInSeconds: 2, seconds: 7 },
  worst: { rounds: 5, webhooks: 20_000, plainSeconds: 5 },
  latency: { rounds: 5, events: 1_200 },
  publish: { single: 2_000, batches: 200 },
  growth: {
    rounds: 5,
    seconds: 2.5,
    webhooks: [100, 1_000, 10_000, 100_000],
    backlog: [1_000, 10_000, 100_000, 1_000_000],
    events: [10_000, 100_000, 1_000_000],
  },
  profile: { seconds: 8 },
};

export const QUICK: Sizes = {
  warmUpSeconds: [2],
  throughput: { rounds: 3, workers: [1, 2], spread: false, leadInSeconds: 1, seconds: 1.5 },
  worst: { rounds: 3, webhooks: 2_000, plainSeconds: 1.5 },
  latency: { rounds: 1, events: 500 },
  publish: { single: 400, batches: 40 },
  growth: {
    rounds: 2,
    seconds: 1.2,
    webhooks: [100, 10_000],
    backlog: [1_000, 20_000],
    events: [1_000, 20_000],
  },
  profile: { seconds: 2.5 },
};

export const WEBHOOKS = 100;
export const WEBHOOKS_PER_CONTRACT = 10;
/** Of the publishing that is measured in batches. */
export const BATCH = 100;
/** Of the pace at which latency is measured. */
export const EVENTS_PER_SECOND = 200;
