import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';

/** `mysql` is MariaDB by TypeORM's other type for it, `sqlite` a file that sql.js saves what it has in memory to. */
export type DatabaseKind = 'postgres' | 'mariadb' | 'mysql' | 'sqljs' | 'sqlite';

/** A new, empty database, and how TypeORM connects to it. */
export interface FreshDatabase {
  url: string;
  options:
    | { type: 'postgres' | 'mariadb' | 'mysql'; url: string }
    | { type: 'sqljs'; location?: string; autoSave?: boolean };
  /** Ends whoever is still connected to it. */
  drop(): Promise<void>;
}

/** Of the PostgreSQL that the tests run on, unless another kind is asked for. */
export async function freshDatabase(kind: DatabaseKind = 'postgres'): Promise<FreshDatabase> {
  if (kind === 'sqlite') return sqliteFile();
  if (kind === 'sqljs') return { url: '', options: { type: 'sqljs' }, drop: () => Promise.resolve() };
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  const run = kind === 'postgres' ? onPostgres : onMariadb;
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(kind === 'postgres' ? postgresUrl() : mariadbUrl());
  url.pathname = name;
  const force = kind === 'postgres' ? 'WITH (FORCE)' : '';
  return {
    url: url.href,
    options: { type: kind, url: url.href },
    drop: () => run(`DROP DATABASE ${name} ${force}`),
  };
}

async function sqliteFile(): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'booking-webhooks-spec-'));
  const location = join(folder, 'platform.sqlite');
  await writeFile(location, '');
  return {
    url: pathToFileURL(location).href.replace('file:', 'sqlite:'),
    options: { type: 'sqljs', location, autoSave: true },
    drop: () => rm(folder, { recursive: true }),
  };
}

/**
 * A MariaDB for the specs of a file, in which {@link freshDatabase} makes databases. Where there can be none it says why, once,
 * and `describe` skips.
 */
export function mariadbOfThisFile(): { isThere: boolean; describe: jest.Describe } {
  const missing = missingMariadb();
  if (missing) console.warn(`The specs of MariaDB are skipped. ${missing}`);
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    if (!missing) stop = await startMariadb();
  });
  afterAll(async () => {
    await stop?.();
  });
  return { isThere: !missing, describe: missing ? describe.skip : describe };
}

/** Asked before the specs are known, since jest skips none while they run. @returns why there is no MariaDB */
function missingMariadb(): string | undefined {
  if (process.env.MARIADB_URL) return undefined;
  const services = join(__dirname, '../../scripts/services/mariadb.mjs');
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `(await import(${JSON.stringify(services)})).ensureMariadb()`],
    { encoding: 'utf8' },
  );
  return status === 0 ? undefined : stderr;
}

async function startMariadb(): Promise<() => Promise<void>> {
  const path = '../../scripts/services/services.mjs';
  const services = (await import(path)) as {
    startMariadb: () => Promise<{ url: string; stop(): Promise<void> }>;
  };
  const server = await services.startMariadb();
  process.env.MARIADB_URL = server.url;
  return () => server.stop();
}

async function onPostgres(sql: string): Promise<void> {
  const client = new Client({ connectionString: postgresUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function onMariadb(sql: string): Promise<void> {
  const connection = await createConnection(mariadbUrl());
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

function postgresUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set: run the specs with jest, whose global set-up sets it.');
  return url;
}

function mariadbUrl(): string {
  const url = process.env.MARIADB_URL;
  if (!url) throw new Error('MARIADB_URL is not set: start a MariaDB with startMariadb first.');
  return url;
}
