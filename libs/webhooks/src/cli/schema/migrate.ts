import type { DataSource, Migration, QueryRunner } from 'typeorm';

import type { Answer } from '../answer.js';
import { CliError, EXIT } from '../answer.js';
import { withDatabase } from '../database.js';
import { progressOf } from '../progress.js';
import { count } from '../words.js';
import type { MigrateSettings } from './migrate-command.js';
import { changesOf, migrationFailure } from './migration-failure.js';
import { lockMigrations } from './migration-lock.js';
import type { Direction } from './module-migrations.js';
import { ModuleMigrations } from './module-migrations.js';

interface Running {
  migrations: ModuleMigrations;
  runner: QueryRunner;
  settings: MigrateSettings;
}

export function migrate(settings: MigrateSettings): Promise<Answer> {
  return withDatabase(settings, (dataSource) => run(dataSource, settings));
}

async function run(dataSource: DataSource, settings: MigrateSettings): Promise<Answer> {
  const direction: Direction = settings.down ? 'down' : 'up';
  const runner = dataSource.createQueryRunner();
  let unlock: () => Promise<void> = () => Promise.resolve();
  try {
    if (!settings.dryRun) unlock = await lockMigrations(runner);
    const migrations = new ModuleMigrations(dataSource, runner);
    const steps = await migrations.steps(direction, settings.to);
    if (settings.dryRun) return outcome(direction, steps, true);
    if (direction === 'down' && steps.length > 0 && !settings.yes) throw unconfirmed(steps);
    await runAll(steps, direction, { migrations, runner, settings });
    return outcome(direction, steps, false);
  } finally {
    await unlock();
    await runner.release();
  }
}

async function runAll(
  steps: Migration[],
  direction: Direction,
  { migrations, runner, settings }: Running,
): Promise<void> {
  const progress = progressOf('migrating', steps.length, settings);
  const changes = changesOf(runner);
  try {
    for (const [done, migration] of steps.entries()) {
      changes.length = 0;
      await migrations.run(migration, direction).catch((error: unknown) => {
        throw migrationFailure(error, migration, { runner, done, changes });
      });
      progress.update(done + 1);
    }
  } finally {
    progress.stop();
  }
}

function unconfirmed(steps: Migration[]): CliError {
  const message =
    `This would undo ${steps.map(({ name }) => name).join(', ')}, and what is stored in their tables and columns would be ` +
    'lost. Make a backup, then say --yes.';
  return new CliError('NOT_CONFIRMED', EXIT.usage, message);
}

function outcome(direction: Direction, steps: Migration[], dryRun: boolean): Answer {
  const names = steps.map(({ name }) => name);
  const done = direction === 'up' ? 'applied' : 'undone';
  const [said, would] = [
    `${count(names.length, 'migration')} ${done}`,
    `${count(names.length, 'migration')} would be ${done}`,
  ];
  const title = names.length === 0 ? `There is nothing to be ${done}.` : `${dryRun ? would : said}:`;
  return { text: [title, ...names].join('\n'), json: { direction, dryRun, migrations: names } };
}
