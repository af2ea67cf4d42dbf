import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';

/** sql.js brings no types. */
interface SqlJs {
  default: () => Promise<{ Database: new (content: Uint8Array) => SqlJsDatabase }>;
}

interface SqlJsDatabase {
  exec(sql: string): { columns: string[]; values: unknown[][] }[];
  export(): Uint8Array;
}

/** Rows of a database, read past every application: for what is left when an application has closed. */
export async function rowsOf<Row = Record<string, unknown>>(url: string, sql: string): Promise<Row[]> {
  switch (new URL(url).protocol) {
    case 'sqlite:': {
      const [result] = (await sqliteFile(url)).exec(sql);
      const { columns = [], values = [] } = result ?? {};
      return values.map((row) => Object.fromEntries(row.map((value, at) => [columns[at], value])) as Row);
    }
    case 'mysql:': {
      const connection = await createConnection(url);
      try {
        const [rows] = await connection.query(sql);
        return rows as Row[];
      } finally {
        await connection.end();
      }
    }
    default:
      return onPostgres(url, sql);
  }
}

/** Several statements, as a database's own shell would carry them out. */
export async function carryOut(url: string, script: string): Promise<void> {
  switch (new URL(url).protocol) {
    case 'sqlite:': {
      const database = await sqliteFile(url);
      database.exec(script);
      await writeFile(fileOf(url), database.export());
      return;
    }
    case 'mysql:': {
      const connection = await createConnection({ uri: url, multipleStatements: true });
      try {
        await connection.query(script);
      } finally {
        await connection.end();
      }
      return;
    }
    default:
      await onPostgres(url, script);
  }
}

async function onPostgres<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Row & Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

async function sqliteFile(url: string): Promise<SqlJsDatabase> {
  const name = 'sql.js';
  const { default: load } = (await import(name)) as SqlJs;
  const { Database } = await load();
  return new Database(await readFile(fileOf(url)));
}

function fileOf(url: string): string {
  return fileURLToPath(url.replace('sqlite:', 'file:'));
}
