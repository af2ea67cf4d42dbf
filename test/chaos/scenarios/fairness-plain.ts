import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { PlainJob } from '../platform/plain-sender.main.js';
import { randomOf, seedOf } from '../random.js';
import type { Stage } from '../stage.js';
import type { Round, Shares, Trouble } from './fairness-rounds.js';
import { BAD_PATH, playRound, sharesOf, TROUBLES } from './fairness-rounds.js';

const MAIN = fileURLToPath(new URL('../platform/plain-sender.main.js', import.meta.url));
const EVERY_MS = 20;
/** Of a backlog that no queue of jobs has worked off when the round ends. */
const BACKLOG = { backlog: 5_000, other: 100 };

export interface PlainSettings {
  receivers: number;
  perSecond: number;
  concurrency: number;
  deadlineMs: number;
  roundMs: number;
  /** Makes the choice of whom each job is for. */
  seed: number;
}

/** The same traffic and troubles on queues with a job for each delivery, a queue for each trouble. */
export async function plainQueues(stage: Stage, settings: PlainSettings): Promise<Shares> {
  const troubles = Object.keys(TROUBLES) as Trouble[];
  const found = await Promise.all(troubles.map((trouble) => plainQueue(stage, trouble, settings)));
  return new Map(found.flatMap((shares) => [...shares]));
}

async function plainQueue(stage: Stage, trouble: Trouble, settings: PlainSettings): Promise<Shares> {
  const receiver = await stage.startReceiver();
  const { receivers, perSecond, roundMs, seed, ...sending } = settings;
  const random = randomOf(seedOf(seed, trouble));
  const { url: redisUrl } = stage.services.redis;
  const options = { ...sending, redisUrl, redisPrefix: `${stage.redisPrefix}:${trouble}` };
  const sender = fork(MAIN, [JSON.stringify(options)], { execArgv: [] });
  const sent: string[] = [];
  const jobTo = (path: string): PlainJob => {
    const key = `${path}/${sent.length}@${Date.now()}`;
    if (path !== BAD_PATH) sent.push(key);
    return { url: `${receiver.url}${path}`, key };
  };
  const someone = () => `/C-${Math.floor(random() * (receivers - 1))}`;
  const feed = () => {
    const count = trouble === 'backlog' ? BACKLOG.backlog : BACKLOG.other;
    sender.send(Array.from({ length: count }, () => jobTo(BAD_PATH)));
    return Promise.resolve();
  };
  try {
    await once(sender, 'message');
    const perTick = Math.round((perSecond * EVERY_MS) / 1_000);
    const traffic = setInterval(
      () => sender.send(Array.from({ length: perTick }, () => jobTo(someone()))),
      EVERY_MS,
    );
    const rounds = { receiver, feed, cleared: () => Promise.resolve(), roundMs };
    const played: Round[] = [await playRound(rounds, 'none'), await playRound(rounds, trouble)];
    clearInterval(traffic);
    await delay(roundMs);
    return await sharesOf(receiver, sent, played);
  } finally {
    sender.kill('SIGKILL');
  }
}
