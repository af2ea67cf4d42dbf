import type { Command } from 'commander';

import { CliError, EXIT, usageError } from './answer.js';

const PROTOCOLS = new Set(['postgres:', 'postgresql:']);

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
      "the database's URL; better in the environment, where no list of processes shows it (env: DATABASE_URL)",
    )
    .option(
      '--schema <name>',
      "the schema of the module's tables, if it is not on the connection's search path",
    )
    .option(
      '--migrations-table <name>',
      'where your application notes the migrations that have run',
      'migrations',
    );
}

/** The database by its place, without user and password. */
export function placeOf(settings: DatabaseSettings): string {
  const { host, pathname } = new URL(databaseUrl(settings));
  return `${host}${pathname}`;
}

/** @throws CliError when there is none, or it is of another database; never with the value, which can hold a password */
export function databaseUrl({ database }: Pick<DatabaseSettings, 'database'>): string {
  const url = database ?? process.env.DATABASE_URL;
  const example = 'postgres://user:password@host:5432/name';
  if (url === undefined || url === '') {
    const message = `No database is named. Set DATABASE_URL, or pass --database, as ${example}.`;
    throw new CliError('NO_DATABASE', EXIT.usage, message);
  }
  const protocol = protocolOf(url);
  if (protocol === undefined)
    throw usageError(`The database's address is not a URL. Write it as ${example}.`);
  if (PROTOCOLS.has(protocol)) return url;
  throw usageError(
    `The database's URL begins with '${protocol}//', and only PostgreSQL is supported. Write it as ${example}.`,
  );
}

function protocolOf(url: string): string | undefined {
  try {
    return new URL(url).protocol;
  } catch {
    return undefined;
  }
}

export function checkedName(option: string, name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)) return name;
  throw usageError(`${option} is '${name}'; pass a name of letters, digits and underscores.`);
}
