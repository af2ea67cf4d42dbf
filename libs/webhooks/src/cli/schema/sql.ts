import type { DataSource, Migration, QueryRunner } from 'typeorm';

import type { Dialect } from '../../database/dialect.js';
import { dialectOf } from '../../database/dialect.js';
import type { Answer } from '../answer.js';
import { withDatabase } from '../database.js';
import type { MigrationSettings } from './migrate-command.js';
import type { Direction } from './module-migrations.js';
import { ModuleMigrations } from './module-migrations.js';
import { recording } from './recording-runner.js';

interface Script {
  migration: string;
  statements: string[];
}

export function sql(settings: MigrationSettings): Promise<Answer> {
  return withDatabase(settings, (dataSource) => script(dataSource, settings));
}

async function script(dataSource: DataSource, { down, to }: MigrationSettings): Promise<Answer> {
  const direction: Direction = down ? 'down' : 'up';
  const runner = dataSource.createQueryRunner();
  try {
    const steps = await new ModuleMigrations(dataSource, runner).steps(direction, to);
    const scripts = steps.length === 0 ? [] : await recorded(dataSource, runner, steps, direction);
    const dialect = dialectOf(dataSource.manager);
    return {
      text: printed(scripts, dialect),
      json: { direction, transactional: dialect !== 'mysql', migrations: scripts },
    };
  } finally {
    await runner.release();
  }
}

async function recorded(
  dataSource: DataSource,
  runner: QueryRunner,
  steps: Migration[],
  direction: Direction,
): Promise<Script[]> {
  const recorder = recording(runner);
  const taken = () => {
    const statements = runner.getMemorySql().upQueries.map(({ query }) => query);
    runner.clearSqlMemory();
    return statements;
  };
  await new ModuleMigrations(dataSource, recorder).createTable();
  let first = taken();
  const scripts: Script[] = [];
  for (const migration of steps) {
    await migration.instance?.[direction](recorder);
    scripts.push({
      migration: migration.name,
      statements: [...first, ...taken(), noted(dataSource, migration, direction)],
    });
    first = [];
  }
  return scripts;
}

/** So that the application, which runs what is not noted, takes it for done. */
function noted(dataSource: DataSource, { name, timestamp }: Migration, direction: Direction): string {
  const { driver, options } = dataSource;
  const schema = 'schema' in options ? options.schema : undefined;
  const path = [schema, options.migrationsTableName ?? 'migrations'].filter((part) => part !== undefined);
  const table = path.map((part) => driver.escape(part)).join('.');
  return direction === 'up'
    ? `INSERT INTO ${table}(${driver.escape('timestamp')}, ${driver.escape('name')}) VALUES (${timestamp}, '${name}')`
    : `DELETE FROM ${table} WHERE ${driver.escape('name')} = '${name}'`;
}

function printed(scripts: Script[], dialect: Dialect): string {
  if (scripts.length === 0) return '-- Nothing is to be done.';
  const parts = scripts.map(({ migration, statements }) =>
    [`-- ${migration}`, ...statements.map((statement) => `${statement};`)].join('\n'),
  );
  const [before, after] = AROUND[dialect];
  return [...before, ...parts, ...after].join('\n\n');
}

const AROUND: Record<Dialect, [before: string[], after: string[]]> = {
  postgres: [['BEGIN;'], ['COMMIT;']],
  mysql: [
    [
      '-- MySQL and MariaDB commit every statement that changes a table by itself: there is no transaction around these. Make a\n' +
        '-- backup first. When one of them fails, those before it are done: remove the cause, and go on with the one that failed.',
    ],
    [],
  ],
  // To change a table, SQLite makes it anew: dropping the old one would delete rows of yours that refer to it.
  sqlite: [
    ['PRAGMA foreign_keys = OFF;', 'BEGIN;'],
    ['COMMIT;', 'PRAGMA foreign_keys = ON;'],
  ],
};
