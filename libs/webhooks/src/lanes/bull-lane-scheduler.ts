import type { Socket } from 'node:net';

import { Logger } from '@nestjs/common';
import type { Job, JobOptions, Queue } from 'bull';

import type { Clock } from '../webhooks.clock.js';
import type { LaneScheduler, LaneWork } from './lane-scheduler.js';

/** A job that works a lane; its id is the lane's. */
const TURN = 'turn';
/** A job that does nothing but wake a lane, because a delayed job under the lane's own id would swallow its wakes. */
const LATER = 'later';

/** A finished job that stays in Redis would swallow every later wake of its id. */
const GONE_WHEN_DONE = { removeOnComplete: true, removeOnFail: true } as const satisfies JobOptions;

const JOBS_PER_COMMAND = 500;
/** Wakes kept for the moment Redis answers again. Beyond it, the sweep finds the lanes. */
const KEPT_WAKES = 10_000;
/** A Redis that is stopped, or behind a line that swallows everything, takes connections and commands for ever. */
const HANGS_AFTER_MS = 1_000;
/** How long the end waits, beyond the turns under way, for Redis to hear of it; then its connections are cut. */
const LAST_WORDS_MS = 4_000;
const HANGING_UP_MS = 1_000;
const ERROR_LOG_EVERY_MS = 10_000;

/** A job that is in no list is nobody's. Its key, the lists it could be in; its id. */
const DELETE_UNLISTED_JOB = `
  for list = 2, #KEYS do
    if redis.call('LPOS', KEYS[list], ARGV[1]) then return 0 end
  end
  return redis.call('DEL', KEYS[1])`;

interface LaterData {
  laneId: string;
  /** Epoch ms. */
  at: number;
}

/**
 * Lanes on Bull: a waiting lane is one job without a payload, whatever its backlog, and Bull's first-come-first-served
 * line of lanes is a round over receivers.
 */
export class BullLaneScheduler implements LaneScheduler {
  private readonly logger = new Logger(BullLaneScheduler.name);
  private readonly asked = new Set<string>();
  private flushing: { since: number } | undefined;
  private stopped = false;
  private loggedErrorAt = -Infinity;
  private readonly turns = new Set<Promise<void>>();
  /** Lanes whose turn is under way in this process. */
  private readonly inTurn = new Set<string>();
  /** Those of them that were woken meanwhile, until they are asked for their next turn. */
  private readonly wokenInTurn = new Set<string>();
  private readonly lookingUp = new Set<Promise<void>>();
  private readonly early = new Set<NodeJS.Timeout>();

  constructor(
    private readonly queue: Queue,
    private readonly clock: Clock,
    /** Lanes that go to the head of the line: the relay, which the others live on. */
    private readonly urgent: ReadonlySet<string> = new Set(),
  ) {
    queue.on('error', (error) => this.logError(error));
    queue.client.on('ready', () => this.flushSoon());
  }

  /**
   * Gathers the wakes that come while Redis answers the last ones, and those that come while it is away. A lane that has its
   * turn needs none: its job would swallow it, and what is due is looked up after the turn.
   */
  wake(laneIds: readonly string[]): void {
    for (const laneId of laneIds) {
      if (this.inTurn.has(laneId)) this.wokenInTurn.add(laneId);
      else if (this.asked.size < KEPT_WAKES || this.redisAnswers()) this.asked.add(laneId);
    }
    this.flushSoon();
  }

  wakeUnheard(laneIds: readonly string[]): void {
    if (!this.redisAnswers()) return;
    Promise.all(laneIds.map((laneId) => this.clearStray(laneId)))
      .then(() => this.wake(laneIds))
      .catch((error: unknown) => this.logError(error));
  }

