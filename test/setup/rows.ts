import { Client } from 'pg';

/** Rows of a database, read past every application: for what is left when an application has closed. */
export async function rowsOf<Row = Record<string, unknown>>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Row & Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}
