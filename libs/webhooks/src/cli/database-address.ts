import { resolve } from 'node:path';

import { CliError, EXIT, usageError } from './answer.js';

/** Where the host's database is. No message about it has its text, which can hold a password. */
export type DatabaseAddress =
  | { dialect: 'postgres'; url: string }
  | ({ dialect: 'mysql'; type: 'mysql' | 'mariadb' } & MysqlPlace)
  | { dialect: 'sqlite'; file: string };

interface MysqlPlace {
  host: string;
  port: number;
  username: string;
  password: string;
  database: string;
  /** Over TLS, whose certificate has to be trusted. */
  tls: boolean;
}

const FORMS =
  'postgres://user:password@host:5432/name, mysql://user:password@host:3306/name, mariadb:// likewise, ' +
  'sqlite:///absolute/file.db or sqlite:relative.db';

const MYSQL_PORT = 3306;

/** @throws CliError when there is none, or it is none of those that the module knows */
export function databaseAddress({ database }: { database?: string }): DatabaseAddress {
  const text = database ?? process.env.DATABASE_URL;
  if (text === undefined || text === '') {
    const message = `No database is named. Set DATABASE_URL, or pass --database, as ${FORMS}.`;
    throw new CliError('NO_DATABASE', EXIT.usage, message);
  }
  if (text.startsWith('sqlite:')) return { dialect: 'sqlite', file: sqliteFile(text) };
  const url = parsed(text);
  if (!url)
    throw usageError(
      `The database's address is not a URL. Write it as ${FORMS}; signs in a password that a URL gives a meaning to (/ ? # @ %) ` +
        'percent-encoded.',
    );
  switch (url.protocol) {
    case 'postgres:':
    case 'postgresql:':
      return { dialect: 'postgres', url: text };
    case 'mysql:':
      return { dialect: 'mysql', type: 'mysql', ...mysqlPlace(url) };
    case 'mariadb:':
      return { dialect: 'mysql', type: 'mariadb', ...mysqlPlace(url) };
    default:
      throw usageError(
        `The database's URL begins with '${url.protocol}', which is none of PostgreSQL, MySQL, MariaDB or SQLite. Write it as ${FORMS}.`,
      );
  }
}

/** The database by its place, without user and password. */
export function placeOf(settings: { database?: string }): string {
  const address = databaseAddress(settings);
  switch (address.dialect) {
    case 'postgres': {
      const { host, pathname } = new URL(address.url);
      return `${host}${pathname}`;
    }
    case 'mysql':
      return `${address.host}:${address.port}/${address.database}`;
    case 'sqlite':
      return address.file;
  }
}

/** Undefined for what is none, and for a password that a URL would be read out of. */
function parsed(text: string): URL | undefined {
  if (/[?#].*@/.test(text)) return undefined;
  try {
    const url = new URL(text);
    decodeURIComponent(`${url.username}${url.password}${url.pathname}`);
    return url;
  } catch {
    return undefined;
  }
}

function mysqlPlace(url: URL): MysqlPlace {
  const database = decodeURIComponent(url.pathname.slice(1));
  if (url.hostname === '' || database === '')
    throw usageError(`The database's URL names no host, or no database on it. Write it as ${FORMS}.`);
  return {
    // An IPv6 address is in brackets in a URL, and nowhere else.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? MYSQL_PORT : Number(url.port),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database,
    tls: wantsTls(url),
  };
}

/** What is not understood is refused: a connection that was asked to be encrypted must not be one that is not. */
function wantsTls({ searchParams }: URL): boolean {
  const unknown = [...searchParams.keys()].find((name) => name !== 'ssl');
  const ssl = searchParams.get('ssl');
  if (unknown === undefined && (ssl === null || ssl === 'true' || ssl === 'false')) return ssl === 'true';
  throw usageError(
    `The database's URL has the parameter '${unknown ?? 'ssl'}' with a value that is not known here. For MySQL and MariaDB there is ` +
      'ssl=true, which encrypts the connection and wants a trusted certificate; leave out others.',
  );
}

function sqliteFile(text: string): string {
  const path = decoded(text.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, ''));
  // Two slashes begin the name of a host.
  if (path === undefined || path === '' || path.startsWith('//') || path.includes('?'))
    throw usageError(
      "The SQLite database's URL names no file. Write it as sqlite:///absolute/file.db or sqlite:relative.db.",
    );
  if (path === ':memory:')
    throw usageError(
      "The SQLite database is ':memory:', which nobody but the process that made it can see. Name the file of one that is stored.",
    );
  return resolve(path);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