  async work(work: LaneWork, concurrency: number): Promise<void> {
    this.queue.on('completed', (job) => this.afterTurn(job, work));
    this.queue.on('failed', (job) => this.afterTurn(job, work));
    // Resolves when the queue closes, or rejects when Redis goes: never awaited.
    this.queue
      .process('*', concurrency, (job) => this.turn(job, work))
      .catch((error: unknown) => this.logError(error));
    await Promise.resolve();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.early) clearTimeout(timer);
    const paused = this.redisIsReady() ? Promise.race([this.pause(), this.redisGoes()]) : Promise.resolve();
    while (this.turns.size + this.lookingUp.size > 0) await Promise.all([...this.turns, ...this.lookingUp]);
    // Here and not by Nest: without Redis, Bull would wait for ever to tell it which turns have ended.
    const closed = paused
      .then(() => this.lastLookUps())
      .then(() => this.flush())
      .then(() => this.queue.close(true));
    if (await endsWithin(closed, LAST_WORDS_MS)) return;
    this.hangUp();
    await endsWithin(this.queue.close(true), HANGING_UP_MS);
  }

  /** Bull tells of a turn's end after Redis has heard of it, which is after the turn itself. */
  private async lastLookUps(): Promise<void> {
    await Promise.all(this.lookingUp);
  }

  /**
   * Bull's closing asks whether it is ready, and would then connect again, to a Redis that hangs. Connections are destroyed,
   * not ended: an end would have to be acknowledged as well. What waits for an answer fails.
   */
  private hangUp(): void {
    this.queue.isReady = () => Promise.reject(new Error('Redis did not answer.'));
    void this.queue.close(true);
    for (const client of this.queue.clients) {
      client.disconnect();
      (client as unknown as { stream?: Socket }).stream?.destroy();
    }
  }

  /**
   * Takes no further job; resolves when Redis has heard of every turn's end. What Bull's own waiting pause does, but that
   * one leaves a rejection unhandled when Redis goes meanwhile, which would end the host's process.
   */
  private async pause(): Promise<void> {
    const { processing } = this.queue as Queue & { processing: Record<string, Promise<unknown>> };
    try {
      await this.queue.pause(true, true);
      await Promise.all(Object.values(processing));
    } catch (error) {
      this.logError(error);
    }
  }

  private redisGoes(): Promise<void> {
    return new Promise((resolve) => this.queue.client.once('close', () => resolve()));
  }

  private async turn(job: Job<unknown>, work: LaneWork): Promise<void> {
    if (job.name === LATER) return this.wakeAt(job.data as LaterData);
    if (job.name !== TURN) return this.clearAway(job);
    const laneId = String(job.id);
    this.inTurn.add(laneId);
    const turn = work.turn(laneId).finally(() => {
      this.inTurn.delete(laneId);
      this.turns.delete(turn);
    });
    this.turns.add(turn);
    await turn;
  }

  /**
   * Bull takes a job from its line and then notes the time in the job's key, without looking whether the key is still
   * there: where Redis was emptied in between, it makes a key without a job, which would swallow every later wake of the
   * lane; left among the active ones, the id would be handed out again and again. Not awaited: what Bull asks of the job
   * next goes through the same connection, and after this.
   */
  private clearAway({ id }: Job<unknown>): void {
    const laneId = String(id);
    const { queue } = this;
    queue.client
      .multi()
      .del(queue.toKey(laneId), `${queue.toKey(laneId)}:lock`)
      .lrem(queue.toKey('active'), 0, laneId)
      .srem(queue.toKey('stalled'), laneId)
      .exec()
      .catch((error: unknown) => this.logError(error));
  }

  /** As {@link clearAway} would have, had its process not been killed in between. */
  private async clearStray(laneId: string): Promise<void> {
    const keys = [laneId, 'wait', 'active', 'paused'].map((name) => this.queue.toKey(name));
    await this.queue.client.eval(DELETE_UNLISTED_JOB, keys.length, ...keys, laneId);
  }

  /** The turn's job is gone from Redis now, so from here on a wake is heard; what came before it is looked up. */
  private afterTurn(job: Job<unknown>, work: LaneWork): void {
    if (job.name !== TURN) return;
    const looking = this.lookUp(String(job.id), work).finally(() => this.lookingUp.delete(looking));
    this.lookingUp.add(looking);
  }

  private async lookUp(laneId: string, work: LaneWork): Promise<void> {
    const nextAt = await work.nextTurnAt(laneId, this.wokenInTurn.delete(laneId));
    if (nextAt === undefined) return;
    if (nextAt <= this.clock.now()) this.wake([laneId]);
    else this.wakeLater(laneId, nextAt);
  }

  /**
   * Bull compares a delayed job's time, which is the clock of the machine that added it, with the clock of any worker: one
   * that is minutes ahead gets it minutes early, and would set it, and get it, again and again.
   */
  private wakeAt({ laneId, at }: LaterData): void {
    const early = at - this.clock.now();
    if (early <= 0) return this.wake([laneId]);
    const timer = setTimeout(() => {
      this.early.delete(timer);
      this.wake([laneId]);
    }, early);
    timer.unref();
    this.early.add(timer);
  }

  /** The time is part of the id: an earlier wake must not be swallowed by a later one that is set already. */
  private wakeLater(laneId: string, at: number): void {
    if (!this.redisAnswers()) return;
    const data: LaterData = { laneId, at };
    const options = {
      ...GONE_WHEN_DONE,
      jobId: `${laneId}:later:${at}`,
      delay: Math.max(at - this.clock.now(), 1),
    };
    this.queue.add(LATER, data, options).catch((error: unknown) => this.logError(error));
  }

  private flushSoon(): void {
    // At the end wakes are kept until this process takes none: the command that waits for the next job is cut off then, and
    // a job that it had just been given would look like one in work until it stalls.
    if (this.flushing || this.stopped || this.asked.size === 0) return;
    this.flushing = { since: performance.now() };
    setImmediate(() => void this.flushAndGoOn());
  }

  /** One flush at a time: what Redis does not answer would pile up in its client. */
  private async flushAndGoOn(): Promise<void> {
    await this.flush();
    this.flushing = undefined;
    if (this.redisIsReady()) this.flushSoon();
  }

  private async flush(): Promise<void> {
    if (!this.redisIsReady()) return;
    const laneIds = [...this.asked];
    this.asked.clear();
    const commands: Promise<unknown>[] = [];
    for (let start = 0; start < laneIds.length; start += JOBS_PER_COMMAND) {
      const jobs = laneIds.slice(start, start + JOBS_PER_COMMAND).map((laneId) => ({
        name: TURN,
        data: {},
        opts: { ...GONE_WHEN_DONE, jobId: laneId, lifo: this.urgent.has(laneId) },
      }));
      commands.push(this.queue.addBulk(jobs).catch((error: unknown) => this.logError(error)));
    }
    await Promise.all(commands);
  }

  private redisAnswers(): boolean {
    const waiting = this.flushing ? performance.now() - this.flushing.since : 0;
    return this.redisIsReady() && waiting < HANGS_AFTER_MS;
  }

  private redisIsReady(): boolean {
    return this.queue.client.status === 'ready';
  }

  private logError(error: unknown): void {
    if (this.stopped || performance.now() - this.loggedErrorAt < ERROR_LOG_EVERY_MS) return;
    this.loggedErrorAt = performance.now();
    this.logger.warn(`Redis or Bull failed; rows are safe and the sweep wakes their lanes: ${String(error)}`);
  }
}

/** Whether it settled in the time. */
async function endsWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  const ended = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([ended, tooLong]).finally(() => clearTimeout(timer));
}
