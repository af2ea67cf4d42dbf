import type { DataSource, Migration, QueryRunner } from 'typeorm';
import { MigrationExecutor } from 'typeorm';

import { usageError } from '../answer.js';

/** No migration's name: the state before the first. */
const NOTHING = '0';

/** Whether a migration is applied or undone. */
export type Direction = 'up' | 'down';

/**
 * The module's own migrations in a table that may note the host's as well: TypeORM's `undoLastMigration` undoes the last
 * of all, and refuses when that is the host's.
 */
export class ModuleMigrations extends MigrationExecutor {
  constructor(
    dataSource: DataSource,
    private readonly runner: QueryRunner,
  ) {
    super(dataSource, runner);
  }

  /**
   * What has to run to come from where the database is to `target`, in the order in which it runs.
   *
   * @param target the name of the migration that is the last one applied then, its timestamp, or `0`; without it the
   * newest one for `up`, the one before the last for `down`
   */
  async steps(direction: Direction, target: string | undefined): Promise<Migration[]> {
    const applied = new Set((await this.getExecutedMigrations()).map(({ name }) => name));
    const all = this.getMigrations();
    const last = target === undefined ? undefined : lastOf(all, target);
    if (direction === 'up')
      return all.filter((migration, index) => !applied.has(migration.name) && index <= (last ?? all.length));
    const undone = all
      .filter((migration, index) => applied.has(migration.name) && index > (last ?? -1))
      .toReversed();
    return last === undefined ? undone.slice(0, 1) : undone;
  }

  /** Runs one, in a transaction where the database has those for its tables. */
  async run(migration: Migration, direction: Direction): Promise<void> {
    await this.runner.startTransaction();
    try {
      if (direction === 'up') await this.executeMigration(migration);
      else await this.undo(migration);
      await this.runner.commitTransaction();
    } catch (error) {
      // Of a connection that has ended nothing is left to be rolled back, and the first error is the one that says so.
      if (this.runner.isTransactionActive) await this.runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  }

  /** The table that notes what has run. */
  async createTable(): Promise<void> {
    await this.createMigrationsTableIfNotExist(this.runner);
  }

  private async undo(migration: Migration): Promise<void> {
    await migration.instance?.down(this.runner);
    await this.deleteMigration(migration);
  }
}

/** The place of the last migration that a target leaves applied; -1 when none. */
function lastOf(all: Migration[], target: string): number {
  if (target === NOTHING) return -1;
  const place = all.findIndex(({ name, timestamp }) => name === target || String(timestamp) === target);
  if (place >= 0) return place;
  const names = all.map(({ name }) => name).join(', ');
  throw usageError(`--to is '${target}', which is no migration of the module. Pass 0 or one of: ${names}.`);
}
