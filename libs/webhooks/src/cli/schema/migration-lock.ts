import type { QueryRunner } from 'typeorm';

import { dialectOf } from '../../database/dialect.js';
import { CliError, EXIT } from '../answer.js';

/** The servers' locks end with the connection that took them. MySQL's are those of a whole server, and have short names. */
const LOCKS = {
  postgres: "SELECT pg_try_advisory_lock(hashtext('nestjs-booking-webhooks migrations')) AS locked",
  mysql: "SELECT GET_LOCK(CONCAT('nestjs-booking-webhooks ', MD5(DATABASE())), 0) AS locked",
};

/**
 * Two that migrate at once would both make the first table. With sql.js nobody can be kept from it: each has a copy of the
 * file, and the second one is not allowed to save its.
 *
 * @throws CliError `MIGRATION_RUNNING`
 */
export async function lockMigrations(runner: QueryRunner): Promise<void> {
  const dialect = dialectOf(runner.manager);
  const locked = dialect === 'sqlite' ? lockFile(runner) : lockServer(runner, LOCKS[dialect]);
  if (await locked) return;
  const message =
    'Somebody else migrates this database at this moment. Wait until that has ended, then look at `status`.';
  throw new CliError('MIGRATION_RUNNING', EXIT.refused, message);
}

async function lockServer(runner: QueryRunner, statement: string): Promise<boolean> {
  const [row] = (await runner.query(statement)) as { locked: unknown }[];
  return Number(row?.locked) === 1;
}

/** In this mode a lock that was taken once stays until the connection ends. Others wait for it, as for any writer. */
async function lockFile(runner: QueryRunner): Promise<boolean> {
  try {
    for (const statement of ['PRAGMA locking_mode = EXCLUSIVE', 'BEGIN EXCLUSIVE', 'COMMIT'])
      await runner.query(statement);
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes('database is locked')) return false;
    throw error;
  }
}
