import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';

import { dialectOf } from '../database/dialect.js';
import type { Clock } from '../webhooks.clock.js';
import { DatabaseClock, LOCAL_TIME } from '../webhooks.clock.js';
import type { ResolvedWebhooksOptions } from '../webhooks.options.js';
import { WEBHOOKS_CLOCK, WEBHOOKS_OPTIONS } from '../webhooks.tokens.js';

/** The first of them opens the connection. */
const QUESTIONS_AT_BOOT = 5;
const WARN_FROM_MS = 2_000;

/** A clock that has asked the database already, so that nothing is ever stored with the machine's own time. */
export async function databaseClock(dataSource: DataSource): Promise<DatabaseClock> {
  const clock = new DatabaseClock({ ...LOCAL_TIME, database: () => timeOf(dataSource) });
  try {
    for (let question = 0; question < QUESTIONS_AT_BOOT; question += 1) await clock.measure();
  } catch {
    // What is wrong with the data source is said by the checks at boot, which know the remedy.
  }
  return clock;
}

const NOW = {
  // Not now(), which is the time at which a transaction began.
  postgres: 'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now',
  // Not UNIX_TIMESTAMP, which goes by the session's time zone, where one hour of a year is there twice.
  mysql: "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) / 1000 AS now",
  // This process's own.
  sqlite: "SELECT (julianday('now') - 2440587.5) * 86400000 AS now",
};

async function timeOf(dataSource: DataSource): Promise<number> {
  const [row]: { now: string | number }[] = await dataSource.query(NOW[dialectOf(dataSource.manager)]);
  return Number(row?.now);
}

/** Keeps the engine's clock with the database's, in every process: those that only publish store times as well. */
@Injectable()
export class ClockSync {
  private readonly logger = new Logger(ClockSync.name);
  private timer: NodeJS.Timeout | undefined;
  private asking: Promise<void> | undefined;
  private warned = false;

  constructor(
    @Inject(WEBHOOKS_CLOCK) private readonly clock: Clock,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedWebhooksOptions,
  ) {}

  /** Does nothing when a spec has put a clock of its own in the place of the database's. */
  start(): void {
    const { clock } = this;
    if (!(clock instanceof DatabaseClock)) return;
    this.compare(clock);
    this.timer = setInterval(() => {
      this.asking ??= this.ask(clock).finally(() => (this.asking = undefined));
    }, this.options.sweepIntervalMs);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.asking;
  }

  private async ask(clock: DatabaseClock): Promise<void> {
    try {
      await clock.measure();
      this.compare(clock);
    } catch {
      // The offset holds for hours without a measurement, and a database that is away is everybody's news.
    }
  }

  /** One line for each time that the clocks part. */
  private compare(clock: DatabaseClock): void {
    const ahead = clock.systemIsAheadBy;
    const apart = Math.abs(ahead) >= WARN_FROM_MS;
    if (apart && !this.warned) {
      const seconds = (Math.abs(ahead) / 1_000).toFixed(1);
      this.logger.warn(
        `This machine's clock is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} the database's. Webhooks go by the ` +
          "database's, and sign requests with it; receivers refuse those that are minutes off. Check that both machines keep their time (NTP).",
      );
    }
    this.warned = apart;
  }
}
