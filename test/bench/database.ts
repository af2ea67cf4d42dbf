import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A database of its own for each stack of processes. */
export class Database {
  private constructor(
    readonly url: string,
    private readonly serverUrl: string,
    private readonly client: Client,
  ) {}

  /** A new one, with the host's own table in it. */
  static async create(serverUrl: string): Promise<Database> {
    const name = `bench_${randomUUID().replaceAll('-', '')}`;
    await command(serverUrl, `CREATE DATABASE ${name}`);
    const url = new URL(serverUrl);
    url.pathname = name;
    const client = new Client({ connectionString: url.href });
    await client.connect();
    await client.query('CREATE TABLE booking (id varchar(64) PRIMARY KEY, status varchar(16) NOT NULL)');
    await client.query('CREATE EXTENSION pg_stat_statements');
    return new Database(url.href, serverUrl, client);
  }

  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.client.query<Row & object>(sql, parameters);
    return rows;
  }

  async row<Row>(sql: string, parameters: unknown[] = []): Promise<Row> {
    const [row] = await this.rows<Row>(sql, parameters);
    if (!row) throw new Error(`No row came of: ${sql}`);
    return row;
  }

  /** Between samples, so that it does not happen by itself within one. */
  async tidy(): Promise<void> {
    await this.client.query('VACUUM (ANALYZE)');
  }

  /** What was seeded is on the disk now, and not while something else is measured. */
  async settle(): Promise<void> {
    await this.tidy();
    await this.client.query('CHECKPOINT');
  }

  /** Removes it, whoever is still connected. */
  async drop(): Promise<void> {
    await this.client.end();
    const { pathname } = new URL(this.url);
    await command(this.serverUrl, `DROP DATABASE ${pathname.slice(1)} WITH (FORCE)`);
  }
}

async function command(serverUrl: string, sql: string): Promise<void> {
  const server = new Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(sql);
  await server.end();
}
