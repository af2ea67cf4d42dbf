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
 * @returns what ends it, whatever came of the migrations
 * @throws CliError `MIGRATION_RUNNING`
 */
export async function lockMigrations(runner: QueryRunner): Promise<() => Promise<void>> {
  const dialect = dialectOf(runner.manager);
  return dialect === 'sqlite' ? lockFile(runner) : lockServer(runner, LOCKS[dialect]);
}

async function lockServer(runner: QueryRunner, statement: string): Promise<() => Promise<void>> {
  const [row] = (await runner.query(statement)) as { locked: unknown }[];
  if (Number(row?.locked) === 1) return () => Promise.resolve();
  throw running('Somebody else migrates this database at this moment.');
}

/**
 * One transaction around those of the migrations, which are savepoints in it: readers go on, writers wait. To change a table,
 * SQLite makes it anew, and dropping the old one would delete the rows of the host's that refer to it: inside a transaction it
 * is too late to say that it must not.
 */
async function lockFile(runner: QueryRunner): Promise<() => Promise<void>> {
  await runner.beforeMigration();
  await runner.startTransaction();
  try {
    // TypeORM's own BEGIN locks nothing until something is written.
    for (const statement of ['ROLLBACK', 'BEGIN IMMEDIATE']) await runner.query(statement);
  } catch (error) {
    if (error instanceof Error && error.message.includes('database is locked'))
      throw running('Somebody else writes to this database, or migrates it, for longer than 5 seconds.');
    throw error;
  }
  return async () => {
    await runner.commitTransaction();
    await runner.afterMigration();
  };
}

function running(what: string): CliError {
  return new CliError(
    'MIGRATION_RUNNING',
    EXIT.refused,
    `${what} Wait until that has ended, then look at \`status\`.`,
  );
}
