import { DataSource } from 'typeorm';
import type { DataSourceOptions } from 'typeorm';

import { webhookMigrations } from '../migrations/index.js';
import { webhookEntities } from '../webhooks.entities.js';
import { CliError, EXIT, usageError } from './answer.js';
import { databaseAddress } from './database-address.js';
import type { DatabaseAddress } from './database-address.js';
import type { DatabaseSettings } from './database-settings.js';
import { checkedName } from './database-settings.js';
import { readSqliteFile, replaceSqliteFile, requireSettled } from './sqlite-file.js';

const CONNECT_MS = 10_000;
const CONNECTIONS = 2;

/** How TypeORM connects to the host's database, without the host. */
export interface DatabaseConnection {
  options: DataSourceOptions;
  /** To be called before the data source is destroyed: sql.js has everything in memory. */
  save: (dataSource: DataSource) => Promise<void>;
}

/** @throws CliError for settings that cannot be, a driver that is missing, a file that is none */
export async function databaseConnection(settings: DatabaseSettings): Promise<DatabaseConnection> {
  const address = databaseAddress(settings);
  const { schema } = settings;
  if (schema !== undefined && address.dialect !== 'postgres')
    throw usageError(
      '--schema is for PostgreSQL alone. On MySQL and MariaDB the tables are in the database that the URL names, SQLite has one place ' +
        'for them: leave it out.',
    );
  const shared = {
    entities: webhookEntities,
    migrations: webhookMigrations,
    migrationsTableName: checkedName('--migrations-table', settings.migrationsTable),
    logging: false,
  } as const;
  switch (address.dialect) {
    case 'postgres':
      return ofServer({ ...shared, ...ofPostgres(address, schema) });
    case 'mysql':
      return ofServer({ ...shared, ...ofMysql(address) });
    case 'sqlite':
      return ofSqlite(address.file, shared);
  }
}

/** Connects, works, and disconnects whatever happens. What was done before an error stays done. */
export async function withDatabase<Result>(
  settings: DatabaseSettings,
  work: (dataSource: DataSource) => Promise<Result>,
): Promise<Result> {
  const { options, save } = await databaseConnection(settings);
  const dataSource = await new DataSource(options).initialize();
  try {
    return await saving(save, dataSource, () => work(dataSource));
  } finally {
    await dataSource.destroy();
  }
}

/** Works, and saves what was done whatever happens; the first error is the one that is told. */
export async function saving<Result>(
  save: DatabaseConnection['save'],
  dataSource: DataSource,
  work: () => Promise<Result>,
): Promise<Result> {
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    await save(dataSource).catch(() => undefined);
    throw error;
  }
  await save(dataSource);
  return result;
}

function ofServer(options: DataSourceOptions): DatabaseConnection {
  if (options.type === 'postgres') requireDriver(options, 'PostgreSQL', 'pg');
  else requireDriver(options, 'MySQL and MariaDB', 'mysql2');
  return { options, save: () => Promise.resolve() };
}

function ofPostgres({ url }: DatabaseAddress & { dialect: 'postgres' }, schema: string | undefined) {
  const name = schema === undefined ? undefined : checkedName('--schema', schema);
  return {
    type: 'postgres',
    url,
    ...(name === undefined ? {} : { schema: name }),
    applicationName: 'nestjs-booking-webhooks',
    connectTimeoutMS: CONNECT_MS,
    // The module's statements name their tables without a schema.
    extra: { max: CONNECTIONS, ...(name === undefined ? {} : { options: `-c search_path=${name}` }) },
  } as const;
}

function ofMysql({ dialect: _dialect, tls, ...place }: DatabaseAddress & { dialect: 'mysql' }) {
  return {
    ...place,
    ...(tls ? { ssl: {} } : {}),
    connectTimeout: CONNECT_MS,
    poolSize: CONNECTIONS,
  } as const;
}

type SharedOptions = Pick<DataSourceOptions, 'entities' | 'migrations' | 'migrationsTableName' | 'logging'>;

/** better-sqlite3 shares the file with the application, so it is taken where both are installed. */
async function ofSqlite(file: string, shared: SharedOptions): Promise<DatabaseConnection> {
  const content = await readSqliteFile(file);
  const native = { ...shared, type: 'better-sqlite3', database: file, fileMustExist: true } as const;
  if (isInstalled(native)) return { options: native, save: () => Promise.resolve() };
  // A copy: SQLite writes into what it is given.
  const options = { ...shared, type: 'sqljs', database: Uint8Array.from(content) } as const;
  requireDriver(options, 'SQLite', 'sql.js', 'better-sqlite3');
  await requireSettled(file);
  const save = async ({ sqljsManager }: DataSource) => {
    const now = Buffer.from(sqljsManager.exportDatabase());
    if (!now.equals(content)) await replaceSqliteFile(file, content, now);
  };
  return { options, save };
}

function requireDriver(options: DataSourceOptions, database: string, ...packages: [string, ...string[]]) {
  if (isInstalled(options)) return;
  const message =
    `${database} is reached with the package ${packages.join(' or ')}, which is not installed here. Run the command where your ` +
    `application is installed, or: npm install ${packages[0]}`;
  throw new CliError('DRIVER_MISSING', EXIT.unreachable, message);
}

/** By what TypeORM finds, which looks beside itself and in the folder that the command runs in. */
function isInstalled({ type }: DataSourceOptions): boolean {
  try {
    // Of the options it is the type that decides what is loaded; nothing is opened yet.
    new DataSource({ type, database: '' } as DataSourceOptions);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'DriverPackageNotInstalledError') return false;
    throw error;
  }
}
