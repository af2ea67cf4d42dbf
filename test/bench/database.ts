import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A database of its own for each stack of processes. */
export class Database {
  private constructor(
    readonly url: string,
    private readonly client: Client,
  ) {}

  /** A new one, with the host's own table in it. */
  static async create(serverUrl: string): Promise<Database> {
    const name = `bench_${randomUUID().replaceAll('-', '')}`;
    const server = new Client({ connectionString: serverUrl });
    await server.connect();
    await server.query(`CREATE DATABASE ${name}`);
    await server.end();
    const url = new URL(serverUrl);
    url.pathname = name;
    const client = new Client({ connectionString: url.href });
    await client.connect();
    await client.query('CREATE TABLE booking (id varchar(64) PRIMARY KEY, status varchar(16) NOT NULL)');
    await client.query('CREATE EXTENSION pg_stat_statements');
    return new Database(url.href, client);
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

  close(): Promise<void> {
    return this.client.end();
  }
}
