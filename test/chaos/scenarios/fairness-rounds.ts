import { setTimeout as delay } from 'node:timers/promises';

import { latencies, median, percentile } from '../latency.js';
import type { ReceiverProcess } from '../receiver/receiver-process.js';
import type { Behaviour } from '../receiver/behaviour.js';
import { FINE } from '../receiver/behaviour.js';

/** The one receiver among the hundred. */
export const BAD_PATH = '/bad';

/** How the bad receiver treats its requests in a round of that name. */
export const TROUBLES = {
  hang: { kind: 'hang' },
  drip: { kind: 'drip', everyMs: 200 },
  refuse: { kind: 'answer', status: 429 },
  backlog: { kind: 'answer', status: 200, afterMs: 50 },
} as const satisfies Record<string, Behaviour>;

export type Trouble = keyof typeof TROUBLES;

export interface Round {
  trouble: Trouble | 'none';
  from: number;
  to: number;
}

export interface Rounds {
  receiver: ReceiverProcess;
  /** Makes sure that the bad receiver has something due. */
  feed: (trouble: Trouble) => Promise<void>;
  roundMs: number;
}

/** One round without trouble and one with each. What an earlier round has left under way settles before the next. */
export async function playRounds(
  { receiver, feed, roundMs }: Rounds,
  troubles: readonly Trouble[],
): Promise<Round[]> {
  const rounds: Round[] = [];
  for (const trouble of ['none', ...troubles] as const) {
    await receiver.behave(BAD_PATH, trouble === 'none' ? FINE : TROUBLES[trouble]);
    if (trouble !== 'none') await feed(trouble);
    await delay(roundMs / 4);
    const from = Date.now();
    await delay(roundMs);
    rounds.push({ trouble, from, to: Date.now() });
  }
  await receiver.behave(BAD_PATH, FINE);
  return rounds;
}

export interface Share {
  p50: number;
  p99: number;
}

/** The medians over the rounds of each trouble, of what the other receivers saw, in ms. */
export async function sharesOf(
  receiver: ReceiverProcess,
  rounds: Round[],
): Promise<Map<Round['trouble'], Share>> {
  const others = (await receiver.ledger()).filter(({ path }) => path !== BAD_PATH);
  const shares = new Map<Round['trouble'], Share>();
  for (const trouble of new Set(rounds.map((round) => round.trouble))) {
    const found = rounds
      .filter((round) => round.trouble === trouble)
      .map(({ from, to }) => latencies(others, from, to));
    shares.set(trouble, {
      p50: median(found.map((values) => percentile(values, 0.5))),
      p99: median(found.map((values) => percentile(values, 0.99))),
    });
  }
  return shares;
}
