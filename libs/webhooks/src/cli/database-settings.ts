import type { Command } from 'commander';

import { usageError } from './answer.js';

/** What every command that needs the database takes. */
export interface DatabaseSettings {
  database?: string;
  schema?: string;
  migrationsTable: string;
}

export function takesDatabase(command: Command): Command {
  return command
    .option(
      '--database <url>',
      "the database's URL (postgres:, mysql:, mariadb:, sqlite:); better in the environment, where no list of processes shows it (env: DATABASE_URL)",
    )
    .option(
      '--schema <name>',
      "PostgreSQL alone: the schema of the module's tables, if it is not on the connection's search path",
    )
    .option(
      '--migrations-table <name>',
      'where your application notes the migrations that have run',
      'migrations',
    );
}

export function checkedName(option: string, name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)) return name;
  throw usageError(`${option} is '${name}'; pass a name of letters, digits and underscores.`);
}
