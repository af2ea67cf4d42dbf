import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { JournalEntry } from '../platform/journal.js';
import { inFlight, Journal, unrecorded } from '../platform/journal.js';
import type { PlatformProcess } from '../platform/platform-process.js';
import type { PlatformSettings } from '../platform/platform-settings.js';
import type { Point } from '../platform/tampering-kill.js';
import type { Stage } from '../stage.js';
import { until } from '../until.js';

/** So many an API process begins at least before it is killed, if it can in the time. */
const TRANSACTIONS = 20;
/** There may be nothing to do. */
const AT_WORK_WITHIN_MS = 3_000;
/** A forced point that is not passed by then never will be. */
const POINT_WITHIN_MS = 30_000;
/** So many times is a forced point passed unharmed at most. */
const PASSED_UNHARMED = 3;

/** A role of the platform that one process after another has. */
export interface Place {
  role: 'api' | 'worker';
  settings: PlatformSettings;
  /** Where its processes are to kill themselves, before any is killed from outside. */
  points: Point[];
  /** Who has the place already. */
  first?: PlatformProcess;
}

export interface Plan {
  kills: number;
  /** From its first work to its kill, a process lives at most that long. */
  livesMs: number;
  random: () => number;
}

/** Kills the process in each place again and again, replaces it at once, and counts what that interrupted. */
export class Places {
  /** Deaths at forced points. */
  readonly hits = new Map<Point, number>();
  readonly missed: string[] = [];
  kills = 0;
  inFlight = 0;
  /** Kills of workers from outside, and those of them that had requests in flight. */
  workerKills = 0;
  busyKills = 0;
  /** Results that came when their lane was another worker's, without a kill. */
  refused = 0;
  private doomed = 0;
  private pointsLeft = 0;
  private journals = 0;

  constructor(
    private readonly stage: Stage,
    private readonly plan: Plan,
  ) {}

  /** Until the planned kills are done; every place is taken when it ends, but for the API's. */
  async play(places: Place[]): Promise<void> {
    this.pointsLeft = places.reduce((sum, { points }) => sum + points.length, 0);
    await Promise.all(places.map((place) => this.playOne(place)));
  }

  private async playOne(place: Place): Promise<void> {
    while (this.goesOn(place)) {
      const point = place.points.shift();
      if (point) {
        await this.dieAt(place, point);
      } else {
        this.doomed += 1;
        await this.killOne(place);
      }
    }
    if (place.role === 'worker') await this.stage.startPlatform(place.settings);
  }

  /** Without business nobody would pass a point: the API goes on until all are passed. */
  private goesOn({ role, points }: Place): boolean {
    return this.doomed < this.plan.kills || points.length > 0 || (role === 'api' && this.pointsLeft > 0);
  }

  private async killOne(place: Place): Promise<void> {
    const path = this.newJournal();
    const victim = place.first ?? (await this.start(place, { keepJournal: path }));
    const known = place.first === undefined;
    place.first = undefined;
    if (place.role === 'api') void victim.traffic();
    await this.untilAtWork(place, victim, path);
    await delay(this.plan.random() * this.plan.livesMs);
    if (!victim.alive) this.missed.push('a process ended by itself');
    await victim.kill('SIGKILL');
    const entries = await this.count(known ? path : undefined);
    if (place.role === 'api') return;
    this.workerKills += 1;
    if (inFlight(entries).length > 0) this.busyKills += 1;
  }

  /** An idle process would be killed in vain. */
  private async untilAtWork({ role }: Place, process: PlatformProcess, journal: string): Promise<void> {
    const atWork = async () =>
      role === 'api'
        ? (process.lastReport?.transactions ?? 0) > TRANSACTIONS
        : (await stat(journal)).size > 0;
    await until('it works', atWork, AT_WORK_WITHIN_MS, 20).catch(() => undefined);
  }

  private async dieAt(place: Place, point: Point): Promise<void> {
    const path = this.newJournal();
    const nth = 1 + Math.floor(this.plan.random() * PASSED_UNHARMED);
    const signal = await this.signalThatEnds(place, { keepJournal: path, dieAt: `${point}:${nth}` });
    this.pointsLeft -= 1;
    const entries = await this.count(path);
    const died = entries.at(-1);
    if (signal === 'SIGKILL' && died?.word === 'dies' && died.of === point) {
      this.hits.set(point, (this.hits.get(point) ?? 0) + 1);
    } else {
      this.missed.push(`nobody was killed at "${point}"`);
    }
  }

  private async signalThatEnds(
    place: Place,
    tampering: PlatformSettings['tampering'],
  ): Promise<string | null> {
    let process: PlatformProcess;
    try {
      process = await this.start(place, tampering);
    } catch (error) {
      // It has passed its point before it could say that it was there.
      if (String(error).endsWith('ended with SIGKILL.')) return 'SIGKILL';
      throw error;
    }
    if (place.role === 'api') void process.traffic();
    const late = new AbortController();
    const tooLate = delay(POINT_WITHIN_MS, undefined, { signal: late.signal }).catch(() => undefined);
    await Promise.race([process.ended(), tooLate]);
    late.abort();
    const signal = process.endedBy;
    await process.kill('SIGKILL');
    return signal;
  }

  private start({ settings }: Place, tampering: PlatformSettings['tampering']): Promise<PlatformProcess> {
    return this.stage.startPlatform({ ...settings, tampering });
  }

  private async count(path: string | undefined): Promise<JournalEntry[]> {
    this.kills += 1;
    const entries = path === undefined ? [] : await Journal.read(path);
    this.inFlight += inFlight(entries).length;
    this.refused += unrecorded(entries);
    return entries;
  }

  private newJournal(): string {
    this.journals += 1;
    return join(this.stage.folder, `${this.journals}.journal`);
  }
}
