import { randomUUID } from 'node:crypto';

import Bull from 'bull';

import { systemClock } from '../webhooks.clock.js';
import { BullLaneScheduler } from './bull-lane-scheduler.js';
import { InProcessLaneScheduler } from './in-process-lane-scheduler.js';
import type { LaneScheduler, LaneWork } from './lane-scheduler.js';

/** Turns that are ended by the spec, so that it decides what overlaps. */
class HeldTurns implements LaneWork {
  readonly started: string[] = [];
  readonly nextTurns = new Map<string, number>();
  /** Whether a lane that was asked for its next turn had been woken during the last one. */
  readonly askedAsWoken: boolean[] = [];
  private readonly ends = new Map<string, () => void>();
  private readonly watchers = new Set<() => void>();

  turn(laneId: string): Promise<void> {
    this.started.push(laneId);
    const ended = new Promise<void>((resolve) => this.ends.set(laneId, resolve));
    for (const watcher of this.watchers) watcher();
    return ended;
  }

  nextTurnAt(laneId: string, woken: boolean): Promise<number | undefined> {
    this.askedAsWoken.push(woken);
    const next = this.nextTurns.get(laneId);
    this.nextTurns.delete(laneId);
    return Promise.resolve(next);
  }

  end(laneId: string): void {
    this.ends.get(laneId)?.();
  }

  /** Resolves when that many turns have started. */
  async startedCount(count: number): Promise<void> {
    while (this.started.length < count) {
      await new Promise<void>((resolve) => {
        const watcher = () => {
          this.watchers.delete(watcher);
          resolve();
        };
        this.watchers.add(watcher);
      });
    }
  }
}

interface Adapter {
  scheduler: LaneScheduler;
  close(): Promise<void>;
}

function bull(): Adapter {
  const url = process.env.REDIS_URL ?? '';
  const queue = new Bull('webhooks', url, { prefix: `contract-${randomUUID()}` });
  return { scheduler: new BullLaneScheduler(queue, systemClock), close: () => queue.close() };
}

function inProcess(): Adapter {
  return { scheduler: new InProcessLaneScheduler(systemClock), close: () => Promise.resolve() };
}

describe.each([
  ['Bull', bull],
  ['in-process', inProcess],
])('the %s scheduler', (_, create) => {
  let adapter: Adapter;
  let scheduler: LaneScheduler;
  let turns: HeldTurns;

  beforeEach(() => {
    adapter = create();
    scheduler = adapter.scheduler;
    turns = new HeldTurns();
  });

  afterEach(async () => {
    const stopped = scheduler.stop();
    for (const laneId of turns.started) turns.end(laneId);
    await stopped;
    await adapter.close();
  });

  /** Lane `a` is in its second turn then. */
  async function wakeDuringTurn(): Promise<void> {
    await scheduler.work(turns, 10);
    scheduler.wake(['a']);
    await turns.startedCount(1);
    scheduler.wake(['a']);
    turns.nextTurns.set('a', Date.now());
    turns.end('a');
    await turns.startedCount(2);
  }

  it('gives a woken lane a turn', async () => {
    await scheduler.work(turns, 10);
    scheduler.wake(['a']);
    await turns.startedCount(1);
    expect(turns.started).toEqual(['a']);
  });

  it('keeps wakes that come before anybody works', async () => {
    scheduler.wake(['a', 'b']);
    await scheduler.work(turns, 10);
    await turns.startedCount(2);
    expect([...turns.started].sort()).toEqual(['a', 'b']);
  });

  it('gives a lane that is woken many times one turn', async () => {
    scheduler.wake(['a', 'a']);
    scheduler.wake(['a']);
    await scheduler.work(turns, 10);
    scheduler.wake(['b']);
    await turns.startedCount(2);
    expect([...turns.started].sort()).toEqual(['a', 'b']);
  });

  it('never gives a lane two turns at once', async () => {
    await scheduler.work(turns, 10);
    scheduler.wake(['a']);
    await turns.startedCount(1);
    scheduler.wake(['a']);
    scheduler.wake(['b']);
    await turns.startedCount(2);
    expect(turns.started).toEqual(['a', 'b']);
  });

  it('asks after a turn when the next one is, so that a wake during the turn is not lost', async () => {
    await wakeDuringTurn();
    expect(turns.started).toEqual(['a', 'a']);
  });

  it('says, as it asks, whether the lane was woken during its turn, so that what has come does not wait for company', async () => {
    await wakeDuringTurn();
    turns.nextTurns.set('a', Date.now());
    turns.end('a');
    await turns.startedCount(3);
    expect(turns.askedAsWoken).toEqual([true, false]);
  });

  it('wakes a lane again when its next turn comes', async () => {
    await scheduler.work(turns, 10);
    scheduler.wake(['a']);
    await turns.startedCount(1);
    const nextAt = Date.now() + 300;
    turns.nextTurns.set('a', nextAt);
    turns.end('a');
    await turns.startedCount(2);
    expect(Date.now()).toBeGreaterThanOrEqual(nextAt);
  });

  it('hears a wake although a later turn is set already', async () => {
    await scheduler.work(turns, 10);
    scheduler.wake(['a']);
    await turns.startedCount(1);
    turns.nextTurns.set('a', Date.now() + 3_600_000);
    scheduler.wake(['b']);
    await turns.startedCount(2);
    turns.end('a');
    // One lane's turn after the other's end shows that the first lane's next turn has been set.
    turns.nextTurns.set('b', Date.now());
    turns.end('b');
    await turns.startedCount(3);
    scheduler.wake(['a']);
    await turns.startedCount(4);
    expect(turns.started).toEqual(['a', 'b', 'b', 'a']);
  });

  it('takes an earlier next turn although a later one is set already', async () => {
    await scheduler.work(turns, 10);
    scheduler.wake(['a']);
    await turns.startedCount(1);
    turns.nextTurns.set('a', Date.now() + 3_600_000);
    turns.end('a');
    scheduler.wake(['b']);
    await turns.startedCount(2);
    scheduler.wake(['a']);
    await turns.startedCount(3);
    turns.nextTurns.set('a', Date.now() + 200);
    turns.end('a');
    await turns.startedCount(4);
    expect(turns.started).toEqual(['a', 'b', 'a', 'a']);
  });

  it('works no more lanes at once than it was told to, and the others in the order of their wakes', async () => {
    scheduler.wake(['a']);
    await scheduler.work(turns, 2);
    await turns.startedCount(1);
    scheduler.wake(['b']);
    await turns.startedCount(2);
    scheduler.wake(['c', 'd']);
    turns.end('a');
    await turns.startedCount(3);
    expect(turns.started).toEqual(['a', 'b', 'c']);
    turns.end('b');
    await turns.startedCount(4);
    expect(turns.started).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives a lane with more to do its next turn after the lanes that wait', async () => {
    await scheduler.work(turns, 1);
    scheduler.wake(['a', 'b']);
    await turns.startedCount(1);
    turns.nextTurns.set('a', Date.now());
    turns.end('a');
    await turns.startedCount(2);
    turns.end('b');
    await turns.startedCount(3);
    expect(turns.started).toEqual(['a', 'b', 'a']);
  });

  it('stops when the turns under way have ended, and starts none', async () => {
    await scheduler.work(turns, 1);
    scheduler.wake(['a', 'b']);
    await turns.startedCount(1);
    let stopped = false;
    const stopping = scheduler.stop().then(() => (stopped = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    turns.nextTurns.set('a', Date.now());
    turns.end('a');
    await stopping;
    expect(turns.started).toEqual(['a']);
  });
});
