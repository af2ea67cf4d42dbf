import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { PlainJob } from '../platform/plain-sender.main.js';
import type { Verdict } from '../scenario.js';
import { NOTHING_SEEN } from '../scenario.js';
import type { Stage } from '../stage.js';
import { BAD_PATH, playRounds, sharesOf } from './fairness-rounds.js';

const MAIN = fileURLToPath(new URL('../platform/plain-sender.main.js', import.meta.url));
const EVERY_MS = 20;

/** The same traffic, troubles and measurements on a queue with a job for each delivery. */
export async function plainQueue(
  stage: Stage,
  settings: {
    receivers: number;
    perSecond: number;
    concurrency: number;
    deadlineMs: number;
    roundMs: number;
  },
  unfair: (shares: Awaited<ReturnType<typeof sharesOf>>) => string[],
): Promise<Verdict> {
  const receiver = await stage.startReceiver();
  const { receivers, perSecond, concurrency, deadlineMs, roundMs } = settings;
  const connections = { redisUrl: stage.services.redis.url, redisPrefix: stage.redisPrefix };
  const sender = fork(MAIN, [JSON.stringify({ ...connections, concurrency, deadlineMs })], { execArgv: [] });
  try {
    await once(sender, 'message');
    let number = 0;
    const jobTo = (path: string): PlainJob => ({
      url: `${receiver.url}${path}`,
      key: `${path}/${(number += 1)}@${Date.now()}`,
    });
    const someone = () => `/C-${Math.floor(Math.random() * (receivers - 1))}`;
    const perTick = Math.round((perSecond * EVERY_MS) / 1_000);
    const traffic = setInterval(
      () => sender.send(Array.from({ length: perTick }, () => jobTo(someone()))),
      EVERY_MS,
    );
    const feed = () => {
      sender.send(Array.from({ length: 100 }, () => jobTo(BAD_PATH)));
      return Promise.resolve();
    };
    const rounds = await playRounds({ receiver, feed, roundMs }, ['hang']);
    clearInterval(traffic);
    return { ...NOTHING_SEEN, beyondBounds: unfair(await sharesOf(receiver, rounds)) };
  } finally {
    sender.kill('SIGKILL');
  }
}
