import type { DataSource, Migration, QueryRunner } from 'typeorm';

import type { Answer } from '../answer.js';
import { CliError, EXIT } from '../answer.js';
import { withDatabase } from '../database.js';
import { progressOf } from '../progress.js';
import { count } from '../words.js';
import type { MigrateSettings } from './migrate-command.js';
import type { Direction } from './module-migrations.js';
import { ModuleMigrations } from './module-migrations.js';

/** Two that migrate at once would both make the first table. */
const LOCK = "SELECT pg_try_advisory_lock(hashtext('nestjs-booking-webhooks migrations')) AS locked";

export function migrate(settings: MigrateSettings): Promise<Answer> {
  return withDatabase(settings, (dataSource) => run(dataSource, settings));
}

async function run(dataSource: DataSource, settings: MigrateSettings): Promise<Answer> {
  const direction: Direction = settings.down ? 'down' : 'up';
  const runner = dataSource.createQueryRunner();
  try {
    await lock(runner);
    const migrations = new ModuleMigrations(dataSource, runner);
    const steps = await migrations.steps(direction, settings.to);
    if (settings.dryRun) return outcome(direction, steps, true);
    if (direction === 'down' && steps.length > 0 && !settings.yes) throw unconfirmed(steps);
    const progress = progressOf('migrating', steps.length, settings);
    try {
      for (const [index, migration] of steps.entries()) {
        await migrations.run(migration, direction);
        progress.update(index + 1);
      }
    } finally {
      progress.stop();
    }
    return outcome(direction, steps, false);
  } finally {
    await runner.release();
  }
}

async function lock(runner: QueryRunner): Promise<void> {
  const [row] = (await runner.query(LOCK)) as { locked: boolean }[];
  if (row?.locked) return;
  const message =
    'Somebody else migrates this database at this moment. Wait until that has ended, then look at `status`.';
  throw new CliError('MIGRATION_RUNNING', EXIT.refused, message);
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
