/** How much each measurement does. Rates come from runs of similar length: what is slower gets less to do. */
export interface Sizes {
  throughput: { rounds: number; workers: number[]; raw: number; plain: number; ours: number };
  worst: { rounds: number; webhooks: number };
  latency: { rounds: number; events: number };
  publish: { single: number; batches: number };
  growth: { changes: number; webhooks: number[]; backlog: number[]; events: number[] };
  profile: { changes: number };
}

/** In changes of bookings, each of which goes to {@link WEBHOOKS_PER_CONTRACT} webhooks; `raw` in requests. */
export const FULL: Sizes = {
  throughput: { rounds: 7, workers: [1, 2, 4], raw: 40_000, plain: 600, ours: 2_000 },
  worst: { rounds: 5, webhooks: 20_000 },
  latency: { rounds: 3, events: 2_000 },
  publish: { single: 2_000, batches: 200 },
  growth: {
    changes: 1_000,
    webhooks: [100, 1_000, 10_000, 100_000],
    backlog: [1_000, 10_000, 100_000, 1_000_000],
    events: [10_000, 100_000, 1_000_000],
  },
  profile: { changes: 3_000 },
};

export const QUICK: Sizes = {
  throughput: { rounds: 5, workers: [1, 2], raw: 15_000, plain: 200, ours: 700 },
  worst: { rounds: 3, webhooks: 4_000 },
  latency: { rounds: 1, events: 1_000 },
  publish: { single: 500, batches: 50 },
  growth: { changes: 500, webhooks: [100, 10_000], backlog: [1_000, 10_000], events: [10_000, 50_000] },
  profile: { changes: 1_000 },
};

export const WEBHOOKS = 100;
export const WEBHOOKS_PER_CONTRACT = 10;
/** What each contender does before anything is measured. */
export const WARM_UP_CHANGES = 300;
