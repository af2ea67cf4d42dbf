import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { Contender } from './contenders.js';
import { Database } from './database.js';
import type { Subscriptions } from './load/subscriptions.js';
import type { OurPublisherCalls } from './ours/publisher.main.js';
import { Child } from './processes/child.js';
import { now } from './processes/clock.js';
import type { WorkerCalls } from './processes/worker-calls.js';
import type { Observed } from './receiver/observed.js';
import { observed } from './receiver/observed.js';
import type { ReceiverCalls } from './receiver/receiver.main.js';

/** Looking is work for the database, too. */
const LOOK_EVERY_MS = 20;
const GIVE_UP_MS = 240_000;
/** Deliveries of code that has never run. */
const FIRST_DELIVERIES = 300;

/** What every stack stands on. */
export interface Ground {
  databaseUrl: string;
  redisUrl: string;
  receiver: Child<ReceiverCalls>;
  ports: number[];
}

/** One run. */
export interface Sample extends Observed {
  deliveries: number;
  elapsedMs: number;
  perSecond: number;
  /** What the working processes used, in µs a delivery. */
  cpuUs: number;
}

export interface StackOptions {
  workers: number;
  subscriptions: Omit<Subscriptions, 'ports'>;
  /** What ours sends through. @default 'axios' */
  httpClient?: 'axios' | 'undici';
  /** Rows that are there before the workers start. */
  seed?: (database: Database) => Promise<void>;
  /** Whether PostgreSQL counts the workers' statements. */
  countStatements?: boolean;
}

/** One publishing process and some working ones, on a database and Redis keys of their own. */
export class Stack {
  private changes = 0;
  private perSecond = 0;

  private constructor(
    private readonly ground: Ground,
    private readonly contender: Contender,
    private readonly perContract: number,
    readonly database: Database,
    readonly redisPrefix: string,
    readonly publisher: Child<OurPublisherCalls>,
    readonly workers: Child<WorkerCalls>[],
  ) {}

  static async start(ground: Ground, contender: Contender, options: StackOptions): Promise<Stack> {
    const { workers, subscriptions, seed, countStatements, httpClient = 'axios' } = options;
    const database = await Database.create(ground.databaseUrl);
    const redisPrefix = `bench-${randomUUID()}`;
    const settings = {
      DATABASE_URL: database.url,
      REDIS_URL: ground.redisUrl,
      REDIS_PREFIX: redisPrefix,
      HTTP_CLIENT: httpClient,
    };
    const main = (role: string) => new URL(`./${contender.name}/${role}.main.js`, import.meta.url);
    const publisher = await Child.start<OurPublisherCalls>(main('publisher'), settings);
    await publisher.call('subscribe', { ...subscriptions, ports: ground.ports });
    await seed?.(database);
    const workerSettings = {
      ...settings,
      ...(countStatements && { PGOPTIONS: '-c pg_stat_statements.track=all' }),
    };
    const children = await Promise.all(
      Array.from({ length: workers }, () => Child.start<WorkerCalls>(main('worker'), workerSettings)),
    );
    return new Stack(
      ground,
      contender,
      subscriptions.perContract,
      database,
      redisPrefix,
      publisher,
      children,
    );
  }

  /** Delivers until the code is warm and its pace is known. */
  async warmUp(seconds: readonly number[]): Promise<void> {
    await this.deliver(Math.ceil(FIRST_DELIVERIES / this.perContract));
    for (const each of seconds) await this.deliver(this.changesIn(each));
  }

  /** As many changes as take about so long at the pace of the last run. */
  changesIn(seconds: number): number {
    return Math.ceil((this.perSecond * seconds) / this.perContract);
  }

  /** Publishes so many changes and measures until each of their deliveries is recorded as succeeded. */
  async deliver(changes: number): Promise<Sample> {
    const { result, ...seen } = await observed(this.ground.receiver, async () => {
      const cpuBefore = await this.workersCpuMs();
      const startedAt = now();
      await this.throughout(changes, () => this.publisher.call('publish', changes));
      const elapsedMs = now() - startedAt;
      return { elapsedMs, cpuMs: (await this.workersCpuMs()) - cpuBefore };
    });
    await this.verify();
    const deliveries = changes * this.perContract;
    const { elapsedMs, cpuMs } = result;
    this.perSecond = deliveries / (elapsedMs / 1000);
    return {
      deliveries,
      elapsedMs,
      perSecond: this.perSecond,
      cpuUs: (cpuMs * 1000) / deliveries,
      ...seen,
    };
  }

  /** Publishes at a rate and answers, for each event, the milliseconds from its commit to its first byte. */
  async latencies(changes: number, perSecond: number): Promise<number[]> {
    await this.ground.receiver.call('keepArrivals');
    const commits = await this.throughout(changes, () =>
      this.publisher.call('publishAtRate', changes, perSecond),
    );
    const arrivals = new Map(await this.ground.receiver.call('takeArrivals'));
    await this.verify();
    return commits.map(({ eventId, committedAt }) => {
      const arrivedAt = arrivals.get(eventId);
      if (arrivedAt === undefined)
        throw new Error(`${this.contender.name}: event ${eventId} did not arrive.`);
      return arrivedAt - committedAt;
    });
  }

  async clear(): Promise<void> {
    await Promise.all([this.publisher, ...this.workers].map((child) => child.kill()));
    await this.database.drop();
  }

  private async workersCpuMs(): Promise<number> {
    const usages = await Promise.all(this.workers.map((worker) => worker.call('usage')));
    return usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  }

  /** Runs the load and resolves once everything it caused is recorded. */
  private async throughout<Result>(changes: number, load: () => Promise<Result>): Promise<Result> {
    const { receiver } = this.ground;
    const { requests } = await receiver.call('counts');
    const arrived = receiver.call('reach', requests + changes * this.perContract);
    const late = new AbortController();
    const gaveUp = delay(GIVE_UP_MS, undefined, { signal: late.signal }).then(() => {
      throw new Error(`${this.contender.name}: deliveries are missing after ${GIVE_UP_MS} ms.`);
    });
    try {
      const all = Promise.all([load(), arrived.then(() => this.settled())]);
      const [result] = await Promise.race([all, gaveUp]);
      this.changes += changes;
      return result;
    } finally {
      late.abort();
      gaveUp.catch(() => undefined);
    }
  }

  private async settled(): Promise<void> {
    for (;;) {
      const { unsettled } = await this.database.row<{ unsettled: boolean }>(this.contender.unsettled);
      if (!unsettled) return;
      await delay(LOOK_EVERY_MS);
    }
  }

  /** Nothing lost, nothing twice: otherwise the figures are worth nothing. */
  private async verify(): Promise<void> {
    const expected = this.changes * this.perContract;
    const tally = await this.database.row<Record<string, number>>(this.contender.tally);
    const wanted = {
      deliveries: expected,
      succeeded: expected,
      attempts: expected,
      bookings: this.changes,
    };
    for (const [what, count] of Object.entries(wanted)) {
      if (tally[what] === count) continue;
      throw new Error(`${this.contender.name}: ${tally[what]} ${what} are stored, ${count} are right.`);
    }
    await this.database.tidy();
  }
}
