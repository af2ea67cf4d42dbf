import { setTimeout as delay } from 'node:timers/promises';

import { arrivalsOf, latencies, median, percentile } from '../latency.js';
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
  /** Resolves when nothing is due to the bad receiver any more. */
  cleared: () => Promise<void>;
  roundMs: number;
}

/** One round without trouble and one with each, what is left of one cleared away before the next. */
export async function playRounds(rounds: Rounds, troubles: readonly Trouble[]): Promise<Round[]> {
  const played = [await playRound(rounds, 'none')];
  for (const trouble of troubles) {
    played.push(await playRound(rounds, trouble));
    await rounds.receiver.behave(BAD_PATH, FINE);
    await rounds.cleared();
  }
  return played;
}

export async function playRound(
  { receiver, feed, roundMs }: Rounds,
  trouble: Round['trouble'],
): Promise<Round> {
  if (trouble !== 'none') {
    await receiver.behave(BAD_PATH, TROUBLES[trouble]);
    await feed(trouble);
  }
  await delay(roundMs / 4);
  const from = Date.now();
  await delay(roundMs);
  return { trouble, from, to: Date.now() };
}

export interface Share {
  p50: number;
  p99: number;
}

export type Shares = Map<Round['trouble'], Share>;

/**
 * The medians over the rounds of each trouble, of what the other receivers saw, in ms.
 *
 * @param sent the keys of all changes for the others
 */
export async function sharesOf(
  receiver: ReceiverProcess,
  sent: readonly string[],
  rounds: Round[],
): Promise<Shares> {
  const arrivals = arrivalsOf((await receiver.ledger()).filter(({ path }) => path !== BAD_PATH));
  const shares: Shares = new Map();
  for (const trouble of new Set(rounds.map((round) => round.trouble))) {
    const found = rounds
      .filter((round) => round.trouble === trouble)
      .map((window) => latencies(sent, arrivals, window));
    shares.set(trouble, {
      p50: median(found.map((values) => percentile(values, 0.5))),
      p99: median(found.map((values) => percentile(values, 0.99))),
    });
  }
  return shares;
}
