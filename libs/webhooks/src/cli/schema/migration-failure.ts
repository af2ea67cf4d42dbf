import type { Migration, QueryRunner } from 'typeorm';

import { dialectOf } from '../../database/dialect.js';
import { CliError, EXIT } from '../answer.js';
import { asCliError } from '../faults.js';
import { count } from '../words.js';

const CHANGES_NOTHING = /^\s*(SELECT|SHOW|SET|START|COMMIT|ROLLBACK|PRAGMA)\b/i;
const SHOWN = 100;

/** The statements that a query runner has carried out from now on and that change something. */
export function changesOf(runner: QueryRunner): string[] {
  const changes: string[] = [];
  const query = runner.query.bind(runner) as (...args: unknown[]) => Promise<unknown>;
  const noting = async (...args: unknown[]): Promise<unknown> => {
    const result = await query(...args);
    const [statement] = args;
    if (typeof statement === 'string' && !CHANGES_NOTHING.test(statement)) changes.push(statement);
    return result;
  };
  Object.assign(runner, { query: noting });
  return changes;
}

/** What a migration that failed leaves, and what to do about it. */
export function migrationFailure(
  error: unknown,
  { name }: Migration,
  { runner, done, changes }: { runner: QueryRunner; done: number; changes: string[] },
): CliError {
  const cause = asCliError(error);
  const known = cause.code !== 'UNEXPECTED';
  const before =
    done === 0 ? '' : ` ${count(done, 'migration')} before it stay${done === 1 ? 's' : ''} done.`;
  const what = `${name} failed: ${error instanceof Error ? error.message : String(error)}.${before}`;
  const rest =
    dialectOf(runner.manager) === 'mysql'
      ? leftOnMysql(changes)
      : 'Of this one nothing is left. Remove the cause, then run `migrate` again.';
  return new CliError(
    known ? cause.code : 'MIGRATION_FAILED',
    cause.exitCode === EXIT.refused ? EXIT.refused : EXIT.broken,
    `${what} ${rest}`,
    { cause: error },
  );
}

function leftOnMysql(changes: string[]): string {
  if (changes.length === 0) return 'Of this one nothing is left. Remove the cause, then run `migrate` again.';
  const shown = changes.map((change) => {
    const line = change.replaceAll(/\s+/g, ' ').trim();
    return `  ${line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line}`;
  });
  return (
    'MySQL and MariaDB commit every change of a table by itself, so of this one there stays, without being noted as done:\n' +
    `${shown.join('\n')}\n` +
    'Remove the cause; then undo these by hand, or restore the backup, and run `migrate` again, or carry out by hand what `sql` ' +
    'prints after them.'
  );
}
